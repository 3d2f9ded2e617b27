"""Takes a picture of every screen of the demo street, each with the person who works on it."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desk.cli.scenes import CALM, LOOK_MS, Shot
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
_LONGEST = 250  # looks; a screen that never comes to rest is taken as it is
_MORNING = time(10, 16)


def photograph(folder: Path) -> list[Path]:
    """Save a picture of every screen into `folder` and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(["case-desk"])
    assert isinstance(app, QApplication)  # noqa: S101 - nothing else makes one here
    speak_chinese(app)
    apply_theme(app, "light")
    with tempfile.TemporaryDirectory(prefix="case-desk-pictures-") as home:
        url = f"sqlite:///{(Path(home) / 'demo.db').as_posix()}"
        today = _last_working_day(in_shanghai(machine_now()).date())
        now = in_utc(datetime.combine(today, _MORNING, SHANGHAI))
        build_demo(url, cases=CASES, per_day=PER_DAY, now=now)
        studio = Studio(url, now, folder)
        studio.finished = app.quit
        QTimer.singleShot(0, studio.begin)
        app.exec()
        studio.close()
        return studio.pictures


def _last_working_day(day: date) -> date:
    calendar = built_in_calendar()
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


class Studio(QObject):
    """Goes from shot to shot; a picture is taken once nothing is under way any more."""

    def __init__(self, url: str, now: datetime, folder: Path) -> None:
        super().__init__()
        self._url, self._now, self._folder = url, now, folder
        self._tasks = Tasks(self)
        self._frame = Frame()
        self._windows: dict[str, MainWindow] = {}
        self._shots: Iterator[Shot] = iter(SHOTS)
        self._shot = SHOTS[0]
        self._calm = self._looks = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.pictures: list[Path] = []
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
        self._shot, self._calm, self._looks = shot, 0, 0
        window = self._window(shot.login)
        self._frame.front(window)
        if window.pages.go(shot.page) is None:
            self._next()  # this person has no such page
        elif shot.prepare is not None:
            QTimer.singleShot(LOOK_MS * 4, partial(shot.prepare, window))

    def _look(self) -> None:
        self._looks += 1
        self._calm = (
            0 if self._tasks.is_busy or self._looks <= self._shot.patience else self._calm + 1
        )
        if self._calm >= CALM or self._looks >= _LONGEST:
            if not self._shot.with_reminders:  # else every page of the handbook had them
                self._windows[self._shot.login].messages.bundle.put_away()
            self._save(self._shot.name)
            self._next()

    def _save(self, name: str) -> None:
        """Save the window in front: a preview or the handbook, else the program's own."""
        picture = self._folder / f"{name}.png"
        above = [
            widget
            for widget in QApplication.topLevelWidgets()
            if widget.isVisible() and widget is not self._frame and widget.width() > _NARROW
        ]
        (above[0] if above else self._frame).grab().save(str(picture))
        self.pictures.append(picture)
        for widget in above:
            widget.close()

    def _window(self, login: str) -> MainWindow:
        if login not in self._windows:
            database = sign_in(self._url, login, DEMO_PASSWORD, clock=lambda: self._now)
            desk = Desk(database, self._tasks, self)
            self._windows[login] = MainWindow(desk, database.read(start))
        return self._windows[login]
