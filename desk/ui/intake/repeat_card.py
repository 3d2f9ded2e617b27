"""Earlier cases that may be this one (可能是重复件), beside the form, decided by one key."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.repeats import RepeatCandidate
from desk.rules.moments import in_shanghai
from desk.rules.repeats import Relation
from desk.rules.wording import label
from desk.ui.keys import ActionKey, CaseKey, GlobalKey, RepeatKey
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import StatusChip
from desk.ui.widgets.rows_card import RowsCard

_KEPT_FROM_YOU = "这一件不在您能看的范围，不能关联；信联办分拨时会再看一次。"
_OPPOSITE = "要求相反的件有关系，但不是重复件，不能关联。"
_AFTER = "不处理也能保存"
_LINKED = "已关联为重复件，保存时一并记下；诉求人照样逐件答复。"


class RepeatRow(QFrame):
    """One earlier case: number, day, unit, status, and what the two have in common.

    Signals:
        chosen: the keys below the list are to mean this one.
        opened: open its file.
    """

    chosen = Signal()
    opened = Signal()

    def __init__(self, one: RepeatCandidate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say_state(self, kind="inner")
        self.candidate = one
        visit = one.visit
        wall = in_shanghai(visit.received_at)
        number = KeyButton(f"{visit.seq:05}", kind=ButtonKind.QUIET)
        number.setAccessibleName(f"打开 {visit.number}")
        number.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        number.setEnabled(one.may_open)
        number.clicked.connect(self.opened)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(number)
        head.addWidget(text_label(f"{wall.month}月{wall.day}日", "label"))
        head.addWidget(text_label(visit.unit))
        head.addStretch()
        if one.relation is Relation.OPPOSITE:
            head.addWidget(StatusChip("要求相反", Tone.WARN))
        tone = Tone.NOW if visit.is_open else Tone.PAST
        head.addWidget(StatusChip(label(visit.status), tone))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 2, 10, 4)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(text_label(one.words, wraps=True))
        self.setAccessibleName(f"{visit.number}，{one.words}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        self.chosen.emit()
        super().mousePressEvent(event)


class RepeatCard(RowsCard):
    """Up to five earlier cases; the keys mean the one that is chosen.

    Args:
        keeps_topics: whether the clerk may put cases into a topic (列入专题).

    Signals:
        answered: the clerk linked the case, said it is another one, or took either back.
        case_wanted: open the file of an earlier case; carries its id.
        crowded: whether there are cases to look at, so that others should make room.
    """

    answered = Signal()
    case_wanted = Signal(object)
    crowded = Signal(bool)

    def __init__(self, *, keeps_topics: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("可能是重复件", parent=parent)
        self.set_state("warn")
        self._found: tuple[RepeatCandidate, ...] = ()
        self._linked: int | None = None
        self._others: list[int] = []  # said to be no repeats, the last at the end
        self._topic: dict[str, Any] | None = None
        self._keeps_topics = keeps_topics
        self._at = 0
        self._link = _button(self, "关联为重复件", ActionKey.LINK_REPEAT, self.toggle)
        self._other = _button(self, "不是重复", RepeatKey.NO_REPEAT, self.say_other)
        self._next = _button(self, "下一件", GlobalKey.NEXT_HIT, self.go_on, ButtonKind.QUIET)
        if self.head is not None:
            self.head.add(self._next)
        self._join = _button(self, "列入专题", CaseKey.TOPIC, self.join)
        self._back = _button(self, "撤回“不是重复”", "", self.take_back)
        for pair in ((self._link, self._other), (self._join, self._back)):
            line = QHBoxLayout()
            line.setSpacing(8)
            for button in pair:
                line.addWidget(button, 1)
            self.body.addLayout(line)
        self._said = text_label("", "label", wraps=True)
        self.body.addWidget(self._said)
        self.body.addWidget(self.rows)
        self.hide()

    def show_found(self, found: Sequence[RepeatCandidate]) -> None:
        """Show other earlier cases; the chosen one stays chosen if it is still there."""
        chosen = self._chosen()
        self._found = tuple(found)
        ids = [one.visit.id for one in self._open_ones()]
        self._at = ids.index(chosen.visit.id) if chosen and chosen.visit.id in ids else 0
        self._show()

    def restore(self, content: Mapping[str, Any]) -> None:
        """Begin anew, with what was said before or without."""
        self._linked, self._others = content.get("repeat_of"), list(content.get("no_repeats") or ())
        self._topic = content.get("topic")
        self._found, self._at = (), 0
        self._show()

    def content(self) -> dict[str, Any]:
        """Return what a draft keeps of it."""
        said = {"repeat_of": self._linked, "no_repeats": list(self._others)}
        return said | ({"topic": dict(self._topic)} if self._topic else {})

    def linked(self) -> int | None:
        """Return the case to which this one is linked as a repeat."""
        return self._linked

    def toggle(self) -> None:
        """Link the case as a repeat of the chosen one, or take the link back (Alt+C)."""
        chosen = self._chosen()
        if self._linked is not None:
            self._linked = None
        elif chosen is not None and _may_link(chosen) and not self.isHidden():
            self._linked = chosen.visit.id
        else:
            return
        self._answer()

    def say_other(self) -> None:
        """Say that the chosen one is not the same; it is not proposed again."""
        chosen = self._chosen()
        if chosen is None or self._linked is not None or self.isHidden():
            return
        self._others.append(chosen.visit.id)
        self._at = 0
        self._answer()

    def take_back(self) -> None:
        """Let what was last said to be another case be proposed again."""
        if self._others:
            self._others.pop()
            self._answer()

    def join(self) -> None:
        """Put this case, once it is saved, into the topic of the chosen one, or do not."""
        chosen = self._chosen()
        if self._topic is not None:
            self._topic = None
        elif chosen is not None and self._may_join(chosen):
            is_opposite = chosen.relation is Relation.OPPOSITE
            named = {"topic": chosen.topic, "name": chosen.topic_name}
            self._topic = named | {"is_opposite": is_opposite}
        else:
            return
        self._answer()

    def go_on(self) -> None:
        """Choose the next one."""
        if self._open_ones():
            self._choose((self._at + 1) % len(self._open_ones()))

    def words(self) -> list[str]:
        """Return what is said of each case that is shown."""
        return [one.words for one in self._shown()]

    def _answer(self) -> None:
        self._show()
        self.answered.emit()

    def _open_ones(self) -> list[RepeatCandidate]:
        return [one for one in self._found if one.visit.id not in self._others]

    def _shown(self) -> list[RepeatCandidate]:
        if self._linked is None:
            return self._open_ones()
        return [one for one in self._found if one.visit.id == self._linked]

    def _chosen(self) -> RepeatCandidate | None:
        shown = self._open_ones()
        return shown[self._at] if self._at < len(shown) else None

    def _choose(self, at: int) -> None:
        self._at = at
        self._say()

    def _show(self) -> None:
        column = self.fresh_rows(6)
        for at, one in enumerate(self._shown()):
            row = RepeatRow(one)
            row.chosen.connect(partial(self._choose, at))
            row.opened.connect(partial(self.case_wanted.emit, one.visit.id))
            column.addWidget(row)
        is_empty = not (self._shown() or self._linked or self._others or self._topic)
        self._say()
        self.setHidden(is_empty)
        self.crowded.emit(bool(self._shown()))

    def _say(self) -> None:
        is_linked, chosen = self._linked is not None, self._chosen()
        for at, row in enumerate(self.rows.findChildren(RepeatRow)):
            is_meant = not is_linked and at == self._at and len(self._shown()) > 1
            say_state(row, state="selected" if is_meant else "")
        self._link.setVisible(is_linked or (chosen is not None and _may_link(chosen)))
        _name(self._link, "取消关联" if is_linked else "关联为重复件")
        self._other.setVisible(not is_linked and chosen is not None)
        self._join.setVisible(
            self._topic is not None or (chosen is not None and self._may_join(chosen))
        )
        _name(self._join, "不列入专题" if self._topic else "列入专题")
        self._next.setVisible(not is_linked and len(self._open_ones()) > 1)
        self._back.setVisible(not is_linked and bool(self._others))
        joined = f"保存后列入专题“{self._topic['name']}”。" if self._topic else ""
        self._said.setText(joined + (_LINKED if is_linked else self._advice(chosen)))
        self._said.setVisible(bool(self._said.text()))
        self.set_state("selected" if is_linked else "warn" if self._shown() else "")
        if self.head is not None:
            self.head.set_note(f"{len(self._shown())} 件，{_AFTER}" if self._shown() else "")

    def _advice(self, chosen: RepeatCandidate | None) -> str:
        said = f"已记 {len(self._others)} 件“不是重复”，保存后不再提示。" if self._others else ""
        if chosen is None:
            return said
        if not chosen.may_open:
            return _KEPT_FROM_YOU
        return _OPPOSITE if chosen.relation is Relation.OPPOSITE else said

    def _may_join(self, one: RepeatCandidate) -> bool:
        return self._keeps_topics and one.topic is not None and not self.isHidden()


def _may_link(one: RepeatCandidate) -> bool:
    return one.may_open and one.relation is not Relation.OPPOSITE


def _name(button: KeyButton, words: str) -> None:
    button.setText(words)
    button.setAccessibleName(words)
    button.updateGeometry()


def _button(
    card: QWidget, words: str, key: str, pressed: Any, kind: ButtonKind = ButtonKind.PLAIN
) -> KeyButton:
    made = KeyButton(words, key, kind=kind, parent=card)
    made.setAccessibleName(words)
    made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    policy = made.sizePolicy()
    if kind is not ButtonKind.QUIET:
        made.setSizePolicy(policy.Policy.Expanding, policy.Policy.Fixed)
    made.clicked.connect(pressed)
    return made
