"""Python's garbage is collected in the GUI thread only (内存回收).

Left to itself, Python collects in whatever thread happens to allocate; a worker that frees a
circle of widgets destroys them outside the GUI thread, and the process dies.
"""

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

_EVERY_MS = 3_000


class Collector(QObject):
    """Collects by Python's own thresholds, but only from a timer of the GUI thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # the program itself is no garbage: looking through it would hold up the keys
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the generations that are due."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [at for at in range(len(counts)) if counts[at] > thresholds[at]]
        if due:
            gc.collect(due[-1])


def collect_in_gui_thread() -> None:
    """Move the collection into the GUI thread, once for the life of the application."""
    app = QCoreApplication.instance()
    if app is not None and not any(isinstance(child, Collector) for child in app.children()):
        Collector(app)
