"""The page 通报: words are edited beside the paper, issued with one key; differences lead on."""

from datetime import timedelta
from functools import partial

import pytest
from openpyxl import load_workbook

from desk.actions.followup import RecordFollowUp
from desk.actions.review_tasks import AddReviewTask
from desk.queries.bulletins import bulletin_file, issued_bulletins
from desk.queries.review_tasks import review_tasks
from desk.rules.bulletin_words import Section
from desk.rules.codes import NextStep, Resolution, Satisfaction
from desk.rules.moments import day_of
from desk.ui.bulletin_screen import BulletinScreen
from desk.ui.day_pictures import DayPictures
from desk.ui.keys import BulletinKey, GlobalKey
from tests.ui.seats import press, rest, seated

DAILY, MONTHLY = 0, 4


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Show somebody's page, once it has come to rest."""
    return partial(seated, qtbot, life, desk_of, BulletinScreen)


def overview(page):
    return page.drafts.editor.fields[Section.OVERVIEW]


def issued(life, name="周航"):
    return life.hall.sign_in(name).read(issued_bulletins)


def test_the_words_are_edited_beside_the_paper_and_issued_with_one_key(qtbot, life, sit):
    life.at("handling")
    page = sit("周航")
    assert page.views() == ("写通报", "已印发 0", "23 时快照 0", "研判会任务 0")
    assert [row.left for row in page.drafts.list.rows()][DAILY] == "11-02　未印发"
    assert overview(page).text().startswith("2026 年 11 月 2 日受理群众诉求 1 件")
    qtbot.waitUntil(lambda: page.drafts.sheet.pages.page_count() > 0)

    overview(page).set_text("今天受理 1 件，正在办。")
    page.drafts.sheet._set()
    press(qtbot, page, GlobalKey.FINISH)

    (row,) = issued(life)
    kept = life.hall.sign_in("周航").read(partial(bulletin_file, bulletin=row.id))
    assert kept.sentences["overview"] == ["今天受理 1 件，正在办。"]
    assert kept.paper["overview"] == ["今天受理 1 件，正在办。"]
    assert page.drafts.list.rows()[DAILY].left == f"11-02　{row.number}"
    assert page.bar.labels()[0] == "重新印发"
    assert page.views()[1] == "已印发 1"


def test_what_was_written_is_there_when_the_page_is_opened_again(qtbot, life, sit):
    page = sit("周航")
    overview(page).set_text("写到一半")
    page.drafts.list.choose(MONTHLY)
    rest(qtbot, page)
    assert overview(page).text() != "写到一半"
    page.drafts.list.choose(DAILY)
    rest(qtbot, page)
    assert overview(page).text() == "写到一半"

    page.bar.press("按现在的数重写")
    rest(qtbot, page)
    assert overview(page).text().startswith("2026 年 11 月 2 日没有受理")


def test_the_draft_is_saved_as_a_workbook_with_the_words_as_they_stand(qtbot, sit, tmp_path):
    page = sit("周航")
    overview(page).set_text("写到一半")
    page.drafts.save_book(tmp_path / "日通报.xlsx")
    rest(qtbot, page)
    words = [cell.value for cell in load_workbook(tmp_path / "日通报.xlsx")["通报"]["A"]]
    assert "写到一半" in words


def test_nothing_said_is_refused_beside_the_words(qtbot, life, sit):
    page = sit("郑伟")
    for field in page.drafts.editor.fields.values():
        field.set_text("")
    press(qtbot, page, GlobalKey.FINISH)
    assert "一句话也没有" in overview(page).state().sentence
    assert issued(life) == ()


def test_one_key_leads_from_the_figures_to_the_cases_and_back(qtbot, life, sit):
    case = life.at("handling")
    page = sit("周航")
    press(qtbot, page, BulletinKey.CASES)
    assert [one.id for one in page.figures.table.cases] == [case]
    page.figures.left.emit()
    assert "印发" in page.bar.labels()


