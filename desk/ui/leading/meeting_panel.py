"""会商纪要 of a case: a new meeting, or the minutes of an earlier one corrected."""

from typing import Any

from desk.actions.meetings import CorrectMeeting, HoldMeeting
from desk.queries.meetings import MeetingView
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.leading.meeting_fields import MeetingFields
from desk.ui.leading.words import meeting_words, short
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice

_NEW = "new"


class HoldMeetingPanel(DeedPanel):
    """What was said and decided; the minutes come out as a paper."""

    deed, title, verb = Deed.HOLD_MEETING, "会商、议事会", "存为纪要"
    is_wide = True

    def build(self) -> None:
        """Show the earlier meetings; ask for a new one, or correct one of them."""
        form, view = self.form, self.file.leading.now
        held = self.file.leading.meetings
        for one in held:
            words = [meeting_words(one, self.desk.now())]
            words += [f"　· {decided.words()}" for decided in one.decisions]
            form.add(text_label("\n".join(words), "label", wraps=True))
        offered = [
            Choice(_NEW, "新的会"),
            *(Choice(str(one.id), f"更正 {short(one.title)}") for one in held if one.may_correct),
        ]
        self._which = form.choice("which", "写哪一次", offered, small=True)
        self._which.chips.set_value(_NEW)
        self._which.setVisible(len(offered) > 1)
        self._fields = MeetingFields(form, self.desk)
        leader = view.leader.name if view is not None and view.leader is not None else ""
        self._fields.propose(title=self.file.summary[:_TITLE], chair=leader)
        self._which.chosen.connect(self._on_which)

    def submit(self) -> None:
        """Say first what cannot be read."""
        try:
            self.request(self.head())
        except RuleBroken as refused:
            self.missing(refused.field or "title", str(refused))
            return
        super().submit()

    def request(self, head: OnCase) -> HoldMeeting | CorrectMeeting:
        """Keep the minutes.

        Raises:
            RuleBroken: a moment or a day cannot be read.
        """
        me: dict[str, Any] = {"made_by": head["made_by"], "happened_at": head["happened_at"]}
        one = self._chosen()
        if one is not None:
            return CorrectMeeting(
                **me, **self._fields.minutes(), meeting=one.id, seen=one.changed_at
            )
        return HoldMeeting(**me, **self._fields.minutes(), case=self.file.id)

    def _chosen(self) -> MeetingView | None:
        wanted = str(self._which.value())
        return next((one for one in self.file.leading.meetings if str(one.id) == wanted), None)

    def _on_which(self, _which: object) -> None:
        one = self._chosen()
        if one is not None:
            self._fields.show_meeting(one)


_TITLE = 60
