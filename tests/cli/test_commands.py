"""Every subcommand: its result on stdout, its exit code, and one sentence when it fails."""

import json
import shutil
import subprocess
import sys
from argparse import _SubParsersAction
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desk.cli import MODULES, parser, run
from desk.queries.paper_finder import COPY_NUMBER
from desk.rules.errors import DeskError
from desk.store.engine import make_engine
from desk.store.models import Case, Paper
from tests.exchange.ledger_files import MEDIATIONS

MAIN = Path(__file__).parents[2] / "main.py"
JUNE = ("--from", "2026-06-01", "--to", "2026-06-30")
TOTAL = """received by_level assessed assessed_share_of_city daily_mean monthly_mean visited
    responded resolved partly_resolved satisfied fairly_satisfied dissatisfied response_rate
    resolution_rate satisfaction_rate score double_yes not_double_yes double_no on_time
    repeats national overdue""".split()  # noqa: SIM905 - as EXCHANGE.md lists them
ROW = """key received assessed visited responded resolved satisfied fairly_satisfied score
    rank tied deduction""".split()  # noqa: SIM905 - the same
ALL = ("--from", "2025-01-01", "--to", "2026-12-31")


def some(url, column, where=None):
    engine = make_engine(url)
    with Session(engine) as session:
        query = select(column) if where is None else select(column).where(where)
        found = session.scalars(query.order_by(column.desc())).first()
    engine.dispose()
    return found


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("unknown",),
        ("rates",),
        ("rates", "--from", "gestern", "--to", "2026-01-01"),
        ("rates", "--from", "2026-02-01", "--to", "2026-01-01"),
        ("rates", *JUNE, "--by", "moon"),
        ("demo",),
        ("demo", "--cases", "-1"),
        ("demo", "--cases", "viele"),
        ("print", "love-letter", "1", "--output", "x.pdf"),
        ("import",),
        ("backup",),
    ],
)
def test_wrong_arguments_end_with_two_and_a_chinese_sentence(command, demo_url, argv):
    argv = (*argv, "--database", demo_url) if argv and argv[0] == "rates" else argv
    if argv[:1] == ("print",):
        argv = (*argv, "--database", demo_url)

    answer = command(*argv)

    assert answer.code == 2
    assert answer.out == ""
    assert any("\u4e00" <= mark <= "\u9fff" for mark in answer.err)


@pytest.mark.parametrize(
    "argv", [("rates", *JUNE), ("check",), ("upgrade",), ("print", "receipt", "1", "--output", "x")]
)
@pytest.mark.parametrize(
    "url", ["postgresql://nobody@127.0.0.1:9/none", "mysql://a/b", "kein-url", "{garbage}"]
)
def test_without_a_database_every_command_ends_with_three(command, tmp_path, argv, url):
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"this is no database at all, only some words" * 40)

    answer = command(*argv, "--database", url.format(garbage=f"sqlite:///{garbage}"))

    assert answer.code == 3
    assert answer.err.count("\n") == 1
    assert answer.err.strip().endswith("。")


