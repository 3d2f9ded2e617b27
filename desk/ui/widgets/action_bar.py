"""What may be done now (现在可以): the foot of every screen, the main action first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QWidget

from desk.ui.icons import icon
from desk.ui.keys import GlobalKey, shown
from desk.ui.theme import THEME, say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.chips import KeyCap
from desk.ui.widgets.composing import KeyShortcut

_GAP = 8
_UNDO_SECONDS = 60
_SECOND = 1000


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One thing that the clerk may do now.

    Attributes:
        label: the verb on the button.
        key: the sequence from `desk.ui.keys`; empty for none.
        handler: what happens.
        is_main: the next step in the life of the case; at most one.
        is_quiet: shown as a link (“为什么不能办结”).
        spoken: what a screen reader says where the label is too short.
        is_bound: the bar listens to the key; else the window or a list does already, and a second
            listener would only make it ambiguous.
    """

    label: str
    key: str
    handler: Callable[[], None]
    icon: str = ""
    is_main: bool = False
    is_quiet: bool = False
    spoken: str = ""
    is_bound: bool = True

    @property
    def face(self) -> tuple[str, ...]:
        """All that is seen of it."""
        return self.label, self.key, self.icon, self.kind, self.spoken

    @property
    def kind(self) -> ButtonKind:
        """How much the button weighs."""
        if self.is_main:
            return ButtonKind.MAIN
        return ButtonKind.QUIET if self.is_quiet else ButtonKind.PLAIN


