"""The page 档案: what is ready, what is missing in words, many at once, and finding again."""

import pytest
from PySide6.QtCore import Qt

from desk.actions.archiving import ArchiveCase
from desk.actions.followup import RecordFollowUp
from desk.rules.codes import CaseStatus, Exit, NextStep, Resolution, Satisfaction
from desk.ui.archive_screen import ArchiveScreen
from tests.ui.before_page import BeforePage

RETURN, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space
CTRL = Qt.KeyboardModifier.ControlModifier
NO = Qt.KeyboardModifier.NoModifier
READY, MISSING, SHELF = 0, 1, 2


@pytest.fixture
def close(life):
    """Bring a case to its end, solved or not."""

    def closed(resolution=Resolution.YES):
        case = life.at("follow_up")
        life.do(
            "吴芳",
            RecordFollowUp,
            case,
            is_reached=True,
            was_contacted=True,
            resolution=resolution,
            satisfaction=Satisfaction.SATISFIED,
            next_step=NextStep.CLOSE,
        )
        return case

    return closed


class AtArchive(BeforePage):
    """何平 before the page."""

    def __init__(self, qtbot, desk, life):
        super().__init__(qtbot, desk, life, ArchiveScreen(desk))

    def is_busy(self):
        return self.page.search._rest.isActive()

    def press(self, key, modifier=NO):
        self.desk.set_time(self.life.hall.clock())
        self.qtbot.keyClick(self.page.window().focusWidget() or self.page, key, modifier)
        self.rest()

    def go(self, view):
        self.page.choose_view(view)
        self.rest()

    def ids(self):
        return [row.id for row in self.page.list.rows()]


@pytest.fixture
def sit(qtbot, life, desk_of):
    return lambda name="何平": AtArchive(qtbot, desk_of(name), life)


def test_what_is_ready_and_what_is_missing_stand_apart_with_their_sentences(life, close, sit):
    ready, unsolved = close(), close(Resolution.PARTLY)

    desk = sit()

    assert desk.page.views() == ("可以归档 1", "还差材料 1", "已归档 0")
    assert desk.ids() == [ready]
    assert desk.page.list.hasFocus()
    title, hard, soft = desk.page.brief.texts()
    assert (title, hard) == ("还差什么才能归档", "")
    assert "签字件还没有扫回。（不影响归档）" in soft
    desk.go(MISSING)
    assert desk.ids() == [unsolved]
    assert desk.page.brief.texts()[1] == "· 三问还没有答完：办法是否穷尽。"


def test_enter_archives_all_that_are_marked_into_one_box(life, close, sit):
    cases = [close() for _ in range(3)]
    desk = sit()
    desk.page.host.panel.form.fill({"box_number": "2026-7"})
    desk.press(SPACE)
    desk.press(SPACE)
    assert desk.page.host.panel.said() == "连同另外 2 件一起归档，放在同一盒。"
    desk.page.list.choose(cases[0])
    desk.rest()
    desk.page.host.panel.form.fill({"box_number": "2026-7"})

    desk.press(RETURN)

    rows = [life.case(case) for case in cases]
    assert [row.status for row in rows] == [CaseStatus.ARCHIVED] * 2 + [CaseStatus.CLOSED]
    assert [row.box_number for row in rows] == ["2026-7", "2026-7", None]
    assert desk.said[-1] == "一共归档 2 件。"
    assert desk.page.views() == ("可以归档 1", "还差材料 0", "已归档 2")
    assert desk.ids() == [cases[2]]
    assert desk.page.host.panel.box() == "2026-7", "the next one lies on top of it"


def test_a_missing_answer_is_given_at_the_archive(life, close, sit):
    case = close(Resolution.PARTLY)
    desk = sit()
    desk.go(MISSING)

    desk.press(RETURN)
    desk.press(RETURN, CTRL)
    assert "三问还没有答完" in desk.page.host.panel.said()
    desk.page.host.panel.form.fill({"is_exhausted": "yes"})
    desk.press(RETURN, CTRL)

    assert life.case(case).said_exhausted is True
    assert life.case(case).status is CaseStatus.ARCHIVED


def test_the_archive_is_searched_by_number_year_and_box(life, close, sit, monkeypatch):
    cases = [close() for _ in range(2)]
    for case, box in zip(cases, ("2026-1", "2026-2"), strict=True):
        life.do("何平", ArchiveCase, case, box_number=box)
    desk = sit()
    desk.go(SHELF)
    assert desk.ids() == [cases[1], cases[0]]
    assert desk.page.list.rows()[0].tag.endswith("0002号")
    with monkeypatch.context() as small:  # a list of more lines would be a book
        small.setattr("desk.actions.archiving._LONGEST_LIST", 1)
        desk.page.bar.press("打印归档目录")
        desk.rest()
    assert desk.said[-1] == "超过 1 件，请先选年份或盒号，分几次打印。"

    desk.page.search.words.set_text("0001")
    desk.qtbot.waitUntil(lambda: desk.ids() == [cases[0]])
    desk.page.search.words.set_text("")
    desk.qtbot.waitUntil(lambda: len(desk.ids()) == 2)
    desk.page.search.box.set_value("2026-2")
    desk.page.search.asked.emit()
    desk.qtbot.waitUntil(lambda: desk.ids() == [cases[1]])
    desk.rest()

    assert desk.page.brief.texts()[0].endswith("在 2026-2 盒。")
    assert "打印卷内目录" in desk.page.bar.labels()
    assert desk.page.host.panel is None
    desk.page.search.year.set_value(2026)
    desk.page.search.words.set_text("没有这样的件")
    desk.qtbot.waitUntil(lambda: desk.ids() == [])


def test_a_guided_appeal_is_archived_without_the_three_questions(life, sit):
    case = life.register(exit=Exit.GUIDANCE, answer="已解释。", guided_to="区人社局")
    desk = sit()
    assert "is_solved" not in desk.page.host.panel.form.entries

    desk.press(RETURN)

    assert life.case(case).status is CaseStatus.ARCHIVED


def test_an_empty_archive_says_so_and_a_double_click_opens_the_case(life, close, sit):
    desk = sit()
    assert desk.page._empty.isVisible()
    case = close()
    desk.page.arrive()
    desk.rest()
    wanted = []
    desk.page.case_wanted.connect(wanted.append)

    desk.page.list.open_current()

    assert wanted == [case]
    assert life.case(case).status is CaseStatus.CLOSED
