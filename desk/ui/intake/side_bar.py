"""The right side of the intake (旁栏): cards of advice, and what is offered besides an exit."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desk.ui.intake.level_card import LevelCard
from desk.ui.intake.offered_neighbours import OfferedNeighbours
from desk.ui.intake.repeat_card import RepeatCard
from desk.ui.intake.side import DraftsCard, VisitorCard
from desk.ui.keys import ActionKey, CaseKey, GlobalKey, RepeatKey
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import SidePanel
from desk.ui.widgets.composing import KeyShortcut


class SideBar(QWidget):
    """Drafts, the person, a possible repeat, the level; below them two ways on.

    Args:
        host: the screen in which the keys work.
        keeps_topics: whether the clerk may put cases into topics.

    Signals:
        keep_wanted: keep this one as a draft and take the next person (Ctrl+S).
        another_wanted: a further case of the same person (Alt+N).
    """

    keep_wanted = Signal()
    another_wanted = Signal()

    def __init__(
        self, host: QWidget, *, keeps_topics: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("提示")
        self.drafts, self.visitor = DraftsCard(), VisitorCard()
        self.neighbours = OfferedNeighbours()
        self.repeat, self.level = RepeatCard(keeps_topics=keeps_topics), LevelCard(host)
        self._build(host)

    def _build(self, host: QWidget) -> None:
        self.repeat.crowded.connect(lambda is_so: self.visitor.fold(is_folded=is_so))
        panel = SidePanel()
        say_state(panel, ground="clear")
        for card in (self.visitor, self.repeat, self.neighbours, self.level, self.drafts):
            panel.add_card(card)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(panel)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for words, key, signal in (
            ("暂存，接下一位", GlobalKey.KEEP_DRAFT, self.keep_wanted),
            ("还有别的困难吗", ActionKey.ANOTHER_CASE, self.another_wanted),
        ):
            button = KeyButton(words, key, parent=self)
            policy = button.sizePolicy()
            button.setSizePolicy(policy.Policy.Expanding, policy.Policy.Fixed)
            button.clicked.connect(signal)
            KeyShortcut(key, host).pressed.connect(button.click)
            buttons.addWidget(button, 1)
        keys: tuple[tuple[StrEnum, Callable[[], None]], ...] = (
            (ActionKey.APPELLANT, self.visitor.take_wanted.emit),
            (ActionKey.LINK_REPEAT, self.repeat.toggle),
            (RepeatKey.NO_REPEAT, self.repeat.say_other),
            (CaseKey.TOPIC, self.repeat.join),
            (GlobalKey.NEXT_HIT, self.repeat.go_on),
        )
        for stroke, handler in keys:
            KeyShortcut(stroke, host).pressed.connect(handler)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(scroll, 1)
        column.addLayout(buttons)
        self.set_margin(0)

    def set_margin(self, margin: int) -> None:
        """Leave so much room around what lies in a drawer."""
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(margin, margin, margin, margin)
