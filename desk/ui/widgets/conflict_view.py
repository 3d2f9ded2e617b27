"""Two people changed the same thing (同时改动): field by field before, theirs and mine.

Nothing that was written is lost: what only one of them changed is put together with one key, all
else is decided field by field. F3 goes to the next difference, 1 keeps one's own, 2 the other.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desk.rules.merging import Changed, Difference, Tie, changed_part, clashes
from desk.ui.keys import ConflictKey, GlobalKey
from desk.ui.scroll_column import scrolled
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.composing import is_composing
from desk.ui.widgets.glyphs import spell_missing

_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)
_TOP = Qt.AlignmentFlag.AlignTop
_WHOSE = {Changed.MINE: "只有您改了", Changed.BOTH: "两边都改了"}


class Keep(StrEnum):
    """Which of two values is to stay."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One field that is written in two ways, each in words.

    Attributes:
        before: what it said when it was opened.
        theirs: what it says now.
        who: time and name of whoever made it so.
    """

    id: str
    label: str
    before: str
    theirs: str
    mine: str
    changed: Changed = Changed.BOTH
    who: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """All differences of one form, and why they cannot simply be put together, if so."""

    rows: Sequence[ConflictRow]
    hindrances: Sequence[str] = ()


def conflict_of(
    found: Sequence[Difference],
    ties: Sequence[Tie],
    labels: Mapping[str, str],
    words: Callable[[str, Any], str],
    who: Callable[[str], str],
) -> Conflict:
    """Return differences as they are shown.

    Args:
        words: how a field's value is read by a person.
        who: time and name of whoever changed a field last.
    """
    rows = []
    for one in found:
        before, theirs, mine = (
            words(one.name, value) for value in (one.before, one.theirs, one.mine)
        )
        label = labels[one.name]
        by = "" if one.changed is Changed.MINE else who(one.name)
        rows.append(ConflictRow(one.name, label, before, theirs, mine, one.changed, by))
    hindrances = []
    for clash in clashes(found, ties):
        names = "和".join(f"“{labels[name]}”" for name in clash.names)
        hindrances.append(f"{names}，{clash.why}" if clash.why else f"{names}两边都改了")
    return Conflict(rows, hindrances)


class _Difference(QFrame):
    """One field in three columns, and the choice between the two that are new."""

    def __init__(self, row: ConflictRow) -> None:
        super().__init__()
        say_state(self, kind="inner")
        self.setAccessibleName(row.label)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(text_label(row.label, "strong"))
        whose = _WHOSE.get(row.changed) or f"只有{_name_of(row.who)}改了"
        head.addWidget(text_label(whose, "caption"))
        head.addStretch()
        both = [Choice(Keep.MINE, "留您写的"), Choice(Keep.THEIRS, "用现在的")]
        self.chips = ChoiceChips(f"{row.label}留哪个", both, small=True)
        self.chips.setMinimumWidth(self.chips.sizeHint().width())
        head.addWidget(self.chips)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        columns = (
            ("您打开时", row.before, row.before),
            (f"现在的（{row.who}）" if row.who else "现在的", row.theirs, row.before),
            ("您写的", row.mine, row.before),
        )
        for at, (caption, words, before) in enumerate(columns):
            grid.setColumnStretch(at, 1)
            grid.addWidget(text_label(caption, "caption"), 0, at)
            grid.addWidget(_value(words, before, f"{row.label}，{caption}"), 1, at, _TOP)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(grid)


class ConflictView(Card):
    """What two people wrote, laid side by side; what only one of them changed is chosen already.

    Args:
        sentence: what happened, and that nothing is lost.

    Signals:
        resolved: the clerk decided every line; carries {id: Keep}.
        postponed: the clerk wants to go on looking; nothing is saved, nothing is lost.
    """

    resolved = Signal(object)
    postponed = Signal()

    def __init__(self, sentence: str, conflict: Conflict, parent: QWidget | None = None) -> None:
        super().__init__("这一件刚被改过", parent=parent)
        self.set_state("warn")
        self._conflict = conflict
        self._parts = {row.id: _Difference(row) for row in conflict.rows}
        self.body.addWidget(text_label(sentence, "label", wraps=True))
        inner = QWidget()
        say_state(inner, ground="clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        for row in conflict.rows:
            part = self._parts[row.id]
            if row.changed is not Changed.BOTH:
                part.chips.set_value(Keep(row.changed.value))
            part.chips.chosen.connect(lambda _keep, name=row.id: self._on_chosen(name))
            column.addWidget(part)
        column.addStretch()
        self._scroll = scrolled(inner)
        self.body.addWidget(self._scroll, 1)
        self._said = text_label("", "label", wraps=True)
        self.body.addWidget(self._said)
        self._build_foot()
        self._show_state()
        for child in self.findChildren(QWidget):
            child.installEventFilter(self)

    def start(self) -> None:
        """Put the keyboard to the first line that is still to be decided."""
        self._go_to(self._open() or list(self._parts)[:1])

    def decisions(self) -> dict[str, Keep]:
        """Return what has been decided so far."""
        return {
            row: Keep(str(part.chips.value()))
            for row, part in self._parts.items()
            if part.chips.value() is not None
        }

    def choose(self, row: str, keep: Keep) -> None:
        """Decide one line, as a press on its chip does."""
        self._parts[row].chips.set_value(keep)
        self._show_state()

    def merge(self) -> None:
        """Put both versions together, where nothing hinders."""
        if self._can_merge():
            self.resolved.emit({row.id: Keep(row.changed.value) for row in self._conflict.rows})

    def finish(self) -> None:
        """Go on with what was decided; lines that are still open come first."""
        left = self._open()
        if left:
            self._say(f"还有 {len(left)} 处没有选。按 1 留您写的，按 2 用现在的。")
            self._go_to(left)
        else:
            self.resolved.emit(self.decisions())

    def go(self, by: int) -> None:
        """Go to the next difference, or to the one before."""
        names = list(self._parts)
        here = next((at for at, name in enumerate(names) if self._has_focus(name)), -1)
        self._go_to([names[(here + by) % len(names)]])

    def event(self, event: QEvent) -> bool:
        """Take the keys of this view before the page's own."""
        is_asking = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asking and self._deed_of(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk, merge or save by key; a chip or a button would take Enter as a press."""
        is_press = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        deed = self._deed_of(event) if is_press and not is_composing() else None
        if deed is None:
            return super().eventFilter(watched, event)
        if deed is ConflictKey.MERGE:
            self.merge()
        elif deed is GlobalKey.FINISH:
            self.finish()
        else:
            self.go(-1 if deed is ConflictKey.PREVIOUS else 1)
        return True

    def _deed_of(self, event: Any) -> ConflictKey | GlobalKey | None:
        pressed = QKeySequence(event.keyCombination())
        ours = (ConflictKey.MERGE, ConflictKey.PREVIOUS, GlobalKey.NEXT_HIT, GlobalKey.FINISH)
        return next((key for key in ours if pressed == QKeySequence(key)), None)

    def _build_foot(self) -> None:
        self.merge_button = KeyButton("合并，一起存上", ConflictKey.MERGE, parent=self)
        self.merge_button.clicked.connect(self.merge)
        self.save_button = KeyButton(
            "按所选保存", GlobalKey.FINISH, kind=ButtonKind.MAIN, parent=self
        )
        self.save_button.clicked.connect(self.finish)
        walk = KeyButton("下一处", GlobalKey.NEXT_HIT, kind=ButtonKind.QUIET, parent=self)
        walk.clicked.connect(lambda: self.go(1))
        later = KeyButton("先不保存，接着看", GlobalKey.OUT, parent=self)
        later.clicked.connect(self.postponed)
        foot = QHBoxLayout()
        foot.addWidget(walk)
        foot.addStretch()
        for button in (later, self.merge_button, self.save_button):
            foot.addWidget(button)
        self.body.addLayout(foot)

    def _can_merge(self) -> bool:
        return not self._conflict.hindrances

    def _open(self) -> list[str]:
        decided = self.decisions()
        return [name for name in self._parts if name not in decided]

    def _on_chosen(self, name: str) -> None:
        """Go on with the next line that is open, once one was decided."""
        self._show_state()
        names = list(self._parts)
        after = names[names.index(name) :] + names[: names.index(name)]
        left = [one for one in after if one in self._open()]
        self._go_to(left[:1])

    def _show_state(self) -> None:
        self.save_button.setEnabled(not self._open())
        self.merge_button.setVisible(self._can_merge())
        self._say(
            "不能直接合并：" + "；".join(self._conflict.hindrances) + "。请逐处选。"
            if self._conflict.hindrances
            else "您和同事改的不是同一处，可以合并，也可以逐处选。"
        )

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)

    def _has_focus(self, name: str) -> bool:
        return any(chip.hasFocus() for chip in self._parts[name].chips.chips())

    def _go_to(self, names: Sequence[str]) -> None:
        for name in names[:1]:
            part = self._parts[name]
            part.chips.setFocus()
            self._scroll.ensureWidgetVisible(part)


def _name_of(who: str) -> str:
    """Return the name without the time before it."""
    return who.partition(" ")[2] or who or "同事"


def _value(words: str, before: str, name: str) -> QLabel:
    """Return a value to read and copy, with what is new in it set off."""
    made = text_label(words or "（空）", wraps=True)
    if words and before and words != before:
        first, end = changed_part(before, words)
        parts = [_html(part) for part in (words[:first], words[first:end], words[end:])]
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setText(f"{parts[0]}<b><u>{parts[1]}</u></b>{parts[2]}")
    made.setAccessibleName(name)
    made.setAccessibleDescription(words)
    made.setTextInteractionFlags(_SELECTABLE)
    made.setAlignment(_TOP)
    say_state(made, role="reading")
    return made


def _html(words: str) -> str:
    """Return words as they are, whatever marks they contain."""
    return escape(spell_missing(words)).replace("\n", "<br>").replace("  ", " &nbsp;")
