"""One export on its way (正在导出): how far it is; it can be stopped before anything is out."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton

from desk.ui.desk import Stop


class ExportRun(QObject):
    """Hears in the background how many rows were read, and stops it when the button is pressed.

    Signals:
        moved: so many rows so far.
    """

    moved = Signal(int)

    def __init__(
        self, export: QAbstractButton, halt: QAbstractButton, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._export, self._halt = export, halt
        self._stop = Stop()
        halt.clicked.connect(self._on_halt)
        self.end()

    def begin(self) -> Stop:
        """Return by what the read that begins now can be ended."""
        self._stop = Stop()
        self._export.setEnabled(False)
        self._halt.show()
        return self._stop

    def end(self) -> None:
        """Offer to begin another one."""
        self._export.setEnabled(True)
        self._halt.hide()

    @property
    def was_stopped(self) -> bool:
        """Whether somebody has stopped it."""
        return self._stop.is_stopped

    def told(self, rows: int) -> None:
        """Pass on how many rows there are; called in the background.

        Raises:
            NoLongerWanted: somebody has stopped it.
        """
        self._stop.require_wanted()
        self.moved.emit(rows)

    def _on_halt(self) -> None:
        self._stop.stop()
