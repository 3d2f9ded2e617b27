"""What is done from the page 督办: the panels of supervising and urging, the paper, the case."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.queries.case_file import CaseFile
from desk.rules.deeds import Deed
from desk.ui.case.deed_panel import DeedPanel
from desk.ui.case.deeds import PANELS, Way, ways_now
from desk.ui.case.panel_host import PanelHost
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.preview import open_preview
from desk.ui.printing import papers_of
from desk.ui.widgets.action_bar import ActionItem

_DEEDS = frozenset(
    {
        Deed.TAKE_SUPERVISION,
        Deed.REPORT_SUPERVISION,
        Deed.DECIDE_SUPERVISION,
        Deed.SUPERVISE,
        Deed.EXPLAIN_URGING,
        Deed.URGE,
    }
)


class SteeringWork(QObject):
    """Offers and does what fits the case on show.

    Signals:
        said: a sentence for the status line.
        case_wanted: open the case; carries its id.
        done: a deed was done.
    """

    said = Signal(str)
    case_wanted = Signal(object)
    done = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.host = PanelHost(desk)
        self._file: CaseFile | None = None
        self._first: tuple[Deed, ...] = ()
        self._paper: int | None = None
        self.host.done.connect(self._on_done)

    def take(self, file: CaseFile | None, first: tuple[Deed, ...] = ()) -> None:
        """Work on this case from now on.

        Args:
            first: what Enter does, the next step in front.
        """
        self._file, self._first = file, first
        ahead = next(iter(file.steering.supervisions), None) if file is not None else None
        self._paper = ahead.paper_id if ahead is not None else None

    def items(self) -> list[ActionItem]:
        """Return what is offered now."""
        file, items = self._file, list[ActionItem]()
        if file is None:
            return items
        for way in self._ways():
            is_next = bool(self._first) and way.deed is self._next()
            items.append(
                ActionItem(
                    way.label,
                    way.key,
                    partial(self._open, way),
                    way.icon,
                    is_main=is_next and self.host.panel is None,
                    spoken=f"{way.label}，列表里按 Enter" if is_next else "",
                )
            )
        if self._paper is not None:
            items.append(ActionItem("打印督办单", GlobalKey.PRINT, self._print, "print"))
        opens = partial(self.case_wanted.emit, file.id)
        return [*items, ActionItem("打开案件卷", GlobalKey.OPEN_FILE, opens, is_quiet=True)]

    def act(self) -> None:
        """Open the panel of what comes next; where nothing does, the case file."""
        way = next((one for one in self._ways() if one.deed is self._next()), None)
        if way is not None:
            self._open(way)
        elif self._file is not None:
            self.case_wanted.emit(self._file.id)

    def preview(self) -> None:
        """Look at the paper of the supervision."""
        if self._paper is None:
            self.said.emit("这一件没有督办单可看。")
        else:
            open_preview(self._desk, self._paper, self._page)

    def _ways(self) -> list[Way]:
        if self._file is None:
            return []
        ways = [way for way in ways_now(self._file, self._desk.person) if way.deed in _DEEDS]
        return sorted(ways, key=lambda way: way.deed is not self._next())

    def _next(self) -> Deed | None:
        if self._file is None:
            return None
        there = {way.deed for way in ways_now(self._file, self._desk.person)}
        return next((deed for deed in self._first if deed in there), None)

    def _open(self, way: Way) -> None:
        if self._file is not None:
            self.host.open(PANELS[way.deed], self._file, way.option)

    def _print(self) -> None:
        if self._paper is not None:
            papers_of(self._desk).print_paper(self._paper, owner=self)

    def _on_done(self, panel: DeedPanel, changes: Any) -> None:
        self.said.emit(f"{changes.title}，已记下。")
        papers_of(self._desk).settle(panel.file.id)
        self.done.emit()
