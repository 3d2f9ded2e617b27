"""The first leader's list of proposed dispatches (派单确认): Enter confirms, Space looks on."""

from typing import Any

from desk.actions.chief_dispatch import DecideDispatch
from desk.queries.case_file import CaseFile
from desk.queries.dispatch_day import ProposedRow, proposals_day
from desk.ui.case.deed_panel import OnCase
from desk.ui.keys import ActionKey, GlobalKey
from desk.ui.start.dispatch_face import DispatchFace
from desk.ui.start.dispatch_piles import proposed_row
from desk.ui.widgets.action_bar import ActionItem

_NOTHING = "没有等您确认的派单。信联办拟派的件会自动出现在这里。"


class ChiefFace(DispatchFace):
    """What the dispatchers propose, one after the other; a digit chooses another lead first."""

    name, title = "派单确认", "派单确认"
    list_words = "待您确认的派单，等得最久的在上"
    head_words = "待确认"
    empty_words = _NOTHING
    advice = "改由别的单位主办，再按 Enter"
    sets_level = False

    def load(self) -> None:
        """Read what waits for a word."""
        self.desk.ask(proposals_day, owner=self, done=self._show_proposals)

    def request(self, file: CaseFile, unit: int | None) -> Any:
        """Return what confirms the dispatch, to the proposed lead or to another one."""
        head = OnCase(**self.desk.by_me(), case=file.id, seen=file.version)
        return DecideDispatch(**head, is_confirmed=True, lead=unit)

    def offers(self, file: CaseFile) -> list[ActionItem]:
        """Offer to confirm, and what needs words on the case page."""
        if file.dispatch.proposal is None:
            return []
        return [
            ActionItem("确认派单", GlobalKey.FINISH, self.dispatch, "dispatch", is_main=True),
            ActionItem("改主办、退回", ActionKey.DISPATCH, self._open_case),
        ]

    def _show_proposals(self, proposed: tuple[ProposedRow, ...]) -> None:
        self.badge_changed.emit(len(proposed))
        self.subtitle_changed.emit(f"{len(proposed)} 件等您确认" if proposed else "")
        self._head.set_note(f"{len(proposed)} 件")
        self.show_rows([proposed_row(one, self.desk.now()) for one in proposed])
