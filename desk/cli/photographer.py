"""Takes a picture of every screen of the demo street, each with the person who works on it."""

import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desk.cli.scenes import CALM, LOOK_MS, Prepare, Shot
from desk.cli.shots import SHOTS
from desk.clock import machine_now
from desk.demo.build import build_demo
from desk.demo.street import DEMO_PASSWORD
from desk.queries.start import start
from desk.rules.moments import SHANGHAI, in_shanghai, in_utc
from desk.rules.working_days import built_in_calendar
from desk.store.signing_in import sign_in
from desk.ui.chinese import speak_chinese
from desk.ui.desk import Desk
from desk.ui.frame import Frame
from desk.ui.main_window import MainWindow
from desk.ui.setup.screen import SetupScreen
from desk.ui.sign_in import SignInPage
from desk.ui.tasks import Tasks
from desk.ui.theme import apply_theme

CASES, PER_DAY = 700, 32  # three weeks of a busy street
_NARROW = 300  # tool tips and menus are no pictures of their own
_LONGEST = 500  # looks; a screen that never comes to rest is taken as it is
_MORNING = time(10, 16)


@dataclass(frozen=True, slots=True)
class Album:
    """What was photographed.

    Attributes:
        missed: the names of shots on which the panel or dialog was not to be seen.
    """

    pictures: tuple[Path, ...]
    missed: tuple[str, ...]


def photograph(folder: Path, only: Collection[str] = ()) -> Album:
    """Save a picture of every screen into `folder`, or of those that are named."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(["case-desk"])
    assert isinstance(app, QApplication)  # noqa: S101 - nothing else makes one here
    speak_chinese(app)
    apply_theme(app, "light")
    with tempfile.TemporaryDirectory(prefix="case-desk-pictures-") as home:
        # what is typed for a picture is kept as a draft: not among those of whoever sits here
        os.environ |= {"XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home}
        url = f"sqlite:///{(Path(home) / 'demo.db').as_posix()}"
        today = _last_working_day(in_shanghai(machine_now()).date())
        now = in_utc(datetime.combine(today, _MORNING, SHANGHAI))
        build_demo(url, cases=CASES, per_day=PER_DAY, now=now)
        studio = Studio(url, now, folder, [one for one in SHOTS if not only or one.name in only])
        studio.finished = app.quit
        QTimer.singleShot(0, studio.begin)
        app.exec()
        studio.close()
        return Album(tuple(studio.pictures), tuple(studio.missed))


def _last_working_day(day: date) -> date:
    calendar = built_in_calendar()
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


class Studio(QObject):
    """Goes from shot to shot; a picture is taken once nothing is under way any more."""

    def __init__(self, url: str, now: datetime, folder: Path, shots: Sequence[Shot]) -> None:
        super().__init__()
        self._url, self._now, self._folder = url, now, folder
        self._tasks = Tasks(self)
        self._frame = Frame()
        self._windows: dict[str, MainWindow] = {}
        self._shots: Iterator[Shot] = iter(shots)
        self._shot = shots[0]
        self._scene: Iterator[None] | None = None
        self._calm = self._looks = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.pictures: list[Path] = []
        self.missed: list[str] = []
        self.finished: Callable[[], None] = lambda: None

    def begin(self) -> None:
        """Take the sign-in page first, then the shots."""
        page = SignInPage()
        page.set_hall("青榕街道", "青榕街道群众诉求服务大厅")
        page.set_moment(self._now)
        page.offer("1001")
        self._frame.front(page)
        self._frame.show()
        self._save("sign-in")
        self._frame.front(SetupScreen(self._tasks))
        self._save("set-up")
        self._next()
        self._timer.start()

    def close(self) -> None:
        """Let go of windows and connections."""
        self._timer.stop()
        for window in self._windows.values():
            window.rest()
        self._tasks.finish()
        for window in self._windows.values():
            window.desk.close()
        self._frame.close()

    def _next(self) -> None:
        shot = next(self._shots, None)
        if shot is None:
            self._timer.stop()
            self.finished()
            return
        self._shot, self._calm, self._looks, self._scene = shot, 0, 0, None
        window = self._window(shot.login)
        self._frame.front(window)
        if window.pages.go(shot.page) is None:
            self._next()  # this person has no such page
        elif shot.prepare is not None:
            QTimer.singleShot(LOOK_MS * 4, partial(self._prepare, shot.prepare, window))

    def _prepare(self, scene: Prepare, window: MainWindow) -> None:
        self._scene = scene(window)

    def _look(self) -> None:
        self._looks += 1
        self._calm = (
            0 if self._tasks.is_busy or self._looks <= self._shot.patience else self._calm + 1
        )
        if self._calm >= CALM and self._scene is not None:
            self._calm = self._looks = 0
            if next(self._scene, self) is self:  # it has come to its end
                self._scene = None
        elif self._calm >= CALM or self._looks >= _LONGEST:
            if not self._shot.with_reminders:  # else every page of the handbook had them
                self._windows[self._shot.login].messages.bundle.put_away()
            self._save(self._shot.name, self._shot.shows)
            self._next()

    def _save(self, name: str, shows: type[QWidget] | None = None) -> None:
        """Save the window in front: a preview or the handbook, else the program's own."""
        picture = self._folder / f"{name}.png"
        above = [
            widget
            for widget in QApplication.topLevelWidgets()
            if widget.isVisible() and widget is not self._frame and widget.width() > _NARROW
        ]
        front = above[0] if above else self._frame
        front.grab().save(str(picture))
        if shows is not None and not _is_in(front, shows):
            self.missed.append(name)
        self.pictures.append(picture)
        for widget in above:
            widget.close()

    def _window(self, login: str) -> MainWindow:
        if login not in self._windows:
            database = sign_in(self._url, login, DEMO_PASSWORD, clock=lambda: self._now)
            desk = Desk(database, self._tasks, self)
            self._windows[login] = MainWindow(desk, database.read(start))
        return self._windows[login]


def _is_in(front: QWidget, kind: type[QWidget]) -> bool:
    """Tell whether the panel or dialog that a picture is of can be seen in it."""
    return any(type(one) is kind and one.isVisible() for one in (front, *front.findChildren(kind)))
