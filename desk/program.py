"""The program from its first window to its last (程序): who is in, who is locked out."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from desk.clock import machine_now
from desk.logs import log_error
from desk.rules.codes import Role
from desk.rules.errors import DeskError
from desk.settings import change_settings, data_folder, load_settings
from desk.ui.crash_dialog import CrashDialog
from desk.ui.frame import Frame
from desk.ui.idle import IdleWatch
from desk.ui.scanner import Scanner
from desk.ui.sign_in import SignInPage
from desk.ui.tasks import Lane, Tasks

if TYPE_CHECKING:  # these bring in SQLAlchemy, which the first window does not wait for
    from desk.actions.founding import StreetPlan
    from desk.door import Entered, Outlook
    from desk.ui.desk import Desk
    from desk.ui.main_window import MainWindow
    from desk.ui.setup.screen import SetupScreen

_DEMO_HINT = (
    "演示街道：工号 1001 窗口、1004 信联办、1006 承办、1013 领导、9001 管理，密码都是 qingrong1"
)
_READ_AHEAD = ("desk.ui.main_window", "desk.ui.start_page", "desk.ui.board_screen")


class Program(QObject):
    """Puts the parts together; every step with the database happens in the background."""

    def __init__(self, url: str, *, is_demo: bool = False) -> None:
        super().__init__()
        self._url, self._is_demo = url, is_demo
        self.tasks = Tasks(self)
        self.frame = Frame()
        self.page = SignInPage()
        self.window: MainWindow | None = None
        self._desk: Desk | None = None
        self._setup: SetupScreen | None = None
        self._entered: Entered | None = None
        self._idle, self._scanner = IdleWatch(self), Scanner(self)
        self._clock = QTimer(self, interval=1000)
        self._connect()

    def start(self) -> None:
        """Show the window at once, then open the database behind it."""
        settings = load_settings()
        self.page.set_hall("", settings.hall_name)
        self.page.set_moment(machine_now())
        self.page.offer(settings.last_login)
        self.page.say("正在打开数据库。")
        self.frame.front(self.page)
        self.frame.show()
        self.page.offer(settings.last_login)
        self._clock.start()
        self._ask(partial(_look, self._url, is_demo=self._is_demo), self._on_outlook)

    def stop(self) -> None:
        """Let go of everything; half-written forms are on the disk."""
        if self.window is not None:
            self.window.sleep()
        self.tasks.finish()
        if self._desk is not None:
            self._desk.close()

    def show_crash(self, error: BaseException) -> None:
        """Say that the program itself is at fault; the work stays."""
        CrashDialog(self.frame, error).open()

    def _connect(self) -> None:
        self.page.entered.connect(self._on_sign_in)
        self.page.password_chosen.connect(self._on_password_chosen)
        self.frame.closing.connect(self.stop)
        self.tasks.broke.connect(self._on_broke)
        self._idle.idle.connect(self.lock)
        self._scanner.scanned.connect(self._on_scanned)
        self._clock.timeout.connect(self._on_tick)

    def _ask(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[DeskError], None] | None = None,
        lane: Lane = Lane.DATA,
    ) -> None:
        self.tasks.run(work, owner=self, done=done, failed=failed or self._on_failure, lane=lane)

    def _on_failure(self, error: DeskError) -> None:
        self.page.set_waiting(waiting=False)
        self.page.say(str(error))

    def _on_outlook(self, outlook: "Outlook") -> None:
        self._url = outlook.url
        self.page.say("")
        if not outlook.is_founded:
            self._set_up()
            return
        if self._setup is not None:
            self.frame.drop(self._setup)
            self._setup = None
            self.frame.front(self.page)
        self._show_hall(outlook.street, outlook.hall)
        if self._is_demo or outlook.is_demo:
            self.page.set_foot(_DEMO_HINT)
            if not self.page.login.text():
                self.page.offer("1001")
        else:
            self._show_drafts()
            self._ask(partial(_daily_copy, outlook.url), self._on_copied, lane=Lane.PAPER)
        self._ask(_read_ahead, lambda _: None, lane=Lane.PAPER)

    def _set_up(self) -> None:
        screen = import_module("desk.ui.setup.screen").SetupScreen(self.tasks)
        screen.plan_ready.connect(self._on_plan_ready)
        screen.restore_wanted.connect(self._on_restore_wanted)
        screen.demo_wanted.connect(self._on_demo_wanted)
        self._setup = screen
        self.frame.front(screen)

    def _on_plan_ready(self, plan: "StreetPlan") -> None:
        def founded(outlook: "Outlook") -> None:
            import_module("desk.ui.setup.kept").forget()
            self._on_outlook(outlook)
            first = next((s.login for s in plan.staff if Role.ADMINISTRATOR in s.roles), "")
            self.page.offer(first)
            self.page.say("街道建好了。请用管理员的工号和密码登录。")

        self._ask(partial(_found, self._url, plan), founded, self._on_set_up_failed)

    def _on_restore_wanted(self, file: Path) -> None:
        self._ask(partial(_restore, self._url, file), self._on_outlook, self._on_set_up_failed)

    def _on_demo_wanted(self) -> None:
        if self._setup is not None:
            self._setup.say("正在准备演示街道，约需几秒。")
        self._is_demo = True
        self._ask(partial(_look, self._url, is_demo=True), self._on_outlook, self._on_set_up_failed)

    def _on_set_up_failed(self, error: DeskError) -> None:
        if self._setup is not None:
            self._setup.set_waiting(waiting=False)
            self._setup.say(str(error))

    def _on_sign_in(self, login: str, password: str) -> None:
        self._ask(partial(_enter, self._url, login, password), self._on_entered, self._on_refused)

    def _on_refused(self, error: DeskError) -> None:
        self.page.show_failure(error)

    def _on_entered(self, entered: "Entered") -> None:
        self._entered = entered
        if entered.start.must_change:
            self.page.ask_new_password(entered.database.person.name)
        else:
            self._go_in(entered)

    def _on_password_chosen(self, password: str) -> None:
        entered = self._entered
        if entered is None:
            return
        work = partial(_change_password, entered, self.page.password.text(), password)
        self._ask(work, lambda _: self._go_in(entered), self._on_refused)

    def _go_in(self, entered: "Entered") -> None:
        self.page.set_waiting(waiting=False)
        self._entered = None
        person = entered.database.person
        if self._desk is not None and self._desk.person.staff_id == person.staff_id:
            self._desk.renew(entered.database)
        else:
            self._leave_for_good()
            self._make_window(entered)
        if self.window is None:
            return
        self.window.wake()
        self.frame.front(self.window)
        self._clock.stop()
        self._idle.start(entered.start.lock_minutes)
        self._show_hall(entered.start.street, entered.start.hall)
        change_settings(last_login=self.page.login.text(), hall_name=entered.start.hall)

    def _make_window(self, entered: "Entered") -> None:
        desk_module = import_module("desk.ui.desk")
        window_module = import_module("desk.ui.main_window")
        self._desk = desk_module.Desk(entered.database, self.tasks, self)
        self.window = window_module.MainWindow(self._desk, entered.start)
        self.window.lock_asked.connect(self.lock)
        self.window.full_screen_asked.connect(self.frame.toggle_full_screen)

    def _leave_for_good(self) -> None:
        """Close what the person before has left open; drafts of his stay for him."""
        if self.window is not None:
            self.window.sleep()
            self.frame.drop(self.window)
            self.window = None
        if self._desk is not None:
            self._desk.close()
            self._desk.deleteLater()
            self._desk = None

    def lock(self) -> None:
        """Hide all work and drop the connections; the pages stay as they are behind."""
        if self._desk is None or self.window is None:
            return
        self._idle.stop()
        self.window.sleep()
        self._desk.close()
        self.page.offer(load_settings().last_login, locked_for=self._desk.person.name)
        self._show_drafts()
        self.frame.front(self.page)
        self.page.offer(load_settings().last_login, locked_for=self._desk.person.name)
        self._clock.start()
        self._on_tick()

    def _on_scanned(self, case: int) -> None:
        if self.window is not None and self.window.isVisible():
            self.window.pages.open_case(case)

    def _on_tick(self) -> None:
        self.page.set_moment(machine_now())

    def _on_broke(self, error: BaseException) -> None:
        log_error(error)
        self.show_crash(error)

    def _on_copied(self, made: str) -> None:
        if made and self.window is not None:
            self.window.messages.note(made)

    def _show_hall(self, street: str, hall: str) -> None:
        self.page.set_hall(street, hall)
        self.frame.set_hall(hall)

    def _show_drafts(self) -> None:
        number = len(list((data_folder() / "drafts").glob("*.json")))
        self.page.set_foot(f"本机有 {number} 份没写完的草稿，登录后接着写。" if number else "")


def _look(url: str, *, is_demo: bool) -> "Outlook":
    door = import_module("desk.door")
    outlook: Outlook = door.look_at_demo() if is_demo else door.look(url)
    return outlook


def _found(url: str, plan: "StreetPlan") -> "Outlook":
    outlook: Outlook = import_module("desk.door").found(url, plan)
    return outlook


def _restore(url: str, file: Path) -> "Outlook":
    outlook: Outlook = import_module("desk.door").restore_copy(url, file)
    return outlook


def _enter(url: str, login: str, password: str) -> "Entered":
    entered: Entered = import_module("desk.door").enter(url, login, password)
    return entered


def _change_password(entered: "Entered", old: str, new: str) -> None:
    import_module("desk.door").change_password(entered, old, new)


def _daily_copy(url: str) -> str:
    return str(import_module("desk.exchange.safe_copies").daily_words(url))


def _read_ahead() -> None:
    """Load what the first pages need while the clerk is still typing his password."""
    for name in _READ_AHEAD:
        with_module(name)


def with_module(name: str) -> None:
    """Load a module if it has been built."""
    try:
        import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
