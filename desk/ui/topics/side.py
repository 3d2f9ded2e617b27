"""What is written about a topic or a proposal (专题说明、不是类案的理由)."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from desk.queries.clusters import Proposal
from desk.queries.lookups import UnitChoice
from desk.queries.topics import TopicFile
from desk.rules.topics import TopicState
from desk.ui.case.form_parts import grow_with_rows
from desk.ui.scroll_column import side_column
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_REASONS = (
    ("同一户反复来，按重复件办", "同一户反复来"),
    ("现场看过，各是各的原因", "各是各的原因"),
    ("已由主办单位统一处理", "已统一处理"),
)
_OPENS = "开专题后，这些件列在一起，各件照样各办各的；随时可以移出、结专题。"
_JOINS = "列入后，这些件的办理过程里会写明在哪个专题里；随时可以移出。"


class ProposalForm(Card):
    """Says what opening does, and takes the reason why it is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("可能的类案", parent=parent)
        self._explained = text_label(_OPENS, "label", wraps=True)
        self.reason = CheckedField(
            "不是类案的理由", lines=2, hint="写明后不再提示，除非又来同样多的人。"
        )
        self.usual = ChoiceChips("常用的理由", [Choice(*one) for one in _REASONS], small=True)
        grow_with_rows(self.usual)
        self.usual.chosen.connect(lambda words: self.reason.set_text(str(words)))
        self.body.addWidget(self._explained)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.usual)
        self.body.addStretch(1)

    def show_proposal(self, one: Proposal) -> None:
        """Say what may be done with it."""
        self._explained.setText(_OPENS if one.topic is None else _JOINS)
        for widget in (self.reason, self.usual):
            widget.setVisible(one.topic is None)

    def say(self, sentence: str) -> None:
        """Say beside the reason what is missing."""
        self.reason.set_state(FieldState(Check.BAD, sentence))
        self.reason.setFocus()


class TopicForm(Card):
    """Name, lead and what is said; while it is closed nothing but its end.

    Signals:
        edited: something was written.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("专题说明", parent=parent)
        self.name = CheckedField("名称", required=True)
        self.lead = PickerField("牵头单位", hint="可以以后再定")
        self.note = CheckedField("说明", lines=4, hint="什么情况、打算怎么办。不写姓名、电话。")
        self.ending = CheckedField("怎么解决的", lines=3, hint="结专题时写。")
        self._topic: int | None = None
        self._version = 0
        for field in self.fields().values():
            self.body.addWidget(field)
            field.changed.connect(lambda _text: self.edited.emit())
        self.body.addStretch(1)

    def fields(self) -> dict[str, CheckedField]:
        """Return the fields by the names that requests use."""
        return {"name": self.name, "lead": self.lead, "note": self.note, "ending": self.ending}

    def offer_units(self, units: Sequence[UnitChoice]) -> None:
        """Offer these units to lead."""
        self.lead.set_items(PickItem(one.id, one.short_name, one.name) for one in units)

    def show_file(self, file: TopicFile) -> None:
        """Show what is on record; what somebody is writing about this version stays."""
        if (self._topic, self._version) == (file.id, file.version):
            return
        self._topic, self._version = file.id, file.version
        self.name.set_text(file.name)
        self.lead.set_value(file.lead_id)
        self.note.set_text(file.note)
        self.ending.set_text(file.closing_note)
        is_open = file.may_keep and file.state is TopicState.OPEN
        for field in self.fields().values():
            field.setEnabled(is_open)

    def lead_id(self) -> int | None:
        """Return the unit that is to lead."""
        value = self.lead.value()
        return value if isinstance(value, int) else None

    def say(self, name: str | None, sentence: str) -> bool:
        """Say a sentence beside a field; return whether there is such a field."""
        field = self.fields().get(name or "")
        if field is None:
            return False
        field.set_state(FieldState(Check.BAD, sentence))
        field.setFocus()
        return True

    def content(self) -> Mapping[str, str]:
        """Return what stands in the fields."""
        return {name: field.text() for name, field in self.fields().items()}


class TopicSide(QWidget):
    """One form at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.proposal, self.topic = ProposalForm(), TopicForm()
        self._stack = QStackedLayout(self)
        self._columns = {one: side_column(one) for one in (self.proposal, self.topic)}
        for column in self._columns.values():
            self._stack.addWidget(column)

    def show_proposal(self, one: Proposal) -> None:
        """Show the form of a proposal."""
        self.proposal.show_proposal(one)
        self._stack.setCurrentWidget(self._columns[self.proposal])

    def show_file(self, file: TopicFile) -> None:
        """Show the form of a topic."""
        self.topic.show_file(file)
        self._stack.setCurrentWidget(self._columns[self.topic])
