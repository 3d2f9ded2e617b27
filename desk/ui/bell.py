"""What was said today (铃铛): every reminder with its time and case; Enter opens the case."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.rules.moments import in_shanghai
from desk.ui.desk import Desk
from desk.ui.messages import Messages, Said
from desk.ui.palette_rows import PaletteRow
from desk.ui.search_box import SearchBox

_WIDTH = 640
_HINT = "写编号或几个字可以筛；Enter 打开那一件，Esc 关闭。"
_NOTHING = "今天还没有提醒。"
_NONE_FITS = "没有这样的提醒。请换个说法，或清空再看全部。"


class BellBox(SearchBox):
    """The reminders of today, newest first; looking at them counts as having read them.

    Signals:
        case_wanted: a reminder's case was chosen; carries its id.
    """

    case_wanted = Signal(object)

    def __init__(self, desk: Desk, messages: Messages, host: QWidget) -> None:
        super().__init__(host, "今天的提醒", _WIDTH)
        self._desk, self._messages = desk, messages
        self._today: tuple[Said, ...] = ()

    def open_bell(self) -> None:
        """Show what was said today."""
        self._today = tuple(self._messages.read_all(self._desk.now()))
        self.appear("")
        self.cleared()

    def cleared(self) -> None:
        """Show all of it."""
        self._show(self._today, _NOTHING)

    def search(self, text: str) -> None:
        """Show what has all these words in it."""
        words = text.split()
        fits = tuple(
            said
            for said in self._today
            if all(w in f"{said.sentence} {said.detail}" for w in words)
        )
        self._show(fits, _NONE_FITS)

    def choose(self, row: int) -> None:
        """Open the case of a reminder; one about no case is only read."""
        rows = self.rows()
        if 0 <= row < len(rows):
            rows[row].carry_out()

    def _show(self, said: tuple[Said, ...], nothing: str) -> None:
        self.show_rows([self._row(one) for one in said])
        self.say(_HINT if said else nothing)

    def _row(self, said: Said) -> PaletteRow:
        at = f"{in_shanghai(said.at):%H:%M}"
        if said.case_id is None:
            return PaletteRow(at, said.sentence, "", said.detail)
        leads = partial(self._open_case, said.case_id)
        return PaletteRow(at, said.sentence, "", said.detail, carry_out=leads)

    def _open_case(self, case_id: int) -> None:
        self.before = None
        self.put_away()
        self.case_wanted.emit(case_id)


def _has_all(said: Said, words: list[str]) -> bool:
    return all(word in f"{said.sentence} {said.detail}" for word in words)
