"""The trail about oneself (关于我的留痕): what I did, what was done to my account, who looked.

Everybody finds it behind his own name at the foot of the navigation.
"""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.trail import Trail, own_trail
from desk.ui.audit.trail_table import TrailTable
from desk.ui.desk import Desk
from desk.ui.keys import ListKey
from desk.ui.screen import Screen
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionBar, ActionItem
from desk.ui.widgets.cards import Card, text_label

_STEP = 200
_WHAT = "您做过的、对您的账号和岗位做过的、别人查看您所登记诉求人联系方式的，都在这里，谁也改不了。"


class TrailScreen(Screen):
    """One table, newest on top."""

    title = "关于我的留痕"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._most = _STEP
        self.table = TrailTable("关于我的留痕")
        self.bar = ActionBar(self)
        sizes = tokens().sizes
        card = Card()
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self.table)
        page = QVBoxLayout()
        page.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
        page.setSpacing(sizes.gutter)
        page.addWidget(text_label(_WHAT, "label", wraps=True))
        page.addWidget(card, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(page, 1)
        whole.addWidget(self.bar)
        self.bar.hide()

    def arrive(self) -> None:
        """Read the newest lines; the keyboard is in the table."""
        self._ask()
        self.table.setFocus()

    def help_page(self) -> str:
        """Return the handbook page on the log."""
        return "audit"

    def _ask(self) -> None:
        query = partial(own_trail, most=self._most)
        self.desk.ask(query, owner=self, done=self._show)

    def _show(self, trail: Trail) -> None:
        self.table.set_lines(trail.lines)
        more = "，还有更早的" if trail.has_more else ""
        self.subtitle_changed.emit(f"{len(trail.lines)} 条{more}")
        items = [ActionItem("看更早的", ListKey.LAST, self._show_more)] if trail.has_more else []
        self.bar.set_items(items)
        self.bar.setVisible(bool(items))

    def _show_more(self) -> None:
        self._most += _STEP
        self._ask()
