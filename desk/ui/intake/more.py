"""Everything that only some appeals need (更多): folded away, its head says what is filled."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.queries.intake import IntakeHall
from desk.rules.codes import Purpose, Sex, SourceLevel
from desk.rules.identity import mask_id
from desk.rules.wording import choices
from desk.ui.intake.agent_fields import AgentFields
from desk.ui.intake.facts import Content, lines_of
from desk.ui.intake.id_field import IdField
from desk.ui.keys import CaseKey, GlobalKey, shown
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import CheckedField
from desk.ui.widgets.choice_chips import CheckChip, Choice, ChoiceChips
from desk.ui.widgets.flow_layout import FlowLayout
from desk.ui.widgets.fold_box import FoldBox
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

NEEDS = ("轮椅", "手语", "代书", "翻译", "大字", "陪同")
_COLUMNS = 2
_MOST_CHIPS, _SHORT_ENOUGH, _TAIL = 3, 8, 4
_LINES: Mapping[str, tuple[str, str, int]] = MappingProxyType(
    {
        "materials": ("材料", "一行一种，如：照片 2 张、合同复印件 1 份", 2),
        "matters": ("多个事项", "一次来说几件事，一行写一件，逐项答复", 2),
        "occurred": ("事发时间", "怎么说就怎么写，如：上周四晚", 0),
        "site": ("事发地点", "与住址不同时写", 0),
        "other_party": ("对方当事人", "", 0),
        "workplace": ("工作单位", "", 0),
        "other_phone": ("备用电话", "", 0),
        "outside_number": ("外部单号", "别的平台给的编号", 0),
        "platform": ("来源平台", "如：12345、信访平台", 0),
        "request": ("诉求人请求", "", 2),
        "litigation": ("诉讼、仲裁、复议、信访情况", "没有就空着", 0),
        "guardian": ("监护人", "14 岁以下请写", 0),
        "headcount": ("人数", "一个人来可以空着", 0),
        "representatives": ("代表人", "五人以上推选代表，不超过 5 人", 0),
        "note": ("备注", "", 2),
    }
)
_WORDS = MappingProxyType(
    {
        "accused_unit": "被反映单位",
        "accused_staff": "被反映人员",
        "id_number": "证件",
        "purpose": "诉求目的",
        "source_level": "来源级别",
        "sex": "性别",
        "agent_name": "委托代办",
    }
)
_NAMED_WHEN_EMPTY = ("事发时间", "被反映单位", "多个事项", "证件", "外部单号", "委托代办", "保密")


class MoreFields(FoldBox):
    """What is folded away.

    Signals:
        changed: something was written or chosen.
    """

    changed = Signal()

    def __init__(self, host: QWidget, parent: QWidget | None = None) -> None:
        super().__init__("更多", GlobalKey.MORE, host, parent)
        self._said: tuple[list[str], list[str]] | None = None
        self._fields: dict[str, CheckedField] = {}
        self._pickers: dict[str, PickerField] = {}
        self._codes: dict[str, ChoiceChips] = {}
        self._needs = {need: CheckChip(need) for need in NEEDS}
        self.is_secret = CheckChip("诉求人要求保密")
        self.agent = AgentFields()
        self._build()
        # its height follows from its width: a limit by the size hint would squeeze the hints
        policy = QSizePolicy.Policy.Preferred
        self._content.setSizePolicy(policy, policy)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.addStretch(1)  # spare height goes below, not between head and content
        self.say_filled()
        self.opened.connect(self._on_opened)

    def set_hall(self, hall: IntakeHall) -> None:
        """Offer units and staff as those complained of."""
        self._pickers["accused_unit"].set_items(PickItem(u.id, u.name) for u in hall.units)
        names = {u.id: u.short_name for u in hall.units}
        self._pickers["accused_staff"].set_items(
            PickItem(s.id, s.name, s.login, names.get(s.unit_id, "")) for s in hall.staff
        )
        self.identity.set_today(hall.today)

    def content(self) -> dict[str, Any]:
        """Return what is written and chosen."""
        found: dict[str, Any] = {name: field.text() for name, field in self._fields.items()}
        found |= {name: picker.value() for name, picker in self._pickers.items()}
        found |= {name: chips.value() for name, chips in self._codes.items()}
        found |= self.identity.content() | self.agent.content()
        found["needs"] = [need for need, chip in self._needs.items() if chip.isChecked()]
        found["hides_appellant"] = self.is_secret.isChecked()
        return found

    def restore(self, content: Content) -> None:
        """Show what was written before."""
        for name, field in self._fields.items():
            field.set_text(content.get(name) or "")
        for name, picker in self._pickers.items():
            picker.set_value(content.get(name))
        for name, chips in self._codes.items():
            chips.set_value(content.get(name))
        self.identity.restore(content)
        self.agent.restore(content)
        for need, chip in self._needs.items():
            chip.setChecked(need in (content.get("needs") or ()))
        self.is_secret.setChecked(bool(content.get("hides_appellant")))
        self.say_filled()

    def take_card(self, sex: str, number: str) -> bool:
        """Take sex and number of an identity card; False if another number is written there."""
        if not self.identity.take_card(number):
            return False
        self._codes["sex"].set_value(sex)
        self._on_changed()
        return True

    def field(self, name: str) -> CheckedField | None:
        """Return the field of one name."""
        if name in {"id_number", "id_kind"}:
            return self.identity
        own = self._fields.get(name) or self._pickers.get(name)
        return own or self.agent.fields.get("agent_name" if name == "agent_powers" else name)

    def codes(self, name: str) -> ChoiceChips | None:
        """Return the choices of one name."""
        return self._codes.get(name)

    def say_filled(self) -> None:
        """Name in the head line what is filled in, and some of what is not."""
        content = self.content()
        filled = list(_filled(content))
        heads = {word.split("：")[0] for word in filled}
        more = [f"等 {len(filled)} 项"] if len(filled) > _MOST_CHIPS else []
        named = [word for word in _NAMED_WHEN_EMPTY if word not in heads]
        empty = named[: max(len(_NAMED_WHEN_EMPTY) - 2 * len(filled), 0)]
        said = ([*filled[:_MOST_CHIPS], *more], empty)
        if said != self._said:
            self._said = said
            self.set_summary(*said)
        count = len(lines_of(content, "matters"))
        several = f"{count} 件，逐项答复" if count > 1 else f"按 {shown(CaseKey.MATTERS)} 到这里"
        self._fields["matters"].set_beside(several)

    def _build(self) -> None:
        self.body.addLayout(self._row("需要的服务", self._needs_row()))
        self._add_codes("purpose", "诉求目的", choices(Purpose))
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        self.identity = IdField()
        self._add_picker("accused_unit", "被反映单位")
        self._add_picker("accused_staff", "被反映人员")
        for name, (label, hint, lines) in _LINES.items():
            self._fields[name] = CheckedField(label, hint=hint, lines=lines)
        cells: list[QWidget] = [
            self._fields["materials"],
            self._fields["matters"],
            self._fields["occurred"],
            self._fields["site"],
            *self._pickers.values(),
            self.identity,
            *(f for n, f in self._fields.items() if n not in _PLACED),
        ]
        for at, cell in enumerate(cells):
            grid.addWidget(cell, at // _COLUMNS, at % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self._add_codes("sex", "性别", choices(Sex))
        self._add_codes("source_level", "来源级别", choices(SourceLevel))
        self.body.addWidget(self.agent)
        self.body.addWidget(self.is_secret)
        self.body.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        for field in (*self._fields.values(), *self._pickers.values(), self.identity):
            field.changed.connect(self._on_changed)
        for chips in self._codes.values():
            chips.chosen.connect(self._on_changed)
        for picker in self._pickers.values():
            picker.chosen.connect(self._on_changed)
        for chip in (*self._needs.values(), self.is_secret):
            chip.toggled.connect(self._on_changed)
        self.identity.kind_chosen.connect(self._on_changed)
        self.agent.changed.connect(self._on_changed)

    def _add_codes(self, name: str, words: str, options: Iterable[tuple[StrEnum, str]]) -> None:
        made = ChoiceChips(words, [Choice(code.value, said) for code, said in options], small=True)
        self._codes[name] = made
        self.body.addLayout(self._row(words, made))

    def _add_picker(self, name: str, words: str) -> None:
        self._pickers[name] = PickerField(words, hint="写名字或拼音首字母；不会派给他们")

    def _needs_row(self) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, gap=8)
        for chip in self._needs.values():
            flow.addWidget(chip)
        row.setAccessibleName("需要的服务")
        return row

    def _row(self, words: str, widget: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(text_label(words, "label"))
        column.addWidget(widget)
        return column

    def _on_changed(self, *_: object) -> None:
        self.changed.emit()

    def _on_opened(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signal
        if is_open:
            self._needs[NEEDS[0]].setFocus()
        self.say_filled()


_PLACED = frozenset({"materials", "matters", "occurred", "site"})


def _filled(content: Content) -> Iterator[str]:
    """Name what is filled in, the short things with their content."""
    if content["needs"]:
        yield f"需要的服务：{'、'.join(content['needs'])}"
    for name, (label, _, _) in _LINES.items():
        value = str(content.get(name) or "").strip()
        if value:
            yield f"{label}：{value}" if len(value) <= _SHORT_ENOUGH else label
    if content.get("id_number"):
        yield f"证件：{mask_id(content['id_number'])[-_TAIL:]}"
    for name, word in _WORDS.items():
        if content.get(name) and name != "id_number":
            yield word
    if content.get("hides_appellant"):
        yield "保密"
