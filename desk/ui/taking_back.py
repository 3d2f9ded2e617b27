"""Offers for a minute to take a dispatch back (撤回分拨), on the bar the clerk is looking at."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.actions.taking_back import TakeBack
from desk.queries.dispatch_state import TakeBackOffer, take_back_offer
from desk.rules.errors import DeskError
from desk.ui.desk import Desk
from desk.ui.widgets.action_bar import ActionBar

UNDO = "撤回分拨"


class TakingBack(QObject):
    """Gives the main place of a bar to taking back, and does it.

    Signals:
        said: a sentence for the status line.
        taken: a dispatch was taken back; carries the id of its case.
    """

    said = Signal(str)
    taken = Signal(object)

    def __init__(self, desk: Desk, bar: ActionBar) -> None:
        super().__init__(bar)
        self._desk, self._bar = desk, bar
        self._is_offered = False

    def ask_for(self, case_id: int) -> None:
        """Offer it for the case that was just sent, if it can be taken back at all."""
        query = partial(take_back_offer, case_id=case_id)
        self._desk.ask(query, owner=self, done=self.show)

    def show(self, offer: TakeBackOffer | None) -> None:
        """Offer this, or nothing any more."""
        left = 0.0 if offer is None else (offer.until - self._desk.now()).total_seconds()
        if offer is not None and left > 0:
            self._is_offered = True
            self._bar.offer_undo(UNDO, partial(self._take_back, offer), max(1, int(left)))
        elif self._is_offered:
            self._is_offered = False
            self._bar.withdraw_undo()

    def _take_back(self, offer: TakeBackOffer) -> None:
        self._is_offered = False
        request = TakeBack(**self._desk.by_me(), case=offer.case_id, seen=offer.version)

        def done(changes: Any) -> None:
            self.said.emit(f"{offer.seq:05} {changes.title}。已恢复原样。")
            self.taken.emit(offer.case_id)

        def failed(error: DeskError) -> None:
            self.said.emit(str(error))

        self._desk.act(request, owner=self, done=done, failed=failed)