class ActionBar(QFrame):
    """The actions of one screen in one row; what finds no room waits behind “更多”.

    Args:
        host: the screen whose keys these are; they work wherever the focus is inside it.
    """

    def __init__(self, host: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent or host)
        self._host = host
        self._items: list[ActionItem] = []
        self._buttons: list[KeyButton] = []
        self._shortcuts: list[KeyShortcut] = []
        self._faces: list[tuple[str, ...]] = []
        self._undo: ActionItem | None = None
        self._undo_left = 0
        self._note_wraps = False
        self._undo_timer = QTimer(self)
        self._undo_timer.timeout.connect(self._count_down)
        self._build()
        self._fit_height()
        THEME.changed.connect(self._fit_height)

    def set_items(self, items: Iterable[ActionItem]) -> None:
        """Offer these actions, in the order of the life of a case; the main one goes first."""
        self._items = sorted(items, key=lambda item: not item.is_main)
        self._rebuild()

    def labels(self) -> list[str]:
        """Return what may be done now, from the left, hidden ones included."""
        return [item.label for item in self._all()]

    def press(self, label: str) -> None:
        """Do the action called `label`, as its button would."""
        next(item for item in self._all() if item.label == label).handler()

    def offer_undo(
        self, label: str, handler: Callable[[], None], seconds: int = _UNDO_SECONDS
    ) -> None:
        """Give the main place to taking back what was just done, for `seconds`; it counts down."""

        def take_back() -> None:
            self.withdraw_undo()
            handler()

        self._undo = ActionItem(label, GlobalKey.UNDO, take_back, "undo", is_main=True)
        self._undo_left = seconds
        self._undo_timer.start(_SECOND if seconds > 0 else 0)
        self._rebuild()

    def withdraw_undo(self) -> None:
        """Stop offering to take something back."""
        self._undo_timer.stop()
        if self._undo is not None:
            self._undo = None
            self._rebuild()

    def set_lead(self, text: str, strong: str = "") -> None:
        """Say at the left what the actions are about (“选中 00421”)."""
        self._lead.setText(text)
        self._strong.setText(strong)
        self._strong.setVisible(bool(strong))
        self._arrange()

    def set_note(self, note: str, *, strong: str = "", key: str = "") -> None:
        """Say something at the right; `key` chooses what `strong` names."""
        self._note_wraps = not (key or strong)
        while (item := self._note_row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if key:
            self._note_row.addWidget(KeyCap(key))
        if strong:
            named = QLabel(strong)
            say_state(named, role="strong")
            self._note_row.addWidget(named)
            named.show()  # the layout does so too late: what is hidden has no width
        if note:
            words = QLabel(note)
            words.setWordWrap(self._note_wraps)
            say_state(words, role="caption")
            self._note_row.addWidget(words, 1)
            words.show()
        self._rule.setVisible(bool(note or strong or key))
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Need room for the main action and “更多” only, whatever is shown at the moment."""
        first = self._buttons[0].sizeHint().width() if self._buttons else 0
        width = first + self._more.sizeHint().width() + self._fixed_width()
        return QSize(width + 2 * tokens().sizes.margin, tokens().sizes.action_bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the row find its room again."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the row find its room once fonts and width are known."""
        super().showEvent(event)
        self._arrange()

    def _build(self) -> None:
        say_state(self, ground="surface", kind="bar")
        self.setAccessibleName("现在可以")
        self._lead, self._strong = QLabel("现在可以", self), QLabel(self)
        say_state(self._lead, role="label")
        say_state(self._strong, role="strong")
        self._strong.hide()
        self._more = KeyButton("更多", GlobalKey.MORE, parent=self)
        self._more.set_tall(tall=True)
        self._more.clicked.connect(self._on_more_clicked)
        self._rule = QFrame(self)
        say_state(self._rule, kind="upright")
        self._rule.hide()
        self._button_row = QHBoxLayout()
        self._button_row.setSpacing(_GAP)
        self._note_row = QHBoxLayout()
        self._note_row.setSpacing(_GAP)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens().sizes.margin, 0, tokens().sizes.margin, 0)
        row.setSpacing(_GAP)
        row.addWidget(self._lead)
        row.addWidget(self._strong)
        row.addSpacing(_GAP)
        row.addLayout(self._button_row)
        row.addWidget(self._more)
        row.addStretch(1)
        row.addWidget(self._rule)
        row.addLayout(self._note_row)
        self._more.hide()

    def _count_down(self) -> None:
        self._undo_left -= 1
        if self._undo is None or self._undo_left <= 0:
            self.withdraw_undo()
            return
        self._buttons[0].setText(_counting(self._undo, self._undo_left))
        self._arrange()

    def _all(self) -> Sequence[ActionItem]:
        if self._undo is None:
            return self._items
        rest = [item for item in self._items if item.key != GlobalKey.UNDO]
        return [self._undo, *(_plain(item) for item in rest)]

    def _rebuild(self) -> None:
        """Show what may be done now; where it is the same as before, the same buttons stay."""
        items = self._all()
        faces = [item.face for item in items]
        if faces != self._faces:
            self._faces = faces
            self._make_anew(items)
        elif self._undo is not None:
            self._buttons[0].setText(_counting(self._undo, self._undo_left))
        self._arrange()

    def _make_anew(self, items: Sequence[ActionItem]) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)  # deleteLater comes too late for the new one's key
            shortcut.deleteLater()
        for button in self._buttons:
            self._button_row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._shortcuts, self._buttons = [], []
        for at, item in enumerate(items):

            def handle(*_checked: bool, at: int = at) -> None:
                self._all()[at].handler()

            words = _counting(item, self._undo_left) if item is self._undo else item.label
            button = KeyButton(words, item.key, icon=item.icon, kind=item.kind, parent=self)
            button.set_tall(tall=True)
            button.setAccessibleName(item.spoken or item.label)
            button.clicked.connect(handle)
            self._button_row.addWidget(button)
            self._buttons.append(button)
            if item.key and item.is_bound:
                shortcut = KeyShortcut(item.key, self._host)
                shortcut.pressed.connect(handle)
                self._shortcuts.append(shortcut)

    def _arrange(self) -> None:
        """Show as many buttons as there is room for; the rest goes behind “更多”."""
        room = self.width() - 2 * tokens().sizes.margin - self._fixed_width()
        widths = [button.sizeHint().width() + _GAP for button in self._buttons]
        fits_all = sum(widths) <= room
        if not fits_all:
            room -= self._more.sizeHint().width() + _GAP
        used = 0
        for at, (button, width) in enumerate(zip(self._buttons, widths, strict=True)):
            used += width
            button.setVisible(fits_all or at == 0 or used <= room)
        self._more.setVisible(not fits_all)

    def _fixed_width(self) -> int:
        lead = self._lead.sizeHint().width() + 2 * _GAP
        strong = 0 if self._strong.isHidden() else self._strong.sizeHint().width() + _GAP
        note = 0
        if not self._rule.isHidden():
            width = self._note_row.sizeHint().width()
            note = (min(width, 420) if self._note_wraps else width) + 4 * _GAP  # and its rule
        return lead + strong + note + 2 * _GAP

    def _on_more_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button, item in zip(self._buttons, self._all(), strict=True):
            if button.isHidden():
                action = QAction(item.label, menu)
                if item.icon:
                    action.setIcon(icon(item.icon))
                action.setText(f"{item.label}\t{shown(item.key)}" if item.key else item.label)
                action.triggered.connect(item.handler)
                menu.addAction(action)
        above = QPoint(0, -menu.sizeHint().height() - 4)
        menu.popup(self._more.mapToGlobal(above))

    def _fit_height(self) -> None:
        self.setFixedHeight(tokens().sizes.action_bar)
        self._arrange()


def _counting(undo: ActionItem, seconds: int) -> str:
    """Return the words on the button; a screen reader is not told every second anew."""
    return f"{undo.label}（还剩 {seconds} 秒）"


def _plain(item: ActionItem) -> ActionItem:
    return replace(item, is_main=False)
