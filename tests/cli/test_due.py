"""`due` (算时限), line by line as EXCHANGE.md 1.1 has it."""

import json
from datetime import datetime

import pytest

EXAMPLE = """
{"weekly": {"mon": ["08:00-12:00", "14:00-18:00"], "tue": ["08:00-18:00"]},
 "holidays": ["2026-10-01"], "shifts": {"2026-02-14": ["09:00-17:00"]}}
"""
WEEK = '{"weekly": {"mon": ["08:00-18:00"], "tue": ["08:00-18:00"]}'
SHIFT = '"shifts": {"2026-09-29": ["09:00-12:00", "12:30-13:00"]}}'
FEBRUARY, OCTOBER = "2026-02-10T10:00", "2026-09-28T10:00"


@pytest.fixture
def calendar(tmp_path):
    """Return a function that writes a calendar file."""

    def write(text):
        file = tmp_path / "calendar.json"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return "--calendar", str(file)

    return write


@pytest.mark.parametrize(
    ("argv", "due"),
    [
        # clock minutes and hours, which never stop
        (("2026-09-24T10:00", "90m"), "2026-09-24T11:30:00"),
        (("2026-09-24T20:00", "5h"), "2026-09-25T01:00:00"),
        (("2026-09-24T10:00", "72h"), "2026-09-27T10:00:00"),
        (("2026-09-24T10:00", "72h", "--rollover"), "2026-09-27T10:00:00"),
        (("2026-09-24T10:00:30", "1m"), "2026-09-24T10:01:30"),
        # hours and minutes of working time; used up at closing they end there
        (("2026-09-24T10:00", "5wh"), "2026-09-24T17:00:00"),
        (("2026-09-24T10:00", "210wm"), "2026-09-24T15:30:00"),
        (("2026-09-24T14:00", "4wh"), "2026-09-24T18:00:00"),
        (("2026-09-24T14:00", "241wm"), "2026-09-28T09:01:00"),
        # working days: the first does not count, the last ends at closing
        (("2026-09-24T10:00", "3wd"), "2026-09-30T18:00:00"),
        (("2026-09-18T10:00", "3wd"), "2026-09-22T18:00:00"),
        (("2026-04-30T10:00", "3wd"), "2026-05-08T18:00:00"),
        # calendar days: the first does not count, the last ends at 24:00
        (("2026-08-03T09:00", "60d"), "2026-10-03T00:00:00"),
        (("2026-08-03T09:00", "60d", "--rollover"), "2026-10-09T00:00:00"),
        (("2026-04-01T09:00", "30d", "--rollover"), "2026-05-07T00:00:00"),
        # backwards, with the option before or after
        (("2026-09-24T10:00", "-90m"), "2026-09-24T08:30:00"),
        (("2026-09-24T10:00", "-5wh"), "2026-09-23T14:00:00"),
        (("2026-09-24T10:00", "-3WD"), "2026-09-21T18:00:00"),
        (("--rollover", "2026-10-04T10:00", "-2d"), "2026-10-01T00:00:00"),
        # pauses, as many as there are
        (
            ("2026-09-24T10:00", "2h", "--pause", "2026-09-24T10:30/2026-09-24T11:30"),
            "2026-09-24T13:00:00",
        ),
        (
            (
                *("2026-09-24T10:00", "2h", "--pause", "2026-09-24T10:30/2026-09-24T11:30"),
                *("--pause", "2026-09-24T12:00:00/2026-09-24T12:30:00"),
            ),
            "2026-09-24T13:30:00",
        ),
        # as a clerk types it
        ((" ２０２６-09-24 10:00", "３ｗｄ"), "2026-09-30T18:00:00"),
    ],
)
def test_limits_are_computed_as_agreed(command, argv, due):
    answer, plain = command("due", *argv, "--json"), command("due", *argv)

    assert (answer.code, json.loads(answer.out)) == (0, {"due": due, "warnings": []})
    assert (plain.code, plain.out) == (0, f"{due}\n")
    assert datetime.fromisoformat(due)


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        (OCTOBER, "6wh", "2026-09-28T18:00:00"),
        (OCTOBER, "7wh", "2026-09-29T09:00:00"),
        (OCTOBER, "1wd", "2026-09-29T18:00:00"),
        (OCTOBER, "2wd", "2026-10-05T18:00:00"),
        (FEBRUARY, "1wd", "2026-02-14T17:00:00"),
        (FEBRUARY, "10wh", "2026-02-14T11:00:00"),
        (FEBRUARY, "2wd", "2026-02-16T18:00:00"),
        ("2026-10-12T12:00", "1wm", "2026-10-12T14:01:00"),
        ("2026-10-13T12:00", "1wm", "2026-10-13T12:01:00"),
    ],
)
def test_the_example_calendar_of_the_agreement_counts(command, calendar, start, span, due):
    answer = command("due", start, span, "--json", *calendar(EXAMPLE))

    assert json.loads(answer.out) == {"due": due, "warnings": []}


