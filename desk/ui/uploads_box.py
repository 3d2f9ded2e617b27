"""What waits at this desk, piece by piece (待上传): its state, its text, and the ways out.

Who sits there: a clerk whose server is away, or who was told that something was not taken. Up and
down choose, the text stands below, one key opens it again in the form. Nothing is given up without
a reason.
"""

from dataclasses import fields
from datetime import datetime
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QScrollArea, QVBoxLayout, QWidget

from desk.actions.intake import RegisterCase
from desk.outbox.codec import UnknownPayload
from desk.outbox.journal import JournalRow, State
from desk.rules.moments import in_shanghai
from desk.ui.desk import Desk
from desk.ui.intake.reopening import content_of
from desk.ui.keys import GlobalKey
from desk.ui.palette_rows import PaletteRow, PaletteRows, RowPainter
from desk.ui.theme import say_state
from desk.ui.uploads import Standing, Uploads, Waiting
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.composing import KeyShortcut

_TITLE = "待上传的件"
_NOTHING = "没有待上传的件，都已经在服务器上了。"
_KINDS = {
    "RegisterCase": "登记",
    "AddNote": "批注",
    "RecordContact": "联系记录",
    "RecordFollowUp": "回访记录",
}
_STATES = {State.PENDING: "待上传", State.REFUSED: "没有收下"}
_MAYBE_SENT = "这一件可能已经送到，正在核对；联网后就有结果，到时再改。"
_NOT_INTAKE = "这里只能把登记打开再改；别的内容请照着上面的文字在案件卷里重写，再把这一条停掉。"
_WHY = "请写一句为什么不再上传，例如“已改为纸质登记”。"
_ROW, _WIDE, _HIGH = 46, 58, 42


class UploadsBox(QWidget):
    """A window of its own with the list of what waits.

    Signals:
        reopen_wanted: an intake is to be written again; carries the form's content.
    """

    reopen_wanted = Signal(object)

    def __init__(self, desk: Desk, uploads: Uploads, host: QWidget) -> None:
        super().__init__(host, Qt.WindowType.Window)
        self._desk, self._uploads = desk, uploads
        self._waiting = Waiting()
        self._head = text_label("", "label", wraps=True)
        self._rows, self._list = PaletteRows(self), QListView()
        self._text = text_label("", "reading", wraps=True)
        self._reason = CheckedField("不再上传的理由", check=self._judge_reason)
        self._open = KeyButton("打开修改", GlobalKey.FINISH, kind=ButtonKind.MAIN, parent=self)
        self._try = KeyButton("马上再试", kind=ButtonKind.QUIET, parent=self)
        self._drop = KeyButton("不再上传", kind=ButtonKind.QUIET, parent=self)
        self._said = text_label("", "label", wraps=True)
        self._build()
        self._connect()

    def open_box(self) -> None:
        """Show what waits now."""
        self._said.setText("")
        self._reason.set_text("")
        self.read()
        self.show()
        self.raise_()
        self.activateWindow()
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def read(self) -> None:
        """Read the journal again."""
        self._uploads.ask_list(owner=self, done=self._on_list)

    def rows(self) -> tuple[PaletteRow, ...]:
        """Return what is listed."""
        return tuple(self._rows.rows)

    def _build(self) -> None:
        self.setWindowTitle(_TITLE)
        say_state(self, ground="surface")
        self._list.setModel(self._rows)
        self._list.setItemDelegate(RowPainter(self._list, height=_ROW))
        self._list.setUniformItemSizes(True)
        self._list.setProperty("kind", "cards")
        self._list.setAccessibleName(_TITLE)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        area = QScrollArea()
        area.setWidget(self._text)
        area.setWidgetResizable(True)
        area.setAccessibleName("写下的内容")
        buttons = QHBoxLayout()
        for button in (self._open, self._try):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self._drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._head)
        column.addWidget(self._list, 3)
        column.addWidget(area, 2)
        column.addWidget(self._reason)
        column.addLayout(buttons)
        column.addWidget(self._said)
        letter = self.fontMetrics().horizontalAdvance("字")
        self.resize(letter * _WIDE, letter * _HIGH)

    def _connect(self) -> None:
        self._list.selectionModel().currentChanged.connect(lambda *_: self._show_text())
        self._open.clicked.connect(self._on_open)
        self._try.clicked.connect(self._on_try)
        self._drop.clicked.connect(self._on_drop)
        self._uploads.changed.connect(self._on_changed)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self._on_open)
        KeyShortcut(GlobalKey.OUT, self).pressed.connect(self.close)

    def _on_changed(self, _standing: Standing) -> None:
        if self.isVisible():
            self.read()

    def _on_list(self, waiting: Waiting) -> None:
        at = self._list.currentIndex().row()
        self._waiting = waiting
        self._rows.show([_row(row, self._desk.now()) for row in waiting.rows])
        self._list.setCurrentIndex(self._rows.index(min(max(at, 0), len(waiting.rows) - 1)))
        self._head.setText(_head_words(waiting))
        for part in (self._reason, self._open, self._try, self._drop):
            part.setEnabled(bool(waiting.rows))
        self._show_text()

    def _chosen(self) -> JournalRow | None:
        index: QModelIndex = self._list.currentIndex()
        return self._waiting.rows[index.row()] if index.isValid() else None

    def _show_text(self) -> None:
        row = self._chosen()
        self._text.setText("" if row is None else written_words(row))

    def _on_open(self) -> None:
        row = self._chosen()
        asked = None if row is None else _asked(row)
        if row is None:
            return
        if not isinstance(asked, RegisterCase):
            self._say(_NOT_INTAKE)
        elif row.state is State.PENDING and row.maybe_sent:
            self._say(_MAYBE_SENT)
        else:
            self._uploads.give_up(row, "打开修改", done=self.read)
            self.close()
            self.reopen_wanted.emit(content_of(asked))

    def _on_try(self) -> None:
        self._uploads.try_now()
        self._say("正在再试，成了会从这里消失。")

    def _on_drop(self) -> None:
        row = self._chosen()
        if row is None or self._reason.check_now().state is Check.BAD:
            self._reason.edit.setFocus()
            return
        if row.state is State.PENDING and row.maybe_sent:
            self._say(_MAYBE_SENT)
            return
        self._uploads.give_up(row, self._reason.text(), done=self.read)
        self._reason.set_text("")
        self._say("这一条不再上传；内容和理由在本机留三十天。")

    def _judge_reason(self, text: str) -> FieldState:
        return FieldState() if text.strip() else FieldState(Check.BAD, _WHY)

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)


