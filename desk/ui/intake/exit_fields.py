"""What 现场答复 and 引导对接 ask for besides (出口的补充内容), in place below the form."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.intake import IntakeHall
from desk.queries.lookups import DirectoryChoice
from desk.rules.codes import Exit, GuideWay, Satisfaction
from desk.rules.wording import choices, label
from desk.ui.intake.facts import Content
from desk.ui.intake.states import check_phone
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import CheckedField
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

NEEDS_MORE = frozenset({Exit.ON_SPOT, Exit.GUIDANCE})
_ANSWERS: Mapping[Exit, str] = MappingProxyType(
    {
        Exit.ON_SPOT: "当场怎么答复的，登记表上会印出来",
        Exit.GUIDANCE: "为什么不归这里办，怎么向诉求人解释的",
    }
)
_NOTE = "写好后再按一次同一个键，或按 Ctrl+Enter，即保存、编号、打印"


class ExitFields(Card):
    """The further fields of the exit that is being taken.

    Signals:
        changed: something was written or chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("现场答复", note=_NOTE, parent=parent)
        self._exit: Exit | None = None
        self._fields: dict[str, CheckedField] = {}
        self._codes: dict[str, ChoiceChips] = {}
        self._directory: dict[int, DirectoryChoice] = {}
        self._filled: dict[str, str] = {}
        self._item = PickerField("事项目录", hint="写事项或拼音首字母，去处、电话自动填好")
        self._brings = text_label("", "hint", wraps=True)
        self._build()
        self.set_state("selected")
        self.hide()

    def set_hall(self, hall: IntakeHall) -> None:
        """Offer the matters of the directory."""
        self._directory = {item.id: item for item in hall.directory}
        self._item.set_items(
            PickItem(item.id, item.name, item.pinyin, item.where) for item in hall.directory
        )
        self._item.setVisible(bool(self._directory))

    def exit(self) -> Exit | None:
        """Return the exit whose fields are shown."""
        return self._exit

    def show_exit(self, leave: Exit | None) -> None:
        """Show the fields of this exit; none for an exit without further fields."""
        self._exit = leave if leave in NEEDS_MORE else None
        if self._exit is None:
            self.hide()
            return
        self._fields["answer"].set_beside(_ANSWERS[self._exit])
        if self.head is not None:
            self.head.set_text(label(self._exit))
        self.setAccessibleName(label(self._exit))
        self._guide.setVisible(self._exit is Exit.GUIDANCE)
        self._matter.setVisible(self._exit is Exit.GUIDANCE)
        self._rating.setVisible(self._exit is Exit.ON_SPOT)
        self.show()

    def first(self) -> QWidget:
        """Return the field where writing begins."""
        guides = self._exit is Exit.GUIDANCE and bool(self._directory)
        return self._item if guides else self._fields["answer"]

    def content(self) -> dict[str, Any]:
        """Return what is written and chosen."""
        found: dict[str, Any] = {name: field.text() for name, field in self._fields.items()}
        found |= {name: chips.value() for name, chips in self._codes.items()}
        found["exit"] = self._exit.value if self._exit else None
        found["service_item"] = self._item.value()
        return found

    def restore(self, content: Content) -> None:
        """Show what was written before."""
        for name, field in self._fields.items():
            field.set_text(content.get(name) or "")
        for name, chips in self._codes.items():
            chips.set_value(content.get(name))
        self._item.set_value(content.get("service_item"))
        leave = content.get("exit")
        self.show_exit(Exit(leave) if leave else None)

    def field(self, name: str) -> CheckedField | None:
        """Return the field of one name."""
        return self._item if name == "service_item" else self._fields.get(name)

    def _build(self) -> None:
        self._fields = {
            "answer": CheckedField("答复或解释", lines=2, required=True),
            "guided_to": CheckedField("引导到哪里", hint="单位或窗口", required=True),
            "guided_person": CheckedField("对接人"),
            "guided_phone": CheckedField("对接电话", check=check_phone),
        }
        self._matter = QWidget(self)
        matter = QVBoxLayout(self._matter)
        matter.setContentsMargins(0, 0, 0, 0)
        matter.setSpacing(2)
        matter.addWidget(self._item)
        matter.addWidget(self._brings)
        self.body.addWidget(self._matter)
        self.body.addWidget(self._fields["answer"])
        self._rating = self._row("satisfaction", "诉求人当场评价", choices(Satisfaction))
        self.body.addWidget(self._rating)
        self._guide = QWidget(self)
        column = QVBoxLayout(self._guide)
        column.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.setSpacing(16)
        for name in ("guided_to", "guided_person", "guided_phone"):
            line.addWidget(self._fields[name], 1)
        column.addLayout(line)
        both = QHBoxLayout()
        both.addWidget(self._row("guide_way", "对接方式", choices(GuideWay)), 1)
        arrived = ((True, "已到达"), (False, "还没到"))
        both.addWidget(self._row("has_arrived", "是否到达", arrived), 1)
        column.addLayout(both)
        self.body.addWidget(self._guide)
        for field in self._fields.values():
            field.changed.connect(self._on_changed)
        for chips in self._codes.values():
            chips.chosen.connect(self._on_changed)
        self._item.chosen.connect(self._on_item)

    def _row(self, name: str, words: str, options: Any) -> QWidget:
        made = ChoiceChips(
            words,
            [Choice(getattr(code, "value", code), said) for code, said in options],
            small=True,
        )
        self._codes[name] = made
        row = QWidget(self)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(text_label(words, "label"))
        column.addWidget(made)
        return row

    def _on_item(self, wanted: object) -> None:
        """Fill in what the directory knows; what the clerk wrote himself stays."""
        item = self._directory.get(wanted) if isinstance(wanted, int) else None
        self._brings.setText(_what_to_bring(item) if item else "")
        if item is not None:
            self._fill("guided_to", item.where)
            self._fill("guided_person", item.contact)
            self._fill("guided_phone", item.phone)
            self._fill("answer", _explanation(item))
        self.changed.emit()

    def _fill(self, name: str, words: str) -> None:
        field = self._fields[name]
        if words and field.text().strip() in {"", self._filled.get(name, "")}:
            field.set_text(words)
            self._filled[name] = words

    def _on_changed(self, _value: object) -> None:
        self.changed.emit()


def _what_to_bring(item: DirectoryChoice) -> str:
    """Say what the clerk reads out: where, when, with what in hand."""
    brings = f"请带：{'、'.join(item.materials)}" if item.materials else ""
    return "　".join(filter(None, (item.address, item.hours, brings)))


def _explanation(item: DirectoryChoice) -> str:
    """Return the words that explain why it is handled elsewhere."""
    basis = f"（依据：{item.basis}）" if item.basis else ""
    brings = f"请带{'、'.join(item.materials)}。" if item.materials else ""
    return f"“{item.name}”由{item.where}办理{basis}。{brings}"
