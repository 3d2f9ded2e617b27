"""An empty station (没有要办的): one sentence, and for scans the choice of their folder."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.queries.last_mile import Station
from desk.settings import change_settings
from desk.ui.file_choice import choose_folder
from desk.ui.last_mile.rows import EMPTY
from desk.ui.last_mile.scan_watch import ScanWatch
from desk.ui.widgets.cards import EmptyState

_NO_FOLDER = "还没有设扫描件文件夹。设好以后，扫描件放进去就会按二维码自动归到各件。"
_ALL_KNOWN = "没有要人认的扫描件。放进“{folder}”的会按二维码自动归件。"
_SET = "已设好。放进“{folder}”的扫描件会自动归件。"


class MileEmpty(EmptyState):
    """Says that nothing waits at a station.

    Signals:
        said: a sentence for the status line.
    """

    said = Signal(str)

    def __init__(self, watch: ScanWatch, parent: QWidget | None = None) -> None:
        super().__init__("", "选扫描件文件夹…", parent=parent)
        self._watch = watch
        self.pressed.connect(self.choose)

    def show_station(self, station: Station | None) -> None:
        """Say what does not wait here; None for the scans."""
        folder = self._watch.folder
        if self.button is not None:
            self.button.setVisible(station is None)
        if station is not None:
            self.set_sentence(EMPTY[station])
        else:
            self.set_sentence(_ALL_KNOWN.format(folder=folder) if folder else _NO_FOLDER)

    def choose(self) -> None:
        """Let the clerk choose the folder of this workstation."""
        choose_folder(self, "扫描件放在哪个文件夹", self.take_folder)

    def take_folder(self, folder: Path) -> None:
        """Watch a folder from now on."""
        change_settings(scan_folder=str(folder))
        self._watch.watch(str(folder))
        self.show_station(None)
        self.said.emit(_SET.format(folder=folder))
