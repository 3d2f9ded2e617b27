"""`found`: a street from its filled workbook on the command line, as on a server without screen."""

from desk.exchange.organisation import write_template
from desk.store.signing_in import sign_in
from tests.street_book import fill


def test_a_filled_workbook_founds_the_street_and_its_administrator_comes_in(
    command, sqlite_url, tmp_path
):
    file = tmp_path / "street.xlsx"
    assert command("found", "--template", file).code == 0
    fill(file)
    answer = command("found", file, "--database", sqlite_url)
    assert (answer.code, "管理员工号 9001" in answer.out) == (0, True)
    sign_in(sqlite_url, "9001", "admin-2026").close()
    again = command("found", file, "--database", sqlite_url)
    assert (again.code, "已有“青榕街道”的数据" in again.err) == (1, True)


def test_a_workbook_with_a_gap_founds_nothing_and_names_it(command, sqlite_url, tmp_path):
    file = write_template(tmp_path / "empty.xlsx")
    answer = command("found", file, "--database", sqlite_url)
    assert answer.code == 1
    assert "人员里还没有管理员" in answer.err
    assert "没有建立街道，请改好再来" in answer.err


def test_without_a_workbook_it_says_what_to_write(command):
    answer = command("found")
    assert (answer.code, "--template" in answer.err) == (2, True)
