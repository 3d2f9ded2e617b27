"""Scenes of what comes between: questions, faults, a lost connection, two people at one case."""

from collections.abc import Iterator
from threading import Event

from PySide6.QtWidgets import QListWidget

from desk.actions.closing import CorrectCase
from desk.cli.other_hands import head_of, somebody
from desk.cli.panel_scenes import case_panel
from desk.cli.scenes import Prepare, fill_intake, section
from desk.rules.deeds import Deed
from desk.rules.moments import day_of
from desk.ui.admin.health_section import HealthSection
from desk.ui.admin.limits_section import LimitsSection
from desk.ui.admin_screen import AdminScreen
from desk.ui.case_screen import CaseScreen
from desk.ui.connection import ConnectionDialog
from desk.ui.crash_dialog import CrashDialog
from desk.ui.intake_screen import IntakeScreen
from desk.ui.live import Live
from desk.ui.long_work import LongPlan, WorkDoor, works_of
from desk.ui.main_window import MainWindow
from desk.ui.rooms.booking_card import offers_for
from desk.ui.rooms.cell_sheet import Cell
from desk.ui.rooms_screen import RoomsScreen
from desk.ui.start.face import Face
from desk.ui.start_page import StartPage
from desk.ui.widgets.buttons import KeyButton
from desk.ui.work_news import ask_before_end

_DAYS = 5  # that are looked through for a booking
_RETIRE = "停用"
_A_WHILE = 2.0  # seconds
_LIMIT = 8  # the line of a limit that many cases run on
_MINE = "7 栋 2 单元三楼楼道的灯不亮，声控开关也坏了，老人晚上不敢下楼。"
_THEIRS = "7 栋 2 单元三楼、四楼楼道的灯都不亮，请先换灯，再查线路。"


def crash(window: MainWindow) -> None:
    """Show what somebody sees when the program itself fails."""
    try:
        _fail()
    except RuntimeError as error:
        CrashDialog(window, error).open()


def _fail() -> None:
    raise RuntimeError


def connection(window: MainWindow) -> None:
    """Show where the address of the server is written."""
    ConnectionDialog(window).open()


def away(begin: Prepare | None = None) -> Prepare:
    """Return what shows a page after the database has stopped answering."""

    def prepare(window: MainWindow) -> Iterator[None]:
        yield from (begin(window) if begin is not None else None) or ()
        yield
        for live in window.findChildren(Live):
            live.connected.emit(False)  # noqa: FBT003 - Qt's own
        yield
        yield

    return prepare


def choose_face(kind: type[Face]) -> Prepare:
    """Return what shows one desk of the start page."""

    def prepare(window: MainWindow) -> Iterator[None]:
        yield
        page = window.pages.front
        if isinstance(page, StartPage) and kind.name in page.views():
            page.choose_view(page.views().index(kind.name))
            yield

    return prepare


def conflict(window: MainWindow) -> Iterator[None]:
    """Correct a case that a colleague has corrected meanwhile."""
    yield from case_panel(Deed.CORRECT, option="details")(window) or ()
    page = window.pages.front
    panel = page.page.host.panel if isinstance(page, CaseScreen) else None
    if panel is None:
        return
    case, seen = panel.file.id, panel.file.version
    with somebody(window, "1004") as colleague:
        head = head_of(colleague) | {"case": case, "seen": seen}
        colleague.carry_out(CorrectCase(**head, details=_THEIRS, reason="诉求人来电补充"))
    panel.form.entries["details"].write(_MINE)
    panel.form.entries["reason"].write("诉求人当面补充")
    panel.submit()
    yield
    yield


def bell(window: MainWindow) -> Iterator[None]:
    """Open what was said today."""
    yield
    window.bell.open_bell()
    yield


def limit_tool(window: MainWindow) -> None:
    """Open the small tool that counts a limit."""
    window.time_tool.open_tool()


def all_actions(window: MainWindow) -> None:
    """Show everything that can be done from anywhere."""
    window.palette_box.open_for("", all_actions=True)


def leaving(window: MainWindow) -> None:
    """Ask whether the program is to end while something is under way."""
    plan = LongPlan("导出台账", "picture", said=lambda _none: "", stopped="")
    ended = Event()

    def work(door: WorkDoor) -> None:
        door.begin_part("正在写第 3 份，共 12 份")
        ended.wait(_A_WHILE)

    window.desk.begin_long(plan, work, owner=window)
    ask_before_end(window, works_of(window.desk.tasks), lambda: None).finished.connect(ended.set)


def room_form(window: MainWindow) -> Iterator[None]:
    """Begin a booking at the place of the keyboard."""
    yield
    page = window.pages.front
    if isinstance(page, RoomsScreen):
        page.work.begin()
        yield


def room_sign(window: MainWindow) -> Iterator[None]:
    """Ask what stands on the sign of a door."""
    yield
    page = window.pages.front
    if isinstance(page, RoomsScreen):
        page.papers.ask_sign(page.work.room_name())
        yield


def room_step(step: str, *, of_series: bool = False) -> Prepare:
    """Return what takes a step with the next booking that it is offered for."""

    def prepare(window: MainWindow) -> Iterator[None]:
        yield
        page = window.pages.front
        if not isinstance(page, RoomsScreen):
            return
        for _day in range(_DAYS):
            sheet = page.grid.sheet
            for one in sheet.view.bookings if sheet is not None else ():
                steps = {offer.id for offer in offers_for(one, window.desk.now())}
                if step in steps and (one.series_id is not None or not of_series):
                    page.work.select(Cell(day_of(one.starts_at), one.room_id, (one,)))
                    yield
                    page.work.press(step)
                    yield
                    return
            page.reading.go(1)
            yield

    return prepare


def retire(title: str) -> Prepare:
    """Return what asks before a line of a register is ended."""

    def prepare(window: MainWindow) -> Iterator[None]:
        section(title)(window)
        yield
        page = window.pages.front
        if isinstance(page, AdminScreen):
            for button in page.findChildren(KeyButton):
                if button.isVisible() and button.text().startswith(_RETIRE):
                    button.click()
                    break
            yield

    return prepare


def limit_effect(window: MainWindow) -> Iterator[None]:
    """Ask before a limit is changed, with what that does to the cases under way."""
    section(LimitsSection.title)(window)
    yield
    page = window.pages.front
    part = page.section() if isinstance(page, AdminScreen) else None
    if isinstance(part, LimitsSection):
        for lines in part.findChildren(QListWidget):
            lines.setCurrentRow(_LIMIT)
        yield
        part.form.set_values(part.form.values() | {"时限": "3"})
        part.save.click()
        yield
        yield


def diagnostics(window: MainWindow) -> Iterator[None]:
    """Open what is given to whoever looks for a fault."""
    section(HealthSection.title)(window)
    yield
    page = window.pages.front
    part = page.section() if isinstance(page, AdminScreen) else None
    if isinstance(part, HealthSection):
        part.diagnostics().open_for(())
        yield


def resident(window: MainWindow) -> Iterator[None]:
    """Write an appeal, and show the resident his own words on the second screen."""
    fill_intake(window)
    yield
    page = window.pages.front
    if isinstance(page, IntakeScreen):
        page.facing.toggle()
        yield