@pytest.mark.parametrize(
    ("version", "words"),
    [("29991231_x", "数据库比本程序新"), ("20200101_x", "数据库比本程序旧")],
)
def test_a_database_of_another_version_ends_with_three(command, sqlite_hall_url, version, words):
    engine = make_engine(sqlite_hall_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    engine.dispose()

    answer = command("check", "--database", sqlite_hall_url)

    assert answer.code == 3
    assert words in answer.err


def test_debug_shows_what_happened(demo_url):
    with pytest.raises(DeskError):
        run(["rates", "--from", "2026-02-01", "--to", "2026-01-01", "--debug"])


def test_upgrade_makes_a_database_and_says_so(command, tmp_path):
    url = f"sqlite:///{tmp_path / 'new' / 'hall.db'}"

    first, second = (command("upgrade", "--database", url) for _ in range(2))

    assert (first.code, second.code) == (0, 0)
    assert "数据库已是最新结构" in first.out


def test_an_empty_database_has_no_street_yet(command, sqlite_url):
    answer = command("rates", *JUNE, "--database", sqlite_url)

    assert answer.code == 1
    assert "还没有街道" in answer.err


def test_the_demo_is_refused_where_cases_are(command, demo_url):
    answer = command("demo", "--cases", 3, "--database", demo_url)

    assert answer.code == 1
    assert "已有案件" in answer.err


def test_the_demo_says_how_to_sign_in(command, tmp_path):
    url = f"sqlite:///{tmp_path / 'demo.db'}"

    answer = command("demo", "--cases", 2, "--until", "2026-10-30", "--database", url)

    assert answer.code == 0
    assert "诉求 2 件" in answer.out
    assert "2/2" in answer.err


def test_the_rates_have_the_agreed_keys(command, demo_url):
    answer = command("rates", *ALL, "--json", "--database", demo_url)

    assert answer.code == 0
    found = json.loads(answer.out)
    assert set(found) == {
        "from",
        "to",
        "rules",
        "total",
        "monthly",
        "mean_of_months",
        "rows",
    }
    assert set(found["total"]) >= set(TOTAL)
    assert set(found["total"]["on_time"]) == {"dispatch", "contact", "verify", "handle", "opinion"}
    rates = {"response_rate", "resolution_rate", "satisfaction_rate"}
    assert set(found["mean_of_months"]) == rates
    assert all(set(month) == rates | {"month"} for month in found["monthly"])
    agreed = rates | set(ROW)
    assert all(set(row) >= agreed for row in found["rows"])


@pytest.mark.parametrize("by", ["unit", "community", "category", "channel"])
def test_the_rates_can_be_read_in_words_by_every_grouping(command, demo_url, by):
    answer = command("rates", *ALL, "--by", by, "--database", demo_url)

    assert answer.code == 0
    assert "响应率" in answer.out
    assert "第 1 名" in answer.out


def test_a_period_without_cases_has_no_rates(command, demo_url):
    answer = command("rates", "--from", "2020-01-01", "--to", "2020-01-31", "--database", demo_url)

    assert answer.code == 0
    assert "响应率 —" in answer.out


@pytest.mark.parametrize("code", ["intake-sheet", "dispatch-slip", "opinion-notice"])
def test_a_paper_is_printed_by_its_number_on_a4(command, demo_url, tmp_path, code):
    number = some(demo_url, Paper.number, Paper.code == code)
    file = tmp_path / "paper.pdf"

    answer = command("print", code, number, "--output", file, "--database", demo_url)

    assert answer.code == 0
    assert str(number) in answer.out
    page = PdfReader(file).pages[0].mediabox
    assert (round(float(page.width)), round(float(page.height))) == (595, 842)


def test_a_paper_is_printed_by_the_number_of_its_case(command, demo_url, tmp_path):
    number = some(demo_url, Case.number)

    answer = command(
        "print", "intake-sheet", number, "--output", tmp_path / "a.pdf", "--database", demo_url
    )

    assert answer.code == 0
    receipt = command(
        "print", "receipt", number, "--output", tmp_path / "b.pdf", "--database", demo_url
    )
    assert receipt.code == 0
    assert COPY_NUMBER not in receipt.out


@pytest.mark.parametrize("number", ["青榕诉〔1999〕00001号", "gibt es nicht", "99999"])
def test_a_number_that_nothing_has_is_refused(command, demo_url, tmp_path, number):
    file = tmp_path / "paper.pdf"

    answer = command("print", "receipt", number, "--output", file, "--database", demo_url)

    assert answer.code == 1
    assert "请核对编号" in answer.err
    assert not file.exists()


def test_a_folder_that_is_not_there_is_named(command, demo_url, tmp_path):
    number = some(demo_url, Case.number)
    file = tmp_path / "no" / "folder.pdf"

    answer = command("print", "receipt", number, "--output", file, "--database", demo_url)

    assert answer.code == 1
    assert "folder.pdf" in answer.err


def test_a_copy_restored_elsewhere_is_whole_and_gives_the_same_rates(command, demo_url, tmp_path):
    copy, fresh = tmp_path / "copy.bak", f"sqlite:///{tmp_path / 'fresh.db'}"

    made = command("backup", copy, "--database", demo_url)
    back = command("restore", copy, "--database", fresh)
    check = command("check", "--json", "--database", fresh)

    assert (made.code, back.code, check.code) == (0, 0, 0)
    assert "校验通过" in made.out
    assert json.loads(check.out)["ok"] is True
    rates = [command("rates", *ALL, "--json", "--database", url).out for url in (demo_url, fresh)]
    assert rates[0] == rates[1]
    again = command("restore", copy, "--database", fresh)
    assert again.code == 1
    assert command("backup", copy, "--database", demo_url).code == 1


def test_check_names_what_is_wrong(command, demo_file, tmp_path):

    file = tmp_path / "broken.db"
    shutil.copy(demo_file, file)
    engine = make_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type='trigger'")):
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE counters SET last = last + 1 WHERE kind = 'case'"))
        connection.execute(text("UPDATE events SET title = 'x' WHERE place = 3"))
        change = "UPDATE clocks SET due_at = original_due_at, started_at = '2026-01-01' || "
        change += "substr(started_at, 11) WHERE id = (SELECT max(id) FROM clocks)"
        connection.execute(text(change))
    engine.dispose()

    answer = command("check", "--database", f"sqlite:///{file}")

    assert answer.code == 1
    assert "编号：1 处不对" in answer.out or "编号：2 处不对" in answer.out
    assert "第 3 条留痕（" in answer.out
    assert "的内容被改过。" in answer.out
    assert "下一步：请照常工作，不要动数据库" in answer.out
    assert "时限：1 处不对" in answer.out
    assert "约束：正常" in answer.out


def test_check_compares_the_log_with_an_anchor_from_paper(command, demo_url, tmp_path):
    noted = tmp_path / "anchors.jsonl"
    said = command("check", "--write-anchor", noted, "--database", demo_url).out
    anchor = said.strip().splitlines()[-1].removeprefix("现在的留痕锚点：")
    assert json.loads(noted.read_text())["hash"].startswith(anchor.split()[-1].replace("-", ""))

    good = command("check", "--json", "--anchor", anchor, "--database", demo_url)
    assert good.code == 0
    assert anchor == f"第 {json.loads(good.out)['anchor']['place']} 条 {anchor.split()[-1]}"
    bad = command("check", "--anchor", "3:0000000000000000", "--database", demo_url)
    assert bad.code == 1
    assert "纸上记的锚点是第 3 条 0000-0000-0000-0000，库里这一条现在是" in bad.out
    assert command("check", "--anchor", "3", "--database", demo_url).code == 1


def test_the_program_itself_hands_the_exit_code_on():
    done = subprocess.run(
        [sys.executable, str(MAIN), "due", "2026-09-24T10:00", "90m"],
        capture_output=True,
        text=True,
        check=False,
        cwd=MAIN.parent,
    )

    assert (done.returncode, done.stdout.strip()) == (0, "2026-09-24T11:30:00")


def test_mediations_are_counted_as_agreed_and_in_words(command, sqlite_url):
    on_it = ("--database", sqlite_url)
    assert command("demo", "--cases", 0, *on_it).code == 0
    assert command("import", MEDIATIONS, *on_it).code == 0

    answer = command("mediation-statistics", *ALL, "--json", *on_it)

    assert answer.code == 0
    found = json.loads(answer.out)
    assert set(found) == {
        "from",
        "to",
        "total",
        "by_kind",
        "by_source",
        "by_difficulty",
        "closed",
        "succeeded",
        "success_rate",
        "written",
        "oral",
        "amount",
        "performed",
        "judicial_confirmations",
    }
    assert all(set(row) == {"key", "count", "share"} for row in found["by_kind"])
    in_words = command("mediation-statistics", *ALL, *on_it).out
    assert "结案 64 件" in in_words
    assert "成功率 95.31%" in in_words


def test_a_rebuild_of_the_search_finds_everything_right_and_says_so(command, demo_url):
    answer = command("rebuild-search", "--database", demo_url)
    assert answer.code == 0
    assert "重写 0 件的检索" in answer.out
    assert "核对检索" in answer.err


def test_each_command_is_found_in_the_module_that_brings_it_in():
    def words(top):
        (commands,) = (one for one in top._actions if isinstance(one, _SubParsersAction))
        return list(commands.choices)

    assert words(parser()) == list(MODULES)
    for word, module in MODULES.items():
        beside = [other for other, found in MODULES.items() if found == module]
        assert words(parser(word)) == beside
