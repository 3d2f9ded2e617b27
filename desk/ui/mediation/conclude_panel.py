"""Ending a mediation without an agreement (结束调解): 未达成、终止、当事人撤回、移交."""

from enum import StrEnum

from desk.actions.mediation_outcome import (
    EndMediation,
    HandOverMediation,
    NotSettle,
    WithdrawMediation,
)
from desk.queries.mediation_file import WholeMediation
from desk.rules.mediation_codes import EndReason, MediationStatus
from desk.rules.mediation_life import MEDIATION_MOVES
from desk.rules.mediation_rights import MediationDeed
from desk.rules.wording import label
from desk.ui.case.form_parts import coded
from desk.ui.mediation.deed_panel import MediationPanel, OnMediation
from desk.ui.mediation.following import follow
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice

S = MediationStatus
_ENDS = (S.NOT_SETTLED, S.ENDED, S.WITHDRAWN, S.HANDED_OVER)
_SHOWN: dict[MediationStatus, tuple[str, ...]] = {
    S.NOT_SETTLED: ("reason", "way_on", "was_told"),
    S.ENDED: ("end_reason", "note", "way_on", "was_told"),
    S.WITHDRAWN: ("party", "reason"),
    S.HANDED_OVER: ("to", "reason"),
}


def ends_offered(file: WholeMediation) -> list[MediationStatus]:
    """Return the ways to end that the life of this mediation knows now."""
    return [end for end in _ENDS if end in MEDIATION_MOVES[file.status]]


class ConcludePanel(MediationPanel):
    """结束调解: which way, why, and where the parties may go now."""

    deed, title, verb = MediationDeed.CONCLUDE, "结束调解", "结束调解"

    def build(self) -> None:
        """Ask for the way first; its fields follow."""
        offered = [Choice(end, label(end)) for end in ends_offered(self.file)]
        self._way = self.form.choice("way", "怎样结束", offered, required=True)
        self._way.chips.set_value(offered[0].id)
        self._way.chosen.connect(lambda _value: self._show_fields())
        absent = [party for party in self.body.parties if party.no_shows]
        if absent:
            said = "、".join(f"{party.name} {party.no_shows} 次" for party in absent)
            self.form.add(text_label(f"未到场：{said}。", "hint", wraps=True))
        self._fields = {
            "end_reason": self.form.choice("end_reason", "终止的原因", coded(EndReason)),
            "party": self.form.choice(
                "party", "哪一方撤回", [Choice(one.id, one.name) for one in self.body.parties]
            ),
            "to": self.form.text("to", "移交给", required=True, hint="例如 滨河区人民法院。"),
            "reason": self.form.text("reason", "原因", lines=3, required=True),
            "note": self.form.text("note", "情况说明", lines=3),
            "way_on": self.form.text(
                "way_on", "引导去处", hint="例如 向滨河区人民法院起诉、向区劳动仲裁委申请仲裁。"
            ),
            "was_told": self.form.check("was_told", "已告知可以起诉或申请仲裁"),
        }
        follow(self.form, "way", self._show_fields)
        self._show_fields()

    def submit(self) -> None:
        """Ask for a reason and a party where there is a choice of them."""
        content = self.form.content()
        end = content["way"]
        if end == S.ENDED and content["end_reason"] is None:
            self.missing("end_reason", "请选终止的原因。")
        elif end == S.WITHDRAWN and content["party"] is None:
            self.missing("party", "请选是哪一方撤回。")
        else:
            super().submit()

    def request(
        self, head: OnMediation
    ) -> NotSettle | EndMediation | WithdrawMediation | HandOverMediation:
        """End it in the chosen way."""
        said = self.form.content()
        way = {"way_on": said["way_on"], "was_told": said["was_told"]}
        if said["way"] == S.NOT_SETTLED:
            return NotSettle(**head, reason=said["reason"], **way)
        if said["way"] == S.ENDED:
            return EndMediation(
                **head, end_reason=EndReason(said["end_reason"]), note=said["note"], **way
            )
        if said["way"] == S.WITHDRAWN:
            return WithdrawMediation(**head, party=said["party"], reason=said["reason"])
        return HandOverMediation(**head, to=said["to"], reason=said["reason"])

    def take_option(self, option: object) -> None:
        """Begin with a certain way to end."""
        super().take_option(option)
        if isinstance(option, StrEnum):
            self._way.chips.set_value(option)
            self._show_fields()

    def _show_fields(self) -> None:
        shown = _SHOWN[S(self._way.value())]
        for name, field in self._fields.items():
            field.setVisible(name in shown)
