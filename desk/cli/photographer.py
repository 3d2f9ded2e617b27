"""Takes a picture of every screen of the demo street, each with the person who works on it."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from sqlalchemy import select

from desk.cli.attachment_scenes import compare_photos, mask_photo
from desk.clock import machine_now
from desk.demo.build import build_demo
from desk.demo.street import DEMO_PASSWORD
from desk.queries.start import start
from desk.rules.codes import CaseStatus
from desk.rules.moments import SHANGHAI, in_shanghai, in_utc
from desk.rules.working_days import built_in_calendar
from desk.store.database import Reader
from desk.store.models import Case, Paper
from desk.store.signing_in import sign_in
from desk.ui.admin_screen import AdminScreen
from desk.ui.chinese import speak_chinese
from desk.ui.desk import Desk
from desk.ui.frame import Frame
from desk.ui.main_window import MainWindow
from desk.ui.preview import open_preview
from desk.ui.setup.screen import SetupScreen
from desk.ui.sign_in import SignInPage
from desk.ui.tasks import Tasks
from desk.ui.theme import apply_theme
from desk.ui.widgets.action_bar import ActionBar

CASES, PER_DAY = 700, 32  # three weeks of a busy street
_CALM = 3  # looks in a row without work under way before the picture is taken
_LOOK_MS = 120
_NARROW = 300  # tool tips and menus are no pictures of their own
_LONGEST = 250  # looks; a screen that never comes to rest is taken as it is
_MORNING = time(10, 16)
_WORDS = (
    "7 栋电梯从上周四晚上起反复停在 3、4 层之间，昨天傍晚又困住一名带孩子的住户约二十分钟，"
    "物业说已报修但没有给出时间。楼里有三位坐轮椅的老人出不了门。请求尽快修好。"
)
Prepare = Callable[[MainWindow], None]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: who sits there, which page, and what is done before."""

    name: str
    login: str
    page: str
    prepare: Prepare | None = None
    patience: int = 2 * _CALM  # looks before calm counts: what is prepared must have begun


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
        self._timer = QTimer(self, interval=_LOOK_MS)
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
            QTimer.singleShot(_LOOK_MS * 4, partial(shot.prepare, window))

    def _look(self) -> None:
        self._looks += 1
        self._calm = (
            0 if self._tasks.is_busy or self._looks <= self._shot.patience else self._calm + 1
        )
        if self._calm >= _CALM or self._looks >= _LONGEST:
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


def _fill_intake(window: MainWindow) -> None:
    """Type as a clerk would: into the first fields in reading order."""
    page = window.pages.front
    if page is None:
        return
    for name, words in (
        ("电话", "13800000023"),
        ("诉求人", "陈桂芳"),
        ("地址", "榕荫里小区 7 栋 2 单元 401"),
    ):
        field = _field(page, name)
        if isinstance(field, QLineEdit):
            field.setFocus()
            field.insert(words)
    text = _field(page, "诉求内容")
    if isinstance(text, QPlainTextEdit | QTextEdit):
        text.setFocus()
        text.insertPlainText(_WORDS)


def _field(page: QWidget, name: str) -> QWidget | None:
    for kind in (QLineEdit, QPlainTextEdit, QTextEdit):
        for field in page.findChildren(kind):
            if field.accessibleName().startswith(name) and field.isVisible():
                return field
    return None


def _open_one(status: CaseStatus) -> Prepare:
    def opened(reader: Reader) -> int | None:
        return reader.session.scalar(
            select(Case.id)
            .where(Case.status == status, Case.street_id == reader.person.street_id)
            .order_by(
                (Case.handler_id == reader.person.staff_id).desc(),
                Case.received_at.desc(),
            )
            .limit(1)
        )

    def prepare(window: MainWindow) -> None:
        window.desk.ask(
            opened,
            owner=window,
            done=lambda case: window.pages.open_case(case) if case else None,
        )

    return prepare


def _with_panel(status: CaseStatus, action: str) -> Prepare:
    """Open a case of this status, then the panel of one action."""
    open_case = _open_one(status)

    def prepare(window: MainWindow) -> None:
        open_case(window)
        QTimer.singleShot(_LOOK_MS * 12, press)

    def press() -> None:
        for bar in _bars():
            if action in bar.labels():
                bar.press(action)
                return

    return prepare


def _bars() -> list[ActionBar]:
    return [
        bar
        for window in QApplication.topLevelWidgets()
        for bar in window.findChildren(ActionBar)
        if bar.isVisible()
    ]


def _short_call(window: MainWindow) -> None:
    window.pages.open_short_call()


def _help(window: MainWindow) -> None:
    window.open_help()


def _section(title: str) -> Prepare:
    def prepare(window: MainWindow) -> None:
        page = window.pages.front
        if isinstance(page, AdminScreen):
            page.show_section(title)

    return prepare


def _preview(window: MainWindow) -> None:
    """Preview the newest signed opinion."""

    def newest(reader: Reader) -> int | None:
        return reader.session.scalar(
            select(Paper.id)
            .where(Paper.code == "opinion-notice")
            .order_by(Paper.id.desc())
            .limit(1)
        )

    def opened(paper: int | None) -> None:
        if paper is not None:
            open_preview(window.desk, paper, window)

    window.desk.ask(newest, owner=window, done=opened)


def _search(window: MainWindow) -> None:
    window.palette_box.open_for("电梯")


SHOTS: tuple[Shot, ...] = (
    Shot("start-clerk", "1001", "start"),
    Shot("intake", "1001", "intake", _fill_intake),
    Shot("palette", "1001", "start", _search),
    Shot("short-call", "1001", "intake", _short_call),
    Shot("follow-up", "1001", "followup"),
    Shot("start-dispatcher", "1004", "start"),
    Shot("board", "1004", "board"),
    Shot("case-handling", "1004", "case", _open_one(CaseStatus.HANDLING)),
    Shot("case-received", "1004", "case", _open_one(CaseStatus.RECEIVED)),
    Shot("case-dispatch", "1004", "case", _with_panel(CaseStatus.RECEIVED, "分拨"), 25),
    Shot("case-finish", "1007", "case", _with_panel(CaseStatus.HANDLING, "办理完毕"), 25),
    Shot("attachments", "1004", "case", compare_photos, 40),
    Shot("attachments-brush", "1004", "case", mask_photo, 40),
    Shot("preview", "1004", "board", _preview),
    Shot("start-handler", "1007", "start"),
    Shot("case-opinion", "1004", "case", _open_one(CaseStatus.FOLLOW_UP)),
    Shot("sign-off", "1013", "signoff"),
    Shot("start-leader", "1013", "start"),
    Shot("start-community", "1016", "start"),
    Shot("start-inspector", "1015", "start"),
    Shot("start-office", "1005", "start"),
    Shot("case-write-opinion", "1007", "case", _with_panel(CaseStatus.OPINION, "意见书"), 25),
    Shot("help", "1001", "start", _help),
    *(
        Shot(f"admin-{name}", "9001", "admin", _section(title))
        for name, title in (
            ("units", "单位"),
            ("staff", "人员"),
            ("places", "小区地址"),
            ("categories", "类别"),
            ("letterheads", "抬头"),
            ("limits", "时限规则"),
            ("settings", "设置"),
            ("layouts", "文书版式"),
            ("copies", "备份与恢复"),
            ("health", "体检"),
            ("machine", "本机"),
        )
    ),
)
