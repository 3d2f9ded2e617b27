from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.errors import RuleBroken
from desk.rules.numbering import (
    AskedNumber,
    NumberFormat,
    NumberKind,
    number_year,
    read_number,
    seed_formats,
)

FORMATS = seed_formats("青榕")


@pytest.mark.parametrize(
    ("kind", "seq", "written"),
    [
        (NumberKind.CASE, 1, "青榕首〔2026〕00001号"),
        (NumberKind.CASE, 412, "青榕首〔2026〕00412号"),
        (NumberKind.CASE, 123456, "青榕首〔2026〕123456号"),
        (NumberKind.OPINION, 15, "青榕诉意〔2026〕15号"),
        (NumberKind.ACCEPTANCE, 1, "青榕诉告〔2026〕1号"),
        (NumberKind.DISPATCH, 123, "青榕交〔2026〕0123号"),
        (NumberKind.FOLLOW_UP, 1, "青榕访〔2026〕0001号"),
        (NumberKind.SUPERVISION, 3, "青榕督〔2026〕3号"),
        (NumberKind.WHISTLE, 12, "青榕哨〔2026〕第12号"),
        (NumberKind.COMMENDATION, 1, "青榕表〔2026〕1号"),
        (NumberKind.REMINDER, 1, "青榕提〔2026〕1号"),
        (NumberKind.MEDIATION, 1, "青榕人调字〔2026〕第1号"),
    ],
)
def test_every_kind_is_written_as_the_hall_writes_it(kind, seq, written):
    assert FORMATS[kind].write(2026, seq) == written
    assert FORMATS[kind].read(written) == (2026, seq)


@given(st.sampled_from(list(NumberKind)), st.integers(1000, 9999), st.integers(1, 10**8 - 1))
def test_a_written_number_is_read_back(kind, year, seq):
    written = FORMATS[kind].write(year, seq)
    assert FORMATS[kind].read(written) == (year, seq)
    asked = read_number(written)
    assert asked is not None
    assert asked[:2] == (year, seq)
    assert written.startswith(asked.letters)


def test_a_format_reads_only_its_own_numbers():
    assert FORMATS[NumberKind.CASE].read("青榕交〔2026〕0123号") is None
    assert FORMATS[NumberKind.CASE].read("青榕首[2026]412号") == (2026, 412)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("青榕首〔2026〕00412号", AskedNumber(2026, 412, "青榕首")),
        ("青榕首（２０２６）00412 号", AskedNumber(2026, 412, "青榕首")),
        ("青榕首[2026]412", AskedNumber(2026, 412, "青榕首")),
        ("〔2026〕第12号", AskedNumber(2026, 12)),
        ("2026-412", AskedNumber(2026, 412)),
        ("2026－00412", AskedNumber(2026, 412)),
        ("2026年第412号", AskedNumber(2026, 412)),
        ("2026/412", AskedNumber(2026, 412)),
        (" 00412 ", AskedNumber(None, 412)),
        ("４１２", AskedNumber(None, 412)),
        ("412号", AskedNumber(None, 412)),
    ],
)
def test_what_a_clerk_types_or_scans_is_understood(typed, asked):
    assert read_number(typed) == asked


@pytest.mark.parametrize("typed", ["", "号", "13800000023", "²²", "12-3", "青榕首412", "四一二"])
def test_other_texts_are_no_numbers(typed):
    assert read_number(typed) is None


@pytest.mark.parametrize(
    "template",
    [
        "",
        "青榕首〔{year}〕号",
        "{seq}{seq}{year}",
        "{year}{seq}{other}",
        "{year.__class__}{seq}",
        "{year}{seq",
        "1{year}-{seq}",
    ],
)
def test_a_format_without_year_and_number_is_refused(template):
    with pytest.raises(RuleBroken, match="须各有一处"):
        NumberFormat(template)


def test_formats_with_the_same_template_are_equal():
    assert NumberFormat("甲〔{year}〕{seq}号") == NumberFormat("甲〔{year}〕{seq}号")


def test_the_year_of_a_number_is_shanghai_s():
    assert number_year(datetime(2026, 12, 31, 16, tzinfo=UTC)) == 2027
    assert number_year(datetime(2026, 12, 31, 15, 59, tzinfo=UTC)) == 2026
