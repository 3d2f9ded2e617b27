"""Whether to ring, and why it was done all the same (打不打、仍要打的理由): in every such panel."""

from collections.abc import Collection
from dataclasses import replace
from typing import TypedDict

from PySide6.QtWidgets import QLabel

from desk.rules.calling import RANG_IN
from desk.rules.codes import ContactWay
from desk.ui.case.deed_panel import DeedPanel
from desk.ui.theme import say_state
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.choice_chips import Choice

_HE, _WE = "he", "we"


class Rung(TypedDict):
    """The part of a request that says who rang, and why it had to be."""

    over_reason: str
    rang_in: bool


class OverReason(CheckedField):
    """The reason; it comes up by itself when the rules ask for it while the panel is open."""

    def set_state(self, state: FieldState) -> None:
        """Show the field along with what is said about it."""
        if state.state is Check.BAD:
            self.show()
        super().set_state(state)


class RingingFields:
    """Below the way in which he is reached: may he be rung, who rang, and why all the same.

    Args:
        way: the name of the field for the way; `calls` are its values that mean the telephone.
        asks_who: who rang has to be said; else it is a box to tick, for usually we did.
        says_advice: the advice comes here as soon as the telephone is chosen.
    """

    def __init__(
        self,
        panel: DeedPanel,
        *,
        way: str,
        calls: Collection[object] = (ContactWay.PHONE,),
        asks_who: bool = False,
        says_advice: bool = True,
    ) -> None:
        self._panel, self._calls, form = panel, calls, panel.form
        self._entry = form.entries[way]
        self._may_ring_in, self._is_listed = True, False
        self._advice = advice_label(panel) if says_advice else None
        if self._advice is not None:
            form.add(self._advice)
        offered = [Choice(_HE, "诉求人打来的"), Choice(_WE, "我们打过去的")]
        self._who = form.choice("rang", "谁打的电话", offered, required=True) if asks_who else None
        self._own = None if asks_who else form.check("rang_in", RANG_IN)
        self.over_reason = OverReason("仍要打的理由", required=True)
        form.know_text("over_reason", "仍要打的理由", self.over_reason)
        form.add(self.over_reason)
        form.entries[way] = replace(self._entry, write=self._put_way)
        form.edited.connect(self.show)
        self.show()

    def value(self) -> Rung:
        """Return who rang and why; nothing of it where nobody did."""
        is_call, is_own = self._is_call(), self._is_own()
        reason = self.over_reason.text() if is_call and not is_own else ""
        return Rung(over_reason=reason, rang_in=is_call and is_own)

    def lacks_who(self) -> bool:
        """Return whether it has still to be said who rang."""
        return self._who is not None and self._is_call() and self._who.value() is None

    def allow_rung_in(self, *, is_possible: bool) -> None:
        """Offer “he rang himself” only for a call that was answered."""
        self._may_ring_in = is_possible
        self.show()

    def take_as_listed(self, *, is_listed: bool) -> None:
        """Ask nothing about a call that stands on the list already: it was judged then."""
        self._is_listed = is_listed
        self.show()

    def show(self) -> None:
        """Show what the chosen way asks for; a reason that was asked for or written stays."""
        is_call = self._is_call()
        who = self._who or self._own
        if who is not None:
            who.setVisible(is_call and self._may_ring_in)
        is_ours = is_call and not self._is_own()
        if self._advice is not None:
            self._advice.setVisible(is_ours)
        is_ours = is_ours and not self.lacks_who()
        was_asked = self.over_reason.state().state is Check.BAD or bool(self.over_reason.text())
        advice = self._panel.file.calling.advice(self._panel.desk.now())
        self.over_reason.setVisible(is_ours and (advice.needs_reason or was_asked))

    def _is_call(self) -> bool:
        return self._entry.read() in self._calls and not self._is_listed

    def _is_own(self) -> bool:
        if self._who is not None:
            return bool(self._who.value() == _HE)
        return self._may_ring_in and self._own is not None and self._own.isChecked()

    def _put_way(self, way: object) -> None:
        """Show what belongs to the way that a draft kept."""
        self._entry.write(way)
        self.show()


def advice_label(panel: DeedPanel) -> QLabel:
    """Return what is said about ringing now, as a line of a panel."""
    advice = panel.file.calling.advice(panel.desk.now())
    said = text_label(advice.sentence, "label", wraps=True)
    say_state(said, state="warn" if advice.needs_reason else "")
    return said