def test_what_changed_since_is_listed_and_opens(qtbot, life, sit):
    case = life.at("follow_up")
    page = sit("周航")
    press(qtbot, page, GlobalKey.FINISH)
    life.hall.clock.forward(minutes=3)
    said = {"resolution": Resolution.YES, "satisfaction": Satisfaction.SATISFIED}
    told = {"is_reached": True, "was_contacted": True, "next_step": NextStep.CLOSE}
    life.do("吴芳", RecordFollowUp, case, **said, **told)

    page = sit("周航")
    page.choose_view(1)
    rest(qtbot, page)
    assert page.issued.since.text().startswith("自印发以来：1 件取得评价。")
    assert "已评价 0 → 1" in page.issued.since.text()
    opened = []
    page.case_wanted.connect(opened.append)
    page.bar.press("打开案件卷")
    assert opened == [case]

    page.bar.press("出公开版")
    rest(qtbot, page)
    page.bar.press("看公开版")
    assert page.issued.sheet.head is not None
    assert "打印公开版" in page.bar.labels()
    page.bar.press("按现在的数重新印发")
    rest(qtbot, page)
    assert page.chosen_view() == 0
    assert page.bar.labels()[0] == "重新印发"


def test_a_unit_reads_and_reports_its_task_but_issues_nothing(qtbot, life, sit):
    today = day_of(life.hall.clock())
    unit = life.hall.unit("城建办")
    facts = {"text": "排查楼道线路。", "unit": unit, "decided_on": today}
    request = AddReviewTask(**life.hall.by("周航"), **facts, due_on=today + timedelta(days=3))
    life.hall.sign_in("周航").carry_out(request)

    page = sit("赵强")
    assert page.views() == ("已印发 0", "23 时快照 0", "研判会任务 1")
    page.choose_view(2)
    rest(qtbot, page)
    assert page.bar.labels() == ["报完成"]
    press(qtbot, page, GlobalKey.FINISH)
    assert "请写明" in page.tasks.report_form.note.state().sentence
    page.tasks.report_form.note.set_text("已排查。")
    press(qtbot, page, GlobalKey.FINISH)
    (task,) = life.hall.sign_in("赵强").read(review_tasks)
    assert (task.done_note, page.views()[2]) == ("已排查。", "研判会任务 0")


def test_a_task_is_set_with_a_day_as_people_say_it(qtbot, life, sit):
    page = sit("王磊")
    page.choose_view(3)
    press(qtbot, page, BulletinKey.TASK)
    form = page.tasks.add_form
    form.text.set_text("列出更换计划。")
    press(qtbot, page, GlobalKey.FINISH)
    assert form.due_on.state().sentence
    form.due_on.set_text("11-20")
    press(qtbot, page, GlobalKey.FINISH)
    assert "责任单位" in form.unit.state().sentence
    form.unit.set_value(life.hall.unit("城建办"))
    press(qtbot, page, GlobalKey.FINISH)
    (task,) = life.hall.sign_in("王磊").read(review_tasks)
    assert (task.text, f"{task.due_on:%m-%d}") == ("列出更换计划。", "11-20")
    assert "退回继续办" not in page.bar.labels()


def test_at_23_the_picture_of_the_day_makes_itself_once(qtbot, life, desk_of, sit):
    life.at("handling")
    desks = [desk_of(name) for name in ("周航", "冯丽", "赵强")]
    watches = [DayPictures(desk, desk) for desk in desks]
    for watch in watches:
        watch.start()

    def look(at):
        life.hall.clock.set(at)
        for desk, watch in zip(desks, watches, strict=True):
            desk.set_time(life.hall.clock())
            watch.ask()
        qtbot.waitUntil(lambda: not any(desk.tasks.is_busy for desk in desks), timeout=20_000)

    look("2026-11-02 22:59")
    assert issued(life) == ()
    assert watches[0].left_ms() <= 61_000
    look("2026-11-02 23:00")
    look("2026-11-02 23:01")
    assert [(row.is_picture, row.first.day) for row in issued(life)] == [(True, 2)]
    for watch in watches:
        watch.stop()

    page = sit("周航")
    page.choose_view(2)
    rest(qtbot, page)
    assert "当天受理 1 件" in page.pictures.figures.text()
    assert "以后不再变" in page.pictures.figures.text()
