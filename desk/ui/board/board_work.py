"""What is done from the board (看板上办理): suggestions by digit, panels, everything by key."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.actions.dispatching import DispatchCase
from desk.actions.handling import AcceptAssignment
from desk.queries.card_detail import CardDetail, card_detail
from desk.queries.case_board import BoardRow
from desk.queries.case_file import CaseFile, case_file
from desk.queries.dispatch_hints import DispatchHint
from desk.rules.codes import CaseStatus
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError
from desk.rules.rights import deeds_now
from desk.ui.board.card_paint import face_of
from desk.ui.case.deed_panel import OnCase
from desk.ui.case.deeds import PANELS
from desk.ui.case.notice_line import NoticeLine
from desk.ui.case.panel_host import PanelHost
from desk.ui.desk import Desk
from desk.ui.keys import ActionKey, CaseKey, GlobalKey, ListKey
from desk.ui.printing import papers_of
from desk.ui.taking_back import TakingBack
from desk.ui.widgets.action_bar import ActionBar, ActionItem

_PANEL_DEEDS = (
    (Deed.DISPATCH, "分拨", ActionKey.DISPATCH),
    (Deed.GRADE, "改级别", ActionKey.GRADE),
    (Deed.LINK_REPEAT, "关联重复", ActionKey.LINK_REPEAT),
    (Deed.NOTE, "批注", ActionKey.NOTE),
    (Deed.WRITE_LETTER, "表扬、提醒", CaseKey.LETTER),
)


class BoardWork(QObject):
    """Keeps the action bar in step with the selected card, and does what it offers.

    Args:
        current: returns the selected card.

    Signals:
        said: a sentence for the status line.
        case_wanted: open this case's file; carries the id.
        dispatched: the selected card was sent away from here; the next one takes its place.
        refused: a deed was refused; the board should be read again.
        taken_back: a dispatch was taken back; its card, whose id this carries, is current again.
    """

    said = Signal(str)
    case_wanted = Signal(object)
    dispatched = Signal()
    refused = Signal()
    taken_back = Signal(object)

    def __init__(
        self,
        desk: Desk,
        bar: ActionBar,
        host: PanelHost,
        notice: NoticeLine,
        current: Callable[[], BoardRow | None],
    ) -> None:
        super().__init__(bar)
        self._desk, self._bar, self._host, self._notice = desk, bar, host, notice
        self._current = current
        self.taking_back = TakingBack(desk, bar)
        self._detail: CardDetail | None = None
        self._asked: tuple[int, int] | None = None
        self.picked: DispatchHint | None = None
        host.done.connect(self._on_done)
        self.taking_back.said.connect(self.said)
        self.taking_back.taken.connect(self.taken_back)

    def follow(self) -> None:
        """Show what may be done to the card that is selected now."""
        row = self._current()
        if row is None:
            self._detail = self._asked = self.picked = None
            self._bar.set_lead("没有选中案件")
            self._show_items()
            return
        if self._asked == (row.id, row.version):
            self._show_items()
            return
        if self._asked is None or self._asked[0] != row.id:
            self._detail = self.picked = None
        self._asked = (row.id, row.version)
        self._bar.set_lead("选中", f"{row.seq:05}")
        self._show_items()
        self._desk.ask(partial(card_detail, case_id=row.id), owner=self, done=self._on_detail)

    def hints(self) -> tuple[DispatchHint, ...]:
        """Return the suggestions for the selected card."""
        return self._detail.hints if self._detail is not None else ()

    def pick(self, digit: int) -> None:
        """Take the suggestion with this number; Enter then dispatches to it."""
        hints = self.hints()
        if digit <= len(hints):
            self.picked = hints[digit - 1]
            self._show_items()

    def drop_pick(self) -> bool:
        """Take the choice back; return whether there was one."""
        had_one, self.picked = self.picked is not None, None
        if had_one:
            self._show_items()
        return had_one

    def enter(self) -> None:
        """Dispatch to the picked suggestion, or open the case."""
        row = self._current()
        if row is None:
            return
        if self.picked is None:
            self.case_wanted.emit(row.id)
            return
        self.dispatch(row, self.picked)

    def dispatch(self, row: BoardRow, hint: DispatchHint) -> None:
        """Send the card to the suggested unit, at its level as it stands."""
        request = DispatchCase(
            **self._head(row),
            lead=hint.unit_id,
            urgency=row.urgency,
            is_complex=row.is_complex,
            directly=self._detail is not None and self._detail.goes_directly,
        )
        self.picked = None
        self._desk.act(
            request, owner=self, done=partial(self._on_dispatched, row), failed=self._on_refused
        )

    def explain(self) -> None:
        """Say the selected card's clock in one sentence (F4)."""
        row = self._current()
        face = face_of(row, self._desk.now()) if row is not None else None
        if face is not None:
            self._notice.say(face.sentence)
        elif row is not None:
            self._notice.say("这一件现在没有在走的时限。")

    def _on_detail(self, detail: CardDetail | None) -> None:
        row = self._current()
        if row is None or (detail is not None and detail.case_id != row.id):
            return
        self._detail = detail
        self._show_items()

    def _show_items(self) -> None:
        row, detail = self._current(), self._detail
        if row is None:
            self._bar.set_items([])
            self._bar.set_note("")
            return
        allowed = set(deeds_now(detail.stand, self._desk.person)) if detail is not None else set()
        open_case = partial(self.case_wanted.emit, row.id)
        key = ListKey.OPEN if self.picked is None else ""  # Enter dispatches then
        opening = ActionItem("打开", key, open_case, is_bound=False)
        items = [*self._first_items(row, allowed), opening]
        again = row.status is not CaseStatus.RECEIVED
        items += [
            ActionItem(
                "改派" if deed is Deed.DISPATCH and again else words,
                key,
                partial(self._open_panel, deed),
            )
            for deed, words, key in _PANEL_DEEDS
            if deed in allowed and not (deed is Deed.DISPATCH and self.hints())
        ]
        items.append(ActionItem("解释时钟", GlobalKey.EXPLAIN_CLOCK, self.explain))
        self._bar.set_items(items)
        self._show_hint()

    def _first_items(self, row: BoardRow, allowed: set[Deed]) -> list[ActionItem]:
        if self.picked is not None:
            give = partial(self.dispatch, row, self.picked)
            words = f"{_verb(self._detail, self.picked)} {self.picked.name}"
            first = ActionItem(words, ListKey.OPEN, give, is_main=True, is_bound=False)
            return [first, self._dispatch_item(is_main=False)]
        if self.hints():
            return [self._dispatch_item(is_main=True)]
        if Deed.ACCEPT in allowed:
            accept = partial(self._accept, row)
            return [ActionItem("签收", ActionKey.ACCEPT, accept, is_main=True)]
        return []

    def _dispatch_item(self, *, is_main: bool) -> ActionItem:
        open_panel = partial(self._open_panel, Deed.DISPATCH)
        has_panel = self._host.panel is not None
        return ActionItem("分拨", ActionKey.DISPATCH, open_panel, is_main=is_main and not has_panel)

    def _show_hint(self) -> None:
        hints = self.hints()
        if not hints:
            self._bar.set_note("")
        elif self.picked is not None:
            self._bar.set_note("Esc 不选")
        else:
            self._bar.set_note(hints[0].beside_name, strong=f"建议 {hints[0].name}", key="1")

    def _open_panel(self, deed: Deed) -> None:
        row = self._current()
        if row is None:
            return

        def opened(file: CaseFile | None) -> None:
            if file is not None:
                self._host.open(PANELS[deed], file)

        self._desk.ask(partial(case_file, case_id=row.id), owner=self, done=opened)

    def _accept(self, row: BoardRow) -> None:
        request = AcceptAssignment(**self._head(row))
        self._desk.act(request, owner=self, done=self._on_acted, failed=self._on_refused)

    def _head(self, row: BoardRow) -> OnCase:
        return OnCase(**self._desk.by_me(), case=row.id, seen=row.version)

    def _on_acted(self, changes: Any) -> None:
        self.said.emit(f"{changes.title}，已记下。")

    def _on_dispatched(self, row: BoardRow, changes: Any) -> None:
        self.said.emit(f"{row.seq:05} {changes.title}。")
        self.dispatched.emit()
        self.taking_back.ask_for(row.id)
        papers_of(self._desk).settle(row.id)

    def _on_done(self, panel: Any, changes: Any) -> None:
        self._on_acted(changes)
        if panel.deed is Deed.DISPATCH:
            self.dispatched.emit()
            self.taking_back.ask_for(panel.file.id)
        papers_of(self._desk).settle(panel.file.id)

    def _on_refused(self, error: DeskError) -> None:
        self._notice.say(str(error))
        self.refused.emit()


def _verb(detail: CardDetail | None, hint: DispatchHint) -> str:
    """Return what Enter does: sends the case, or lays it before whose word it needs."""
    asked = detail.asked if detail is not None and not detail.goes_directly else None
    return "分拨给" if hint.goes_out(asked) else "拟派给"
