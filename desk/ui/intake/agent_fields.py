"""Who came for the appellant (委托代办): one block of the folded rest of the intake."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desk.rules.reception_codes import AgentPower, AgentRelation
from desk.rules.wording import choices, label
from desk.ui.intake.facts import Content
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import CheckedField
from desk.ui.widgets.choice_chips import CheckChip, Choice, ChoiceChips
from desk.ui.widgets.flow_layout import FlowLayout

_TEXTS = {
    "agent_name": ("代办人", "本人没有来，谁替他来的；本人来的就空着"),
    "agent_phone": ("代办人电话", ""),
    "agent_paper": ("授权材料", "如：授权委托书；记入收取材料"),
}


class AgentFields(QWidget):
    """Name, relation, telephone, what he may do, and the paper that says so.

    Signals:
        changed: something was written or chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = {
            name: CheckedField(words, hint=hint) for name, (words, hint) in _TEXTS.items()
        }
        offered = [Choice(code.value, said) for code, said in choices(AgentRelation)]
        self._relation = ChoiceChips("代办人与诉求人的关系", offered, small=True)
        self._powers = {power: CheckChip(label(power)) for power in AgentPower}
        self.restore({})
        self._build()

    def content(self) -> dict[str, Any]:
        """Return what is written and chosen."""
        return {
            **{name: field.text() for name, field in self.fields.items()},
            "agent_relation": self._relation.value(),
            "agent_powers": [
                power.value for power, chip in self._powers.items() if chip.isChecked()
            ],
        }

    def restore(self, content: Content) -> None:
        """Show what was written before; he may speak unless something else was chosen."""
        for name, field in self.fields.items():
            field.set_text(content.get(name) or "")
        self._relation.set_value(content.get("agent_relation") or AgentRelation.FAMILY.value)
        powers = content.get("agent_powers") or [AgentPower.SPEAK.value]
        for power, chip in self._powers.items():
            chip.setChecked(power.value in powers)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        for at, field in enumerate(self.fields.values()):
            grid.addWidget(field, at // 2, at % 2)
            field.changed.connect(self._on_changed)
        powers = QWidget()
        powers.setAccessibleName("代办人可以做什么")
        flow = FlowLayout(powers, gap=8)
        for chip in self._powers.values():
            flow.addWidget(chip)
            chip.toggled.connect(self._on_changed)
        self._relation.chosen.connect(self._on_changed)
        column.addLayout(grid)
        column.addWidget(text_label("代办人与诉求人的关系、可以做什么", "label"))
        column.addWidget(self._relation)
        column.addWidget(powers)

    def _on_changed(self, *_: object) -> None:
        self.changed.emit()
