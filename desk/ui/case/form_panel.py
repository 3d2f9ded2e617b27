"""A panel in which one deed is done (办理栏): never a modal, and nothing written in it is lost.

What it is about – a case, a mediation – is known only by its id and version; `deed_panel.py` and
`ui/mediation/deed_panel.py` say the rest.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desk.rules.errors import DeskError, RuleBroken, StaleCase
from desk.ui.case.form_column import FormColumn
from desk.ui.case.form_parts import bad
from desk.ui.case.panel_draft import PanelDraft
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.chips import KeyCap

_AROUND = 28  # room for the label above and the sentence below


class Filed(Protocol):
    """What a panel can be about: something with an id, read at a version."""

    @property
    def id(self) -> int:
        """Which one it is."""

    @property
    def version(self) -> int:
        """At which version it was read."""


Shown = TypeVar("Shown", bound=Filed)


class FormPanel(QFrame, Generic[Shown]):
    """One deed as a form; Ctrl+Enter does it, Esc puts it away and keeps what was written.

    Args:
        file: what it is about, as the clerk sees it now.
        option: which variant of the deed was asked for (接通 or 没接), if it has any.

    Signals:
        done: the deed was done; carries the Changes.
        close_asked: the clerk wants to put the panel away.
        went_stale: somebody was quicker; carries the StaleCase.
    """

    done = Signal(object)
    close_asked = Signal()
    went_stale = Signal(object)

    deed: ClassVar[StrEnum]
    title: ClassVar[str]
    verb: ClassVar[str]
    is_wide: bool = False  # whether it needs the room of the steps too
    keeps_draft: ClassVar[bool] = True
    # which field of the panel stands for a field of its requests that is called otherwise
    stands_for: ClassVar[Mapping[str, str]] = MappingProxyType({})

    def __init__(self, desk: Desk, file: Shown, option: object = None) -> None:
        super().__init__()
        self.desk, self.file, self.option = desk, file, option
        self.form = FormColumn()
        say_state(self, kind="card")
        self.setAccessibleName(self.named()[0])
        self.build()
        self.form.column.addStretch(1)  # a factor, or fields would share the room below them
        self.draft = PanelDraft(desk, self.deed, file.id, self.form) if self.keeps_draft else None
        self._build_frame()
        if self.draft is not None:
            self.draft.begin()
        if option is not None:
            self.take_option(option)

    # What each panel says for itself

    def build(self) -> None:
        """Add the fields of this deed to `form`."""
        raise NotImplementedError

    def request(self, head: Any) -> Any:
        """Return the request that does the deed."""
        raise NotImplementedError

    def head(self) -> Any:
        """Return the head of a request made now."""
        raise NotImplementedError

    def theirs(self, file: Shown) -> Mapping[str, Any]:
        """Return what the file itself says now about fields of this panel, as they are read."""
        del file
        return {}

    def named(self) -> tuple[str, str]:
        """Return the head and the word on the button, as they fit what it is about."""
        return self.title, self.verb

    def take_option(self, option: object) -> None:
        """Change to another variant of the same deed."""
        self.option = option

    # What all panels can do

    def start(self) -> None:
        """Put the keyboard into the first field that can be seen."""
        for entry in self.form.entries.values():
            entry.focus()
            field = cast("QWidget | None", self.focusWidget())
            if field is not None and field.isVisibleTo(self):
                return
        self.button.setFocus()

    def show_focused(self) -> None:
        """Scroll to the field that has the keyboard, once the panel has been laid out."""
        QTimer.singleShot(0, self, partial(_show_focused, self._scroll, self.form))

    def take_file(self, file: Shown) -> None:
        """Go on with a newer state; what was written stays."""
        self.file = file

    def submit(self) -> None:
        """Do the deed with what stands in the fields."""
        if not self.button.isEnabled():  # it may not be done, or is under way
            return
        self.say("")
        self.form.clear_sentences()
        self.send(self.request(self.head()))

    def send_again(self) -> None:
        """Do the deed anew with what was settled after somebody was quicker."""
        self.submit()

    def send(self, request: Any) -> None:
        """Hand a request to the desk; its refusal is shown beside the field it is about."""
        self.button.setEnabled(False)
        self.desk.act(request, owner=self, done=self._on_done, failed=self._on_refused)

    def say(self, sentence: str, *, state: str = "bad") -> None:
        """Say something about the whole panel, above its button."""
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        say_state(self._said, state=state)

    def missing(self, name: str, sentence: str) -> None:
        """Say beside a field that it must be filled first, and go there."""
        entry = self.form.entries[name]
        entry.say(bad(sentence))
        entry.focus()
        self.show_focused()

    def said(self) -> str:
        """Return what is said about the whole panel."""
        return self._said.text()

    def forbid(self, sentence: str) -> None:
        """Say why the deed can no longer be done; what was written can still be copied."""
        self.say(sentence, state="warn")
        self.button.setEnabled(False)

    def _build_frame(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        title, verb = self.named()
        head.addWidget(text_label(title, "section"))
        head.addStretch()
        head.addWidget(KeyCap(GlobalKey.OUT))
        away = KeyButton("收起", kind=ButtonKind.QUIET, parent=self)
        away.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        away.clicked.connect(self.close_asked)
        head.addWidget(away)
        column.addLayout(head)
        if self.draft is not None:
            self.draft.discarded.connect(self.start)
            column.addWidget(self.draft)
        self._scroll = _scrolled(self.form)
        column.addWidget(self._scroll, 1)
        self._said = text_label("", "label", wraps=True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said.hide()
        column.addWidget(self._said)
        self.foot = QHBoxLayout()
        self.button = KeyButton(verb, GlobalKey.FINISH, kind=ButtonKind.MAIN, parent=self)
        self.button.clicked.connect(self.submit)
        self.foot.addWidget(self.button)
        self.foot.addStretch()
        column.addLayout(self.foot)

    def _on_done(self, changes: object) -> None:
        self.button.setEnabled(True)
        if self.draft is not None:
            self.draft.forget()
        self.done.emit(changes)

    def _on_refused(self, error: DeskError) -> None:
        self.button.setEnabled(True)
        if isinstance(error, StaleCase):
            self.went_stale.emit(error)
            return
        name = (error.field if isinstance(error, RuleBroken) else None) or ""
        name = self.stands_for.get(name, name)
        if name in self.form.entries:
            self.missing(name, str(error))
        else:
            self.say(str(error))


def _show_focused(scroll: QScrollArea, form: FormColumn) -> None:
    """Scroll so that the whole field is seen; Qt alone is content when the caret is."""
    focused: QWidget | None = form.window().focusWidget()
    if focused is None or not form.isAncestorOf(focused):
        return
    top = focused.mapTo(form, focused.rect().topLeft()).y()
    for y in (top + focused.height(), top):
        scroll.ensureVisible(0, y, 0, _AROUND)


def _scrolled(form: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(form)
    return scroll
