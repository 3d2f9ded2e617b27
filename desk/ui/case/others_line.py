"""The line that says who else has the case open (还有谁在看): for knowing, never in the way."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.queries.open_cases import Other
from desk.rules.moments import say_moment
from desk.ui.theme import say_state
from desk.ui.widgets.cards import text_label


class OthersLine(QWidget):
    """Names of colleagues at the same case; hidden while there are none."""

    def __init__(self, titles: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = titles
        self._words = text_label("", "label", wraps=True)
        say_state(self._words, state="accent")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 1)
        self.hide()

    def show_others(self, others: Sequence[Other], now: datetime) -> None:
        """Say who is there, since when, and what each of them is writing."""
        words = say_others(others, self._titles, now)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def words(self) -> str:
        """Return what is said, or nothing."""
        return "" if self.isHidden() else self._words.text()


def say_others(others: Sequence[Other], titles: Mapping[str, str], now: datetime) -> str:
    """Return who else has the case open, in words."""
    doing = {
        one.name: f"正在写“{titles[one.writing]}”" if one.writing in titles else ""
        for one in others
    }
    if len(others) == 1:
        (one,) = others
        since = say_moment(one.since, seen_at=now)
        rest = f"，{doing[one.name]}" if doing[one.name] else ""
        return f"{one.name} 也打开了这件（{since} 起）{rest}。"
    named = [f"{name}（{words}）" if words else name for name, words in doing.items()]
    return f"{'、'.join(named)} 也打开了这件。" if named else ""