def written_words(row: JournalRow) -> str:
    """Return everything that was written, field by field, and why it was not taken."""
    asked = _asked(row)
    lines = [] if asked is None else _lines_of(asked)
    trouble = [f"没有收下：{row.last_error}"] if row.state is State.REFUSED else []
    return "\n".join((*trouble, *lines))


def _lines_of(asked: Any) -> list[str]:
    found = []
    for part in fields(asked):
        value = getattr(asked, part.name)
        if hasattr(value, "__dataclass_fields__"):
            found += _lines_of(value)
        elif value and "gate" in part.metadata:
            words = "；".join(value) if isinstance(value, tuple) else str(value)
            found.append(f"{part.metadata['gate'][1]}：{words}")
    return found


def _asked(row: JournalRow) -> Any:
    try:
        return row.as_typed()
    except UnknownPayload:
        return None


def _row(row: JournalRow, now: datetime) -> PaletteRow:
    made = in_shanghai(row.made_at)
    day = "" if made.date() == in_shanghai(now).date() else f"{made.month}月{made.day}日 "
    asked = _asked(row)
    said = next((line for line in _lines_of(asked) if line.startswith("诉求内容")), "")
    what = said.partition("：")[2] or " ".join(_lines_of(asked))
    return PaletteRow(
        group=_KINDS.get(row.kind, "其他"),
        head=row.temporary or _KINDS.get(row.kind, row.kind),
        note=f"{day}{made:%H:%M} 存",
        why=row.last_error or " ".join(what.split()),
        mark=_STATES.get(row.state, ""),
    )


def _head_words(waiting: Waiting) -> str:
    pending = sum(row.state is State.PENDING for row in waiting.rows)
    refused = len(waiting.rows) - pending
    if not waiting.rows:
        return _NOTHING
    said = [f"{pending} 件待上传"] if pending else []
    said += [f"{refused} 件没有收下，请打开修改后再存"] if refused else []
    if pending and waiting.next_try is not None:
        said.append(f"下一次自动再试在 {in_shanghai(waiting.next_try):%H:%M:%S}")
    return "，".join(said) + "。"
