"""The program from its first window to its last (程序): who is in, who is locked out."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from desk.away_desk import AwayDesk
from desk.clock import machine_now
from desk.entry import Entry
from desk.logs import log_error
from desk.rules.errors import DeskError
from desk.settings import change_settings, data_folder, load_settings
from desk.ui.crash_dialog import CrashDialog
from desk.ui.frame import Frame
from desk.ui.idle import IdleWatch
from desk.ui.scanner import Scanner
from desk.ui.sign_in import SignInPage
from desk.ui.tasks import Lane, Tasks
from desk.ui.tray import Tray

if TYPE_CHECKING:  # these bring in SQLAlchemy, which the first window does not wait for
    from desk.door import Entered
    from desk.outlook import Outlook
    from desk.set_up import SetUp
    from desk.ui.desk import Desk
    from desk.ui.main_window import MainWindow

_DEMO_HINT = (
    "演示街道：工号 1001 窗口、1004 信联办、1006 承办、1013 领导、9001 管理，密码都是 qingrong1"
)
_FIRST_OF_DEMO = "1001"
_READ_AHEAD = (
    "desk.door",
    "desk.ui.main_window",
    "desk.ui.start_page",
    "desk.ui.intake_screen",
    "desk.ui.board_screen",
    "desk.ui.case_screen",
    "pypinyin",  # its tables; the first list to choose from would wait for them
)


class Program(QObject):
    """Puts the parts together; every step with the database happens in the background."""

    def __init__(self, url: str, *, is_demo: bool = False) -> None:
        super().__init__()
        self._url, self._is_demo = url, is_demo
        self.tasks = Tasks(self)
        self.frame = Frame()
        self.page = SignInPage()
        self.window: MainWindow | None = None
        self.set_up: SetUp | None = None
        self._desk: Desk | None = None
        self._hint = ""  # at the foot of the page where no draft waits
        self._entry = Entry(self.page, self.tasks, url, self)
        self._away = AwayDesk(self.frame, self.tasks, self)
        self._idle, self._scanner = IdleWatch(self), Scanner(self)
        self._tray = Tray(self)
        self._clock = QTimer(self, interval=1000)
        self._connect()

    def start(self) -> None:
        """Show the window at once, then open the database behind it."""
        settings = load_settings()
        self.page.set_hall("", settings.hall_name)
        self._on_tick()
        self.frame.front(self.page)
        self.frame.show()
        self.page.offer(settings.last_login)
        self.page.say("正在打开数据库。")
        self._clock.start()
        look = partial(_look, self._url, is_demo=self._is_demo)
        self.tasks.run(look, owner=self, done=self._on_outlook, failed=self._on_failure)

    def stop(self) -> None:
        """Let go of everything; half-written forms are on the disk."""
        self._clock.stop()
        self._idle.stop()
        self._scanner.stop()
        if self.window is not None:
            self.window.close_down()
        self._away.rest()
        self._tray.remove()
        self.tasks.finish()
        self._away.leave()
        if self._desk is not None:
            self._desk.close()

    def lock(self) -> None:
        """Hide all work and drop the connections; the pages stay as they are behind."""
        name = self._away.name
        if self._away.is_open:
            self._away.rest()
        elif self._desk is None or self.window is None:
            return
        else:
            name = self._desk.person.name
            self.window.rest()
            self.frame.hide_others()
            self._desk.leave()
        self._idle.stop()
        self._on_tick()
        self._clock.start()
        self.frame.front(self.page)
        self._show_drafts()
        self.page.offer(load_settings().last_login, locked_for=name)

    def _connect(self) -> None:
        self._entry.came_in.connect(self._on_came_in)
        self.frame.closing.connect(self.stop)
        self.tasks.broke.connect(self._on_broke)
        self._idle.idle.connect(self.lock)
        self._away.sign_in_wanted.connect(self.lock)
        scanner, give = self._scanner, self._give
        scanner.scanned.connect(partial(give, lambda window, case: window.pages.open_case(case)))
        scanner.paper_scanned.connect(
            partial(give, lambda window, paper: window.pages.open_paper(paper))
        )
        scanner.card_read.connect(partial(give, _take_card))
        scanner.has_form = lambda: self.window is not None and _takes_card(self.window)
        self._clock.timeout.connect(self._on_tick)
        self._tray.pressed.connect(self.frame.come_forward)

    def _on_failure(self, error: DeskError) -> None:
        self.page.set_waiting(waiting=False)
        self.page.say(str(error))

    def _on_outlook(self, outlook: "Outlook") -> None:
        self._url = self._entry.url = outlook.url
        self.page.say("")
        if not outlook.is_founded:
            self._begin_set_up()
            return
        self._show_hall(outlook.street, outlook.hall)
        self.tasks.run(_read_ahead, owner=self, done=lambda _: None, lane=Lane.PAPER)
        if outlook.is_demo:
            self._hint = _DEMO_HINT
            if not self.page.login.text():
                self.page.offer(_FIRST_OF_DEMO)
        else:
            copy = partial(_daily_copy, outlook.url)
            self.tasks.run(
                copy, owner=self, done=self._on_copied, failed=self._on_no_copy, lane=Lane.PAPER
            )
        self._show_drafts()

    def _begin_set_up(self) -> None:
        self.set_up = import_module("desk.set_up").SetUp(self.tasks, self._url, self)
        self.set_up.done.connect(self._on_set_up)
        self.frame.front(self.set_up.screen)
        self.set_up.screen.show_step(0)  # now that it is seen, the caret can stand in a field

    def _on_set_up(self, outlook: "Outlook", login: str, sentence: str) -> None:
        if self.set_up is not None:
            self.frame.front(self.page)
            self.frame.drop(self.set_up.screen)
            self.set_up.deleteLater()
            self.set_up = None
        self.page.offer(login)
        self._on_outlook(outlook)
        self.page.say(sentence)

    def _on_came_in(self, entered: "Entered") -> None:
        self._show_hall(entered.start.street, entered.start.hall)
        self._idle.start(entered.start.lock_minutes)
        if entered.is_away:
            self._clock.stop()
            self._away.open(entered)
            return
        self._away.leave()
        person = entered.database.person
        if self._desk is not None and self._desk.person.staff_id == person.staff_id:
            self._desk.renew(entered.database)
            self.frame.show_others()
        else:
            self._leave_for_good()
            self._make_window(entered)
        if self.window is None or self._desk is None:
            return
        self.window.wake()
        self.frame.front(self.window)
        self._clock.stop()
        for words in filter(None, (entered.database.fit.banner, entered.start.password_words)):
            self.window.messages.say(words, self._desk.now(), state="near", stays=True)
        change_settings(last_login=self.page.login.text().strip(), hall_name=entered.start.hall)

    def _make_window(self, entered: "Entered") -> None:
        desk_module = import_module("desk.ui.desk")
        window_module = import_module("desk.ui.main_window")
        drafts_of = import_module("desk.ui.drafts").drafts_of
        self._desk = desk_module.Desk(entered.database, self.tasks, self)
        drafts_of(self._desk).kept.connect(lambda _at: self._show_drafts())
        self.window = window_module.MainWindow(self._desk, entered.start)
        pages = import_module("desk.ui.pages").reached_pages_of(self._desk.person)
        ahead = import_module("desk.ui.loading_ahead").LoadingAhead
        ahead(pages, self.window.pages.make_ahead, self.window)
        self.frame.may_close = self.window.work_news.may_close
        self.window.lock_asked.connect(self.lock)
        self.window.full_screen_asked.connect(self.frame.toggle_full_screen)
        self.window.reminders.counted.connect(self.frame.set_tally)
        self.window.reminders.counted.connect(self._tray.show_tally)

    def _leave_for_good(self) -> None:
        """Close what the person before has left open; drafts of his stay for him."""
        self.frame.close_others()
        if self.window is not None:
            self.window.close_down()
            self.frame.drop(self.window)
            self.window = None
        if self._desk is not None:
            self._desk.leave()
            self._desk.deleteLater()
            self._desk = None

    def _give(self, take: Callable[["MainWindow", Any], None], found: object) -> None:
        """Give what was scanned to the window, if somebody works in it."""
        if self.window is not None and self.window.isVisible():
            take(self.window, found)

    def _on_tick(self) -> None:
        self.page.set_moment(machine_now())

    def _on_broke(self, error: BaseException) -> None:
        log_error(error)
        if self._desk is not None:  # what is half written is on the disk before anything else
            import_module("desk.ui.drafts").drafts_of(self._desk).flush()
        self.page.set_waiting(waiting=False)
        if self.window is None:
            self.page.say("这一步没有做成，报告在弹出的窗口里。")
        CrashDialog(self.frame, error).open()

    def _on_copied(self, made: str) -> None:
        if made and self.window is not None:
            self.window.messages.note(made)

    def _on_no_copy(self, error: DeskError) -> None:
        self.page.say(f"今天的备份没有做成：{error}")

    def _show_hall(self, street: str, hall: str) -> None:
        self.page.set_hall(street, hall)
        self.frame.set_hall(hall)

    def _show_drafts(self) -> None:
        """Count again whenever one was written: the last one lands while the page comes up."""
        if self.page.isVisible():
            number = len(list((data_folder() / "drafts").glob("*.json")))
            waiting = f"本机有 {number} 份没写完的草稿，登录后接着写。"
            self.page.set_foot(waiting if number else self._hint)


def _look(url: str, *, is_demo: bool) -> "Outlook":
    outlook: Outlook = (
        import_module("desk.first_day").look_at_demo()
        if is_demo
        else import_module("desk.outlook").look(url)
    )
    return outlook


def _takes_card(window: "MainWindow") -> bool:
    return bool(import_module("desk.ui.page_stack").takes_card(window.pages))


def _take_card(window: "MainWindow", card: object) -> None:
    import_module("desk.ui.page_stack").take_card(window.pages, card)


def _daily_copy(url: str) -> str:
    return str(import_module("desk.exchange.safe_copies").daily_words(url))


def _read_ahead() -> None:
    """Load what the first pages need while the clerk is still typing his password."""
    for name in _READ_AHEAD:
        if find_spec(name) is not None:
            import_module(name)
