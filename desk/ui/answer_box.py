"""Texts to answer with (答复口径库, Ctrl+J): found by a few words, read, inserted with Enter."""

import re
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QTextEdit, QWidget
from shiboken6 import isValid

from desk.queries.answer_library import AnswerText, answer_texts, past_answers
from desk.rules.codes import LibraryKind
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.palette_rows import PaletteRow
from desk.ui.search_box import SearchBox
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import CheckChip

_WIDTH, _READ = 720, 150
_HINT = "写几个字或标题的拼音首字母；Enter 插入到光标处，Esc 关闭。"
_NOTHING = "没有找到。换个说法再试；新的口径可以请信联办在“管理 · 答复口径”里添上。"
_NO_FIELD = "请先把光标放到要写的地方，再按 Ctrl+J；这里可以先看。"
_WIDER = "以往答复看所有类别"
_GROUPS = {"法规条文": "条文", "答复口径": "口径", "常用语": "常用", "以往答复": "以往"}
_REMARK = re.compile(r"（[^（）]*核对[^（）]*）$")


class AnswerBox(SearchBox):
    """Finds texts of the library and past answers; the chosen one is shown whole."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(host, "答复口径、条文、常用语、以往答复", _WIDTH)
        self._desk = desk
        self._category: int | None = None
        self._asked = 0
        self._library: tuple[AnswerText, ...] = ()
        self._texts: tuple[AnswerText, ...] = ()
        self._target: QWidget | None = None
        self.wider = CheckChip(_WIDER, GlobalKey.PHRASES)
        self.wider.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the caret stays in the line
        self.wider.toggled.connect(lambda _on: self.search(self.line.text()))
        self._body = text_label("", "body", wraps=True)
        self._body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._read = QScrollArea()
        self._read.setWidget(self._body)
        self._read.setWidgetResizable(True)
        self._read.setFixedHeight(_READ)
        self._read.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._read.setAccessibleName("全文")
        self.body.insertWidget(3, self._read)
        self.body.insertWidget(1, self.wider, 0, Qt.AlignmentFlag.AlignLeft)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_text())

    def open_for(self, category: int | None) -> None:
        """Show the texts that fit a case of this category first; insert where the caret is.

        Past answers are of this category; asked once more, they are of all categories.
        """
        if not self.isHidden():
            self.wider.toggle()
            return
        focused: QWidget | None = self.window().focusWidget()
        self._target = focused if _can_be_written(focused) else None
        self._category = category
        self.wider.setChecked(False)
        self.wider.setVisible(category is not None)
        self.appear("")
        self.cleared()

    def cleared(self) -> None:
        """Show what is most likely wanted."""
        self.search("")

    def search(self, text: str) -> None:
        """Ask for texts first, then for past answers; the last question wins."""
        self._asked += 1
        asked = self._asked
        query = partial(answer_texts, words=text, category=self._category)
        within = None if self.wider.isChecked() else self._category
        past = partial(past_answers, words=text, category=within)
        self._desk.ask(query, owner=self, done=partial(self._on_texts, asked))
        self._desk.ask(past, owner=self, done=partial(self._on_past, asked))

    def choose(self, row: int) -> None:
        """Insert a text at the caret; one that no longer holds is only shown."""
        if not 0 <= row < len(self._texts):
            return
        text = self._texts[row]
        if not text.holds:
            self.say(f"“{text.title}”{text.validity}，不能插入。请找现行的一条。")
            return
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            self.say(_NO_FIELD)
            return
        self.before = target
        self.put_away()
        _insert(target, inserted_words(text))

    def shown_text(self) -> str:
        """Return the text that is read now."""
        return self._body.text()

    def _on_texts(self, asked: int, found: tuple[AnswerText, ...]) -> None:
        if asked == self._asked and not self.isHidden():
            self._library = found
            self._show_all(found)

    def _on_past(self, asked: int, found: tuple[AnswerText, ...]) -> None:
        if asked == self._asked and not self.isHidden():
            self._show_all(self._library + found)

    def _show_all(self, texts: tuple[AnswerText, ...]) -> None:
        self._texts = _grouped(texts)
        self.show_rows([_row(text) for text in self._texts])
        self._read.setVisible(bool(self._texts))
        self._show_text()
        hint = _HINT if self._target is not None else _NO_FIELD
        self.say(hint if self._texts else _NOTHING)

    def _show_text(self) -> None:
        at = self.list.currentIndex().row()
        if not 0 <= at < len(self._texts):
            self._body.setText("")
            return
        text = self._texts[at]
        below = "，".join(filter(None, (text.source, text.validity)))
        self._body.setText(f"{text.body}\n\n{below}")


def inserted_words(text: AnswerText) -> str:
    """Return what is written into the field: a statute with its source, others as they are."""
    if text.kind != label(LibraryKind.STATUTE):
        return text.body
    return f"{_REMARK.sub('', text.source)}规定：“{text.body}”"


def _grouped(texts: tuple[AnswerText, ...]) -> tuple[AnswerText, ...]:
    """Keep the texts of one kind together, the kind of the best text first."""
    order = list(dict.fromkeys(text.kind for text in texts))
    return tuple(sorted(texts, key=lambda text: order.index(text.kind)))


def _row(text: AnswerText) -> PaletteRow:
    why = " ".join(text.body.split())
    return PaletteRow(
        group=_GROUPS.get(text.kind, text.kind),
        head=text.title,
        note=text.category,
        why=why,
        mark="" if text.holds else "已失效",
    )


def _can_be_written(widget: QWidget | None) -> bool:
    if isinstance(widget, QTextEdit | QLineEdit):
        return not widget.isReadOnly()
    return False


def _insert(target: QWidget, words: str) -> None:
    if isinstance(target, QTextEdit):
        target.insertPlainText(words)
    elif isinstance(target, QLineEdit):
        target.insert(words)
