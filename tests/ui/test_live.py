"""What a colleague does reaches every open page at once, and nobody's place or words are lost.

The slow question of before is switched off here: what arrives was told by the database itself.
"""

import threading

import pytest
from PySide6.QtCore import Qt

from desk.actions.bookings import BookRoom
from desk.actions.closing import AddNote
from desk.actions.handling import AcceptAssignment
from desk.actions.recusal import RecordAccused
from desk.queries.case_board import Whose
from desk.rules.deeds import Deed
from desk.rules.mediation_codes import BookingPurpose
from desk.ui.board_screen import BoardScreen
from desk.ui.case_screen import CaseScreen
from desk.ui.followup_screen import FollowUpScreen
from desk.ui.intake_screen import IntakeScreen
from desk.ui.live import Live
from desk.ui.mediation_screen import MediationScreen
from desk.ui.rooms_screen import RoomsScreen
from desk.ui.signoff_screen import SignoffScreen
from desk.ui.start_page import StartPage
from tests.actions.conftest import shared_hall  # noqa: F401 - a fixture
from tests.actions.mediating import Mediating
from tests.actions.rooms import MENG, SECOND, Rooms
from tests.actions.work import Work
from tests.ui.case_life import CaseLife
from tests.ui.desks import Desks

MANY = 12  # more than fit on a page


@pytest.fixture(scope="module")
def life(shared_hall):  # noqa: F811
    """The hall with more cases than a page shows, waiting at the desks that are looked at."""
    shared_hall.clock.set("2026-11-02 09:00")
    made = CaseLife(shared_hall)
    made.waiting = [made.register(summary=f"楼道漏电 {at}") for at in range(MANY)]
    made.signing = [made.at("signing", summary=f"等签 {at}") for at in range(4)]
    made.calls = [made.at("follow_up", summary=f"等回访 {at}") for at in range(5)]
    return made


class Watching:
    """Somebody before a page that is told by the database what colleagues do."""

    def __init__(self, qtbot, desk, page):
        self.qtbot, self.desk, self.page = qtbot, desk, page
        qtbot.addWidget(page)
        page.resize(1214, 430)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.arrive()
        self.said = []
        self.live = Live(desk)
        self.live.heard.connect(self.said.append)
        self.live.start()
        self.live._timer.stop()
        qtbot.waitUntil(lambda: self.live.is_listening and not desk.tasks.is_busy)

    def until(self, comes):
        """Wait for what a colleague did; a page that is never told fails here."""
        self.qtbot.waitUntil(comes)
        self.qtbot.waitUntil(lambda: not self.desk.tasks.is_busy)

    def focused(self):
        return self.page.window().focusWidget()


@pytest.fixture
def watch(qtbot, life):
    """Sit somebody down before a kind of page."""
    desks, made = Desks(life.hall), []

    def sit(who, page):
        desk = desks.sign_in(who)
        desk.set_time(life.hall.clock())
        made.append(Watching(qtbot, desk, page(desk)))
        return made[-1]

    yield sit
    for one in made:
        one.live.stop()
    desks.close()


def scrolled_down(view):
    """Scroll a view half-way down, and return where that is."""
    bar = view.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum() // 2)
    return bar.value()


def ids(work_list):
    return [row.id for row in work_list.rows() if row.id is not None]


def test_a_new_card_comes_to_the_board_and_leaves_place_filter_and_keyboard(life, watch):
    at = watch("周航", BoardScreen)
    board = at.page
    board.narrow("whose", Whose.ALL)
    at.until(lambda: board.page.columns.columns[0].list.cards.rowCount() >= MANY)
    cards = board.page.columns.columns[0].list
    board.page.columns.select_case(life.waiting[3])
    board.page.take_keyboard()
    place = scrolled_down(cards)

    new = life.register(summary="刚来的一件")

    at.until(lambda: cards.cards.pages.position(new) is not None)
    assert board.current().id == life.waiting[3]
    assert cards.verticalScrollBar().value() == place
    assert board.narrowing.whose is Whose.ALL
    assert cards.hasFocus()
    assert at.said == ["刚才 李敏 首问受理，受理转办"]


