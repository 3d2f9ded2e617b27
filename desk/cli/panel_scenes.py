"""Scenes that open the panel of a deed on whatever it can be done to now (办理栏的界面图)."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from sqlalchemy import Select, select, true

from desk.cli.scenes import Prepare
from desk.queries.case_file import CaseFile, case_file
from desk.queries.mediation_file import mediation_file
from desk.queries.mediation_list import mediation_list
from desk.queries.whistles import whistle_board, whistle_file
from desk.rules.codes import AssignmentStatus, CaseStatus
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.rights import may
from desk.rules.whistling import WhistleStep
from desk.store.database import Reader
from desk.store.models import (
    AssessmentRequest,
    Assignment,
    Case,
    ExtensionRequest,
    LeaderCase,
    ReceptionCase,
    Supervision,
    Urging,
)
from desk.ui.case.deed_panel import DeedPanel
from desk.ui.case.deeds import ways_now
from desk.ui.case.sign_panels import VersionsPanel
from desk.ui.case_screen import CaseScreen
from desk.ui.desk import Query
from desk.ui.main_window import MainWindow
from desk.ui.mediation.deed_panel import MediationPanel
from desk.ui.mediation.deeds import mediation_ways
from desk.ui.mediation.dossier_panels import FilePanel, WithdrawFilePanel
from desk.ui.mediation_screen import MediationScreen
from desk.ui.record_screen import RecordScreen
from desk.ui.sections.screen import SectionScreen
from desk.ui.whistle_screen import WhistleScreen
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.work_list import WorkList

_LOOKED_AT = 400  # cases that are looked at for one on which the deed can be done
_LINES = 40  # lines of a list
_RETURNING = Assignment.status == AssignmentStatus.RETURNING
# deeds that only a few cases have something for: which rows name them
_NAMED_IN: Mapping[Deed, Select[Any]] = MappingProxyType(
    {
        Deed.DECIDE_EXTENSION: select(ExtensionRequest.case_id),
        Deed.DROP_EXTENSION: select(ExtensionRequest.case_id),
        Deed.REVIEW_EXTENSION: select(ExtensionRequest.case_id),
        Deed.TELL_EXTENSION: select(ExtensionRequest.case_id),
        Deed.DECIDE_ASSESSMENT: select(AssessmentRequest.case_id),
        Deed.DROP_ASSESSMENT: select(AssessmentRequest.case_id),
        Deed.COUNT_AGAIN: select(AssessmentRequest.case_id),
        Deed.HEAR: select(ReceptionCase.case_id),
        Deed.FOLLOW_RECEPTION: select(ReceptionCase.case_id),
        Deed.TAKE_SUPERVISION: select(Supervision.case_id),
        Deed.REPORT_SUPERVISION: select(Supervision.case_id),
        Deed.DECIDE_SUPERVISION: select(Supervision.case_id),
        Deed.EXPLAIN_URGING: select(Urging.case_id),
        Deed.WORK_LEADER_CASE: select(LeaderCase.case_id),
        Deed.DIRECT_LEADER_CASE: select(LeaderCase.case_id),
        Deed.DECIDE_RETURN: select(Assignment.case_id).where(_RETURNING),
    }
)
Got = TypeVar("Got")


@dataclass(frozen=True, slots=True)
class Fitting:
    """A case on which a deed can be done, and which variant of it."""

    case: int
    option: object


def asked(window: MainWindow, query: Query[Got]) -> Generator[None, None, Got | None]:
    """Read something as whoever sits at the window; the scene goes on with the answer."""
    got: list[Got] = []
    window.desk.ask(query, owner=window, done=got.append)
    yield
    return got[0] if got else None


def case_panel(
    deed: Deed,
    *,
    option: object = None,
    kind: type[DeedPanel] | None = None,
    at: CaseStatus | None = None,
) -> Prepare:
    """Return what opens the panel of a deed on the newest case of this person that allows it.

    Args:
        option: the variant of the deed; whichever is offered first where there is none.
        kind: a panel of its own that belongs to no button of “现在可以”.
        at: only cases of this status; else of whichever allows the deed.
    """
    statuses = STEP_OF[deed].statuses if at is None else {at}

    def prepare(window: MainWindow) -> Iterator[None]:
        query = partial(_case_for, statuses=statuses, deed=deed, option=option)
        fitting = yield from asked(window, query)
        if fitting is None:
            return
        window.pages.open_case(fitting.case)
        yield
        page = window.pages.front
        if isinstance(page, CaseScreen) and page.file is not None:
            if kind is None:
                page.work.open_panel(deed, fitting.option)
            else:
                page.page.host.open(kind, page.file, option)
            yield

    return prepare


def versions(window: MainWindow) -> Iterator[None]:
    """Change a signed opinion, then lay its versions side by side."""
    yield from case_panel(Deed.REVISE)(window) or ()
    page = window.pages.front
    if isinstance(page, CaseScreen) and page.page.host.panel is not None:
        page.page.host.panel.form.entries["reason"].write("诉求人指出楼栋写错，需更正。")
        page.page.host.panel.submit()
        yield
        if page.file is not None:
            page.page.host.open(VersionsPanel, page.file)
            yield


def _case_for(
    reader: Reader, statuses: Iterable[CaseStatus], deed: Deed, option: object
) -> Fitting | None:
    naming = _NAMED_IN.get(deed)
    named = true() if naming is None else Case.id.in_(naming)
    cases = reader.session.scalars(
        select(Case.id)
        .where(Case.status.in_(list(statuses)), Case.street_id == reader.person.street_id, named)
        .order_by((Case.handler_id == reader.person.staff_id).desc(), Case.received_at.desc())
        .limit(_LOOKED_AT)
    ).all()
    for case in cases:
        file = case_file(reader, case)
        if file is not None and (found := _fitting(reader, file, deed, option)) is not None:
            return found
    return None


def _fitting(reader: Reader, file: CaseFile, deed: Deed, option: object) -> Fitting | None:
    ways = [way for way in ways_now(file, reader.person) if way.deed is deed]
    if option is not None and any(way.option is not None for way in ways):
        ways = [way for way in ways if way.option == option]
    if ways:
        return Fitting(file.id, ways[0].option if option is None else option)
    has_button = deed not in {Deed.REVEAL, Deed.TAKE_OUT}
    if has_button or not may(deed, file.stand, reader.person):
        return None
    return Fitting(file.id, option)


def mediation_panel(
    kind: type[MediationPanel], *, then: Callable[[MediationScreen], None] | None = None
) -> Prepare:
    """Return what opens a panel on the newest mediation of this person that offers it.

    Args:
        then: what opens it, where it is no button of “现在可以”.
    """

    def prepare(window: MainWindow) -> Iterator[None]:
        found = yield from asked(
            window, partial(_mediation_for, kind=kind, is_any=then is not None)
        )
        if found is None:
            return
        window.pages.open_mediation(found[0])
        yield
        page = window.pages.front
        if isinstance(page, MediationScreen):
            if then is not None:
                then(page)
            else:
                page.page.bar.press(found[1])
            yield

    return prepare


def after_panel(first: Prepare, fills: Mapping[str, Any], then: Prepare) -> Prepare:
    """Return a scene before which the panel of another is filled in and done."""

    def prepare(window: MainWindow) -> Iterator[None]:
        yield from first(window) or ()
        page = window.pages.front
        panel = page.page.host.panel if isinstance(page, MediationScreen) else None
        if panel is not None:
            for name, value in fills.items():
                panel.form.entries[name].write(value)
            panel.submit()
            yield
        yield from then(window) or ()

    return prepare


def _mediation_for(
    reader: Reader, kind: type[MediationPanel], *, is_any: bool
) -> tuple[int, str] | None:
    for row in mediation_list(reader):
        file = mediation_file(reader, row.id)
        if file is None:
            continue
        if is_any and file.body is not None:
            return row.id, ""
        for way in mediation_ways(file, reader.person):
            if way.panel is kind:
                return row.id, way.label
    return None


def withdraw_file(window: MainWindow) -> Iterator[None]:
    """Put something into a dossier, then ask why it is to be taken down again."""
    yield from mediation_panel(FilePanel)(window) or ()
    page = window.pages.front
    panel = page.page.host.panel if isinstance(page, MediationScreen) else None
    if isinstance(panel, FilePanel):
        with TemporaryDirectory() as folder:
            slip = Path(folder) / "银行转账回单.png"
            paper = QImage(600, 400, QImage.Format.Format_RGB32)
            paper.fill(Qt.GlobalColor.white)
            paper.save(str(slip))
            panel.take_path(slip)
            panel.form.entries["party"].write(panel.body.parties[0].id)
            yield
        panel.submit()
        yield
    yield from mediation_panel(WithdrawFilePanel)(window) or ()


def record_panel(begin: Prepare, action: str) -> Prepare:
    """Return what opens a panel at the record desk, once the sitting is there."""

    def prepare(window: MainWindow) -> Iterator[None]:
        begin(window)
        yield
        page = window.pages.front
        if isinstance(page, RecordScreen):
            press(page, action)
            yield

    return prepare


def whistle_panel(step: WhistleStep) -> Prepare:
    """Return what opens the panel of a step on the newest whistle that waits for it."""

    def prepare(window: MainWindow) -> Iterator[None]:
        whistle = yield from asked(window, partial(_whistle_for, step=step))
        page = window.pages.front
        if whistle is None or not isinstance(page, WhistleScreen):
            return
        page.open_whistle(whistle)
        yield
        page.work.open(step)
        yield

    return prepare


def strike_out(window: MainWindow) -> Iterator[None]:
    """Ask why somebody who was signed in is to be struck out again."""
    yield from whistle_panel(WhistleStep.ARRIVE)(window) or ()
    page = window.pages.front
    if page is not None:
        press(page, "划去报到")
        yield


def _whistle_for(reader: Reader, step: WhistleStep) -> int | None:
    for row in whistle_board(reader):
        file = whistle_file(reader, row.id)
        if file is not None and step in file.steps:
            return row.id
    return None


def line_panel(action: str, *, view: int | None = None, before: str = "") -> Prepare:
    """Return what goes down the list of a page until an action is offered, and takes it.

    Args:
        action: how its button begins.
        view: which of the page's lists; the one in front where there is none.
        before: an action that leads there, as to another month.
    """

    def prepare(window: MainWindow) -> Iterator[None]:
        yield
        page = window.pages.front
        if page is None:
            return
        if view is not None:
            page.choose_view(view)
            yield
        if before and press(page, before):
            yield
        yield from _walk_down(page, action)

    return prepare


def after_line(first: Prepare, fills: Mapping[str, Any], then: Prepare) -> Prepare:
    """Return a scene before which the panel of a list page is filled in and done."""

    def prepare(window: MainWindow) -> Iterator[None]:
        yield from first(window) or ()
        page = window.pages.front
        panel = page.host.panel if isinstance(page, SectionScreen) else None
        if panel is not None:
            for name, value in fills.items():
                panel.form.entries[name].write(value)
            yield
            panel.submit()
            yield
        yield from then(window) or ()

    return prepare


def _walk_down(page: QWidget, action: str) -> Iterator[None]:
    """Choose line after line, then the lines of each line's card, until the action is offered."""
    if press(page, action):
        yield
        return
    for work in _lists(page)[:1]:
        for line in _lines(work):
            work.choose(line)
            yield
            if press(page, action) or _pressed_below(page, work, action):
                yield
                return


def _pressed_below(page: QWidget, above: WorkList, action: str) -> bool:
    for below in _lists(page):
        for line in _lines(below) if below is not above else ():
            below.choose(line)
            if press(page, action):
                return True
    return False


def _lists(page: QWidget) -> list[WorkList]:
    return [work for work in page.findChildren(WorkList) if work.isVisible()]


def _lines(work: WorkList) -> list[int]:
    return [row.id for row in work.rows() if row.id is not None][:_LINES]


def press(page: QWidget, action: str) -> bool:
    """Take the first action of a page that begins with these words; say if it was offered."""
    for bar in page.findChildren(ActionBar):
        for label in bar.labels() if bar.isVisible() else ():
            if label.startswith(action):
                bar.press(label)
                return True
    return False