@pytest.mark.parametrize(
    ("text", "due"),
    [
        # holidays win over shifts; a shift replaces the hours of the week
        (f'{WEEK}, "holidays": ["2026-09-29"], {SHIFT}', "2026-10-05T18:00:00"),
        (f"{WEEK}, {SHIFT}", "2026-09-29T13:00:00"),
        # without hours a working day ends at 24:00
        ('{"holidays": ["2026-09-29"]}', "2026-10-01T00:00:00"),
        ("\ufeff{}", "2026-09-30T00:00:00"),
    ],
)
def test_holidays_shifts_and_hours_of_a_calendar_file(command, calendar, text, due):
    answer = command("due", OCTOBER, "1wd", "--json", *calendar(text))

    assert json.loads(answer.out)["due"] == due


@pytest.mark.parametrize(
    ("argv", "years"),
    [
        (("2026-12-31T10:00", "3wd"), ["2027"]),
        (("2026-12-31T17:00", "2wh"), ["2027"]),
        (("2026-12-10T10:00", "30d", "--rollover"), ["2027"]),
        (("2027-01-05T10:00", "-1wd"), ["2027"]),
        (("2026-12-31T10:00", "300wd"), ["2027", "2028"]),
        (("2026-12-31T10:00", "72h"), []),
        (("2026-12-31T10:00", "30d"), []),
    ],
)
def test_years_without_holidays_are_said_on_either_way_out(command, argv, years):
    answer, plain = command("due", *argv, "--json"), command("due", *argv)

    warnings = json.loads(answer.out)["warnings"]
    assert [warning[:4] for warning in warnings] == years
    assert plain.err == "".join(f"{warning}\n" for warning in warnings)
    assert answer.err == ""
    assert plain.out.count("\n") == 1


def test_a_calendar_file_warns_of_the_years_it_does_not_name(command, calendar):
    named = command("due", "2027-03-01T10:00", "1wd", "--json", *calendar(EXAMPLE))

    assert "2027 年节假日表未更新" in json.loads(named.out)["warnings"][0]


def test_who_asks_hours_to_roll_over_is_told_that_they_do_not(command):
    answer = command("due", "2026-09-24T10:00", "72h", "--rollover")

    assert answer.code == 0
    assert "只有自然日" in answer.err


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        ((), "缺少"),
        (("2026-09-24T10:00",), "缺少"),
        (("2026-09-24T10:00", "3wd", "4wd"), "不认识"),
        (("gestern", "3wd"), "时刻“gestern”看不懂"),
        (("2026-09-24", "2h"), "时刻“2026-09-24”看不懂"),
        (("2026-09-24T24:00", "2h"), "24:00 写成次日的 00:00"),
        (("2026-09-24T10:00+09:00", "2h"), "看不懂"),
        (("2026-02-30T10:00", "2h"), "看不懂"),
        (("1899-12-31T10:00", "2h"), "1900 年到 2199 年"),
        (("2026-09-24T10:00", "3 Tage"), "时限“3 Tage”看不懂"),
        (("2026-09-24T10:00", "1.5h"), "看不懂"),
        (("2026-09-24T10:00", "-3x"), "时限“-3x”看不懂"),
        (("2026-09-24T10:00", "99999d"), "最多推算一百年"),
        (("2026-09-24T10:00", "3wd", "--pause"), "--pause"),
        (("2026-09-24T10:00", "3wd", "--pause", "2026-09-24T10:00"), "要写成 起点/终点"),
        (("2026-09-24T10:00", "3wd", "--pause", "2026-09-24T10:00/"), "时刻“”看不懂"),
        (
            ("2026-09-24T10:00", "3wd", "--pause", "2026-09-24T10:00/2026-09-24T09:00"),
            "暂停的结束时刻早于开始时刻",
        ),
        (("2026-09-24T10:00", "3wd", "--calendar", "no-such-file.json"), "读不了"),
    ],
)
def test_what_cannot_be_meant_ends_with_two_and_one_sentence(command, argv, sentence):
    answer = command("due", *argv)

    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "span", "sentence"),
    [
        ("{坏}".encode("gbk"), "1wd", "存成 UTF-8"),
        ("{", "1wd", "不是有效的 JSON"),
        ("[]", "1wd", "应写成花括号"),
        ('{"weekly": {"mon": ["22:00-06:00"]}}', "1wd", "跨零点的分两天写"),
        ('{"holidays": ["10月1日"]}', "1wd", "日期“10月1日”看不懂"),
        ('{"holidays": ["2026-10-01"]}', "1wh", "没有写工作时段"),
        ('{"shifts": {"2026-10-10": ["09:00-12:00"]}}', "1wh", "没有写工作时段"),
        ('{"weekly": {"mon": []}}', "1wd", "十年都没有工作日"),
        ('{"weekly": {"mon": ["09:00-09:01"]}}', "1000wh", "推算不到那么远"),
    ],
)
def test_a_calendar_that_cannot_answer_is_refused(command, calendar, text, span, sentence):
    answer = command("due", OCTOBER, span, *calendar(text))

    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