def test_a_new_line_comes_to_the_table_and_leaves_place_and_selection(life, watch):
    at = watch("周航", BoardScreen)
    board = at.page
    board.narrow("whose", Whose.ALL)
    board.show_layout(is_table=True)
    table = board.page.table
    at.until(lambda: table.lines.rowCount() >= MANY)
    board.page.select_case(life.waiting[5])
    place = scrolled_down(table)
    before = table.lines.rowCount()

    life.register(summary="又来一件")

    at.until(lambda: table.lines.rowCount() == before + 1)
    assert board.current().id == life.waiting[5]
    assert table.verticalScrollBar().value() == place
    assert board.is_table


def test_news_of_a_case_are_offered_beside_what_is_half_written(life, watch):
    case = life.at("dispatched")
    at = watch("周航", CaseScreen)
    screen = at.page
    screen.open_case(case)
    at.until(lambda: screen.file is not None)
    at.qtbot.keyClick(at.focused(), Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    panel = screen.page.host.panel
    note = panel.form.entries["note"]
    note.write("已问过物业，明天上午")
    note.focus()
    here, seen = at.focused(), screen.file.version

    life.do("赵强", AcceptAssignment, case)

    at.until(lambda: "签收" in screen.page.notice.sentence())
    assert screen.page.host.panel is panel
    assert note.read() == "已问过物业，明天上午"
    assert at.focused() is here
    assert screen.file.version == seen  # nothing is forced on the reader


def test_a_half_written_intake_does_not_notice_that_colleagues_work(life, watch):
    at = watch("李敏", IntakeScreen)
    form = at.page.work.sheet.form
    form.details.set_text("三楼走廊的灯不")
    form.details.setFocus()
    here = at.focused()

    life.do("周航", AddNote, life.waiting[0], note="请尽快")

    at.until(lambda: bool(at.said))
    assert form.details.text() == "三楼走廊的灯不"
    assert at.focused() is here


def test_the_dispatchers_desk_keeps_case_unit_and_place(life, watch):
    at = watch("周航", StartPage)
    face = at.page.face
    at.until(lambda: len(ids(face.list)) >= MANY)
    face.list.choose(life.waiting[4])
    at.until(lambda: face._sheet is not None)
    face.units.press("1")
    unit, place = face.units.value(), scrolled_down(face.list)

    new = life.register(summary="刚来要分拨")

    at.until(lambda: new in ids(face.list))
    assert face.list.current_id() == life.waiting[4]
    assert face.list.verticalScrollBar().value() == place
    assert unit is not None
    assert face.units.value() == unit


def test_another_opinion_comes_to_the_leader_beside_his_note(life, watch):
    at = watch("郑伟", SignoffScreen)
    page = at.page
    at.until(lambda: page.sheet is not None)
    page.list.choose(life.signing[2])
    at.until(lambda: page.sheet is not None and page.sheet.case_id == life.signing[2])
    page.note.edit.setPlainText("第二段请写明")
    page.note.setFocus()
    place = scrolled_down(page.list)

    new = life.at("signing", summary="刚送来的")

    at.until(lambda: new in ids(page.list))
    assert page.list.current_id() == life.signing[2]
    assert page.list.verticalScrollBar().value() == place
    assert page.note.edit.toPlainText() == "第二段请写明"
    assert page.note.edit.hasFocus()


def test_another_call_comes_to_the_list_beside_answers_half_given(life, watch):
    at = watch("吴芳", FollowUpScreen)
    page = at.page
    at.until(lambda: page._card is not None)
    page.list.choose(life.calls[2])
    at.until(lambda: page._card is not None and page._card.file.id == life.calls[2])
    page.form.first_open().press("1")
    page.form.suggestion.set_text("希望早点")
    page.form.suggestion.setFocus()
    place, said = scrolled_down(page.list), page.form.content()

    new = life.at("follow_up", summary="刚送达的")

    at.until(lambda: new in ids(page.list))
    assert page.list.current_id() == life.calls[2]
    assert page.list.verticalScrollBar().value() == place
    assert page.form.content() == said


@pytest.fixture(scope="module")
def mediating(life):
    """The same hall, where mediations are registered too."""
    return Mediating(Work(life.hall, life.hall.clock))


def test_a_new_mediation_comes_to_the_list_and_the_chosen_one_stays(mediating, watch):
    some = [mediating.open() for _ in range(6)]
    at = watch("顾敏", MediationScreen)
    page = at.page
    page.open_mediation(some[1])
    at.until(lambda: page.file is not None and page.file.id == some[1])
    place = scrolled_down(page.list)

    new = mediating.open()

    at.until(lambda: new in ids(page.list))
    assert page.list.current_id() == some[1]
    assert page.list.verticalScrollBar().value() == place


@pytest.fixture(scope="module")
def rooms(life):
    """The same hall with rooms."""
    return Rooms(life.hall, life.hall.clock).furnish()


def test_a_booking_of_a_colleague_comes_to_the_week_beside_one_half_written(rooms, watch):
    at = watch(MENG, RoomsScreen)
    page = at.page
    at.until(lambda: page.reading.week is not None and page.reading.options is not None)
    page.grid.setFocus()
    at.qtbot.keyClick(page.grid, Qt.Key.Key_N)
    form = page.side.form.form
    form.purpose.chips.chips()[2].click()
    form.title.set_text("个案会")
    form.title.setFocus()
    here, plan = page.grid.place(), form.title.text()

    rooms.ask(
        "周航",
        BookRoom,
        purpose=BookingPurpose.CONSULTATION,
        title="会商",
        **rooms.where(SECOND, "1 10:00", "1 11:00"),
    )

    at.until(lambda: any(day.bookings for day in page.reading.week.days))
    assert page.grid.place() == here
    assert form.title.text() == plan
    assert form.title.edit.hasFocus()


def test_a_page_is_put_away_when_its_case_is_kept_from_its_reader(life, watch):
    case = life.register(summary="关于分拨的投诉")
    at = watch("周航", CaseScreen)
    at.page.open_case(case)
    at.until(lambda: at.page.file is not None)
    zhou = life.hall.person("周航").staff_id

    life.do("李敏", RecordAccused, case, staff=zhou, reason="来电说明")

    at.until(lambda: at.page.file is None)
    assert "已不归您查看" in at.page._empty._sentence.text()
    assert at.said == []


def test_whoever_has_a_case_open_is_named_with_what_he_writes_until_he_leaves(life, watch):
    case = life.register(summary="两个人都在看")
    first, second = watch("李敏", CaseScreen), watch("周航", CaseScreen)
    for at in (first, second):
        at.page.open_case(case)
        at.until(lambda at=at: at.page.file is not None)
    line = second.page.page.others
    second.until(lambda: line.words().startswith("李敏 也打开了这件"))
    first.until(lambda: "周航 也打开了这件" in first.page.page.others.words())

    first.page.work.open_panel(Deed.NOTE)
    first.page.page.host.panel.form.entries["note"].write("已问过")
    second.until(lambda: "正在写“批注”" in line.words())
    first.page.page.host.close_panel()
    second.until(lambda: "正在写" not in line.words())
    first.page.hide()

    second.until(lambda: line.words() == "")


def test_many_changes_at_once_reach_a_page_as_a_few(life, watch):
    at = watch("周航", BoardScreen)
    told = []
    at.desk.changed.connect(lambda changes, who: told.append((changes, who)))
    colleague = life.hall.sign_in("李敏")

    for case in life.waiting:
        colleague.carry_out(AddNote(**life.hall.by("李敏"), case=case, seen=0, note="请尽快"))

    at.until(lambda: {case for changes, _ in told for case in changes.cases} >= set(life.waiting))
    assert len(told) < MANY / 2


def test_whoever_has_locked_the_screen_is_told_nothing_and_holds_no_connection(life, watch):
    at = watch("周航", BoardScreen)
    (listening,) = [one for one in threading.enumerate() if one.name == "desk-listening"]
    told = []
    at.desk.changed.connect(lambda changes, _who: told.append(changes))

    at.live.stop()

    at.qtbot.waitUntil(lambda: not listening.is_alive())
    life.register()
    assert told == []
