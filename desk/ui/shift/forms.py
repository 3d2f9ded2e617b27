"""What is written at a change of shift (交班的填写栏): to whom, with which word; kept things."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.queries.handover import Colleague, KeptThing
from desk.rules.codes import KeptKind
from desk.rules.errors import RuleBroken
from desk.ui.case.form_column import FormColumn
from desk.ui.case.form_parts import bad, coded
from desk.ui.keys import CaseKey
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField


class _FormCard(Card):
    """A card with fields and one button; refusals stand beside the field they are about."""

    def __init__(self, head: str, *, key: str = "") -> None:
        super().__init__(head, key=key)
        self.form = FormColumn()
        self.body.addWidget(self.form)

    def refuse(self, error: Exception) -> bool:
        """Show a refusal beside its field; return whether there is one."""
        name = (error.field if isinstance(error, RuleBroken) else None) or ""
        if name not in self.form.entries:
            return False
        entry = self.form.entries[name]
        entry.say(bad(str(error)))
        entry.focus()
        return True


class HandOverCard(_FormCard):
    """To whom, and a word about it.

    Signals:
        asked: the clerk hands over.
    """

    asked = Signal()

    def __init__(self) -> None:
        super().__init__("交给谁")
        self.to = self.form.picker("to", "接班人", PickerField("接班人"))
        self.to.set_hint("按数字选，或写姓名、拼音首字母；本单位的同事。")
        self.note = self.form.text(
            "note", "交接说明", lines=4, hint="要特别留意的、口头答应过的，写在这里，接班人先看到。"
        )
        self.button = KeyButton("交班", parent=self)
        self.button.clicked.connect(self.asked)
        self.body.addWidget(self.button)

    def offer(self, colleagues: Sequence[Colleague]) -> None:
        """Offer the colleagues of the unit."""
        self.to.set_items(PickItem(one.id, one.name, note=one.desk_name) for one in colleagues)

    def ask_for_colleague(self) -> None:
        """Say that a colleague must be chosen, and go there."""
        self.form.entries["to"].say(bad("请选接班的同事，再交班。"))
        self.to.setFocus()

    def clear(self) -> None:
        """Begin anew."""
        self.to.set_value(None)
        self.note.set_text("")


class KeepCard(_FormCard):
    """Write down a thing that is kept, or that it was given back.

    Signals:
        keep_asked: the clerk keeps a thing.
        give_back_asked: the clerk gives one back; carries the KeptThing.
    """

    keep_asked = Signal()
    give_back_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("保管的东西", key=CaseKey.KEEP_ITEM)
        self._item: KeptThing | None = None
        self.kind = self.form.choice("kind", "是什么", coded(KeptKind), small=True)
        self.kind.chips.set_value(KeptKind.ORIGINAL)
        self.name = self.form.text("name", "名称", hint="例如：房产证原件、活动室钥匙")
        self._about = text_label("", "body", wraps=True)
        self.form.add(self._about)
        self.to = self.form.text("to", "交还给", required=True)
        self._keep = KeyButton("记下保管", parent=self)
        self._keep.clicked.connect(self.keep_asked)
        self._give = KeyButton("记下交还", parent=self)
        self._give.clicked.connect(lambda: self.give_back_asked.emit(self._item))
        self._away = KeyButton("不交还了", kind=ButtonKind.QUIET, parent=self)
        self._away.clicked.connect(self.keep)
        for button in (self._keep, self._give, self._away):
            self.body.addWidget(button)
        self.keep()

    def keep(self) -> None:
        """Ask for a thing that is taken into keeping."""
        self._show(None)
        self.name.set_text("")

    def give_back(self, item: KeptThing) -> Callable[[], None]:
        """Return what asks to whom this thing goes back."""

        def ask() -> None:
            self._show(item)
            self._about.setText(item.name)
            self.to.set_text("")
            self.to.setFocus()

        return ask

    def start(self) -> None:
        """Put the caret where a new thing is named."""
        self.keep()
        self.name.setFocus()

    def _show(self, item: KeptThing | None) -> None:
        self._item = item
        taking: tuple[QWidget, ...] = (self.kind, self.name, self._keep)
        giving: tuple[QWidget, ...] = (self._about, self.to, self._give, self._away)
        for widget in taking:
            widget.setVisible(item is None)
        for widget in giving:
            widget.setVisible(item is not None)
