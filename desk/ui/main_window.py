"""The window that everyone works in (主窗口): navigation, one page at a time, status line."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.start import Start
from desk.rules.codes import Role
from desk.rules.machine_clock import machine_clock_words
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.settings import change_settings, load_settings
from desk.ui.answer_box import AnswerBox
from desk.ui.appearance import (
    SOUND_WORDS,
    THEME_WORDS,
    switch_large_type,
    switch_reminder_sound,
    use_theme,
)
from desk.ui.attachments.opened_files import opened_files_of
from desk.ui.audit.watch import ChainWatch
from desk.ui.badges import Badges
from desk.ui.bell import BellBox
from desk.ui.clipboard_watch import ClipboardWatch
from desk.ui.day_pictures import DayPictures
from desk.ui.desk import Desk
from desk.ui.drafts import drafts_of
from desk.ui.help_window import HelpWindow
from desk.ui.keys import GlobalKey
from desk.ui.last_mile.scan_watch import scan_watch_of
from desk.ui.live import Live
from desk.ui.messages import Messages
from desk.ui.page_stack import (
    PageStack,
    ask_for_mediation,
    open_appointment,
    open_finding,
    open_list_line,
    open_whistle,
)
from desk.ui.pages import (
    PAGES,
    KnowsCategory,
    Page,
    groups_first,
    nav_items,
    pages_of,
    reached_pages_of,
)
from desk.ui.palette import Palette, PaletteAction
from desk.ui.reminders import Reminders
from desk.ui.theme import say_state
from desk.ui.time_tool import TimeTool
from desk.ui.upload_news import UploadNews
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.composing import KeyShortcut, is_composing
from desk.ui.widgets.navigation import Navigation
from desk.ui.widgets.status_line import Connection, StatusLine
from desk.ui.widgets.top_bar import TopBar
from desk.ui.work_news import WorkNews

__all__ = ["PAGES", "MainWindow"]

_NO_PAPER = "这一页没有可以预览或打印的文书，请先打开一件诉求。"
_FITS = 9  # letters below a name in the navigation
# of several roles the one that says most about the day
_LEADING = (Role.CHIEF, Role.LEADER, Role.DIRECTOR)
_FIRST = (*_LEADING, Role.DISPATCHER, Role.CLERK, Role.COMMUNITY, *Role)


class MainWindow(QWidget):
    """Everything around the pages; it knows where to go and nothing of what is done there.

    Signals:
        lock_asked: the clerk leaves the desk.
        full_screen_asked: F11.
    """

    lock_asked = Signal()
    full_screen_asked = Signal()

    def __init__(self, desk: Desk, start: Start, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self._start = desk, start
        self._available = pages_of(desk.person)
        self._own_file = desk.database_url.startswith("sqlite")
        self._navigation = Navigation(self, start.street, hands_over=_has(self._available, "shift"))
        self._top, self._status = TopBar(self), StatusLine()
        self.pages = PageStack(desk, reached_pages_of(desk.person))
        self.messages = Messages(self, self._status)
        self.palette_box = Palette(desk, self)
        self.answer_box = AnswerBox(desk, self)
        self.bell = BellBox(desk, self.messages, self)
        self.reminders = Reminders(desk, self.messages, self)
        self.day_pictures = DayPictures(desk, self)
        self._help = HelpWindow(self)
        self.time_tool = TimeTool(desk, self)
        self._live = Live(desk, self)
        self.upload_news = UploadNews(desk, self.messages, self._status, self)
        self.work_news = WorkNews(desk, self._status, self)
        self._badges = Badges(desk, self._navigation, self.pages, self)
        self._scans = scan_watch_of(desk)
        self.chain = ChainWatch(desk)
        self._copied = ClipboardWatch(self)
        self._clock = QTimer(self, interval=1000)
        self._is_awake = False
        self._build()
        self._connect()
        self._connect_keys()
        self.wake()

    def rest(self) -> None:
        """Do and show nothing more while the screen is locked."""
        self._is_awake = False
        self._live.stop()
        self.reminders.stop()
        self.day_pictures.stop()
        self._scans.stop()
        self._clock.stop()
        self._help.close()
        self.palette_box.put_away()
        self.answer_box.put_away()
        self.bell.put_away()
        opened_files_of(self.desk).remove()
        self._copied.clear()
        drafts_of(self.desk).flush()

    def close_down(self) -> None:
        """Stop for good; what waits to be kept is written first."""
        self.rest()
        drafts_of(self.desk).close()

    def wake(self) -> None:
        """Go on after the lock."""
        if self._is_awake:
            return
        self._is_awake = True
        self._live.start()
        self.reminders.start()
        self.day_pictures.start()
        self._scans.start()
        self._badges.ask()
        self.chain.look()
        self._clock.start()
        self._on_tick()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that no page wanted: Esc goes back, others say that there is nothing."""
        key, held = event.key(), event.modifiers()
        prints = key == Qt.Key.Key_P and held == Qt.KeyboardModifier.ControlModifier
        if is_composing():
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape and held == Qt.KeyboardModifier.NoModifier:
            self.pages.back()
        elif key == Qt.Key.Key_F9 or prints:
            self.messages.note(_NO_PAPER)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Open the first page once there is something to see: only then it can take the focus."""
        super().showEvent(event)
        if self.pages.page is None and self._available:
            self.pages.go(self._available[0].name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the navigation where the window is narrow."""
        super().resizeEvent(event)
        self._navigation.follow(self.width())

    def _build(self) -> None:
        say_state(self, ground="window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._top)
        right.addWidget(self.chain)
        right.addWidget(self.pages, 1)
        right.addWidget(self._status)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._navigation)
        row.addLayout(right, 1)
        first = groups_first(self.desk.person)
        self._navigation.set_items(nav_items(self._available), first)
        self._navigation.set_wishes(load_settings().navigation_groups)
        person = self.desk.person
        role = next((label(role) for role in _FIRST if role in person.roles), "")
        beside = person.desk_name or self._start.unit
        both = " · ".join(words for words in (beside, role) if words)
        self._navigation.set_person(person.name, both if len(both) <= _FITS else role)
        self._on_connected(is_there=True)

    def _connect(self) -> None:
        self._navigation.chosen.connect(self._on_place_chosen)
        self._navigation.wishes_changed.connect(_keep_groups)
        self._navigation.lock_asked.connect(self.lock_asked)
        self._navigation.hand_over_asked.connect(partial(self.pages.go, "shift"))
        self._navigation.trail_asked.connect(partial(self.pages.go, "trail"))
        self.chain.page_wanted.connect(partial(self.pages.go, "audit"))
        self._top.view_chosen.connect(self._on_view_chosen)
        self._top.search_asked.connect(partial(self.palette_box.open_for, ""))
        self._top.bell_pressed.connect(self.bell.open_bell)
        self._top.help_asked.connect(self.open_help)
        self.pages.shown.connect(self._on_page_shown)
        self.pages.head_changed.connect(self._show_head)
        self.pages.said.connect(self._on_said)
        self.messages.unread_changed.connect(self._top.set_bell)
        for case_wanted in (
            self.palette_box.case_wanted,
            self.bell.case_wanted,
            self.reminders.case_wanted,
        ):
            case_wanted.connect(self.pages.open_case)
        self.reminders.list_wanted.connect(self.bell.open_bell)
        self.palette_box.paper_wanted.connect(self.pages.open_paper)
        self.palette_box.mediation_asked.connect(partial(ask_for_mediation, self.pages))
        self.palette_box.person_wanted.connect(self.pages.open_person)
        self.palette_box.topic_wanted.connect(self.pages.open_topic)
        self.palette_box.whistle_wanted.connect(partial(open_whistle, self.pages))
        self.palette_box.finding_wanted.connect(partial(open_finding, self.pages))
        self.palette_box.appointment_wanted.connect(partial(open_appointment, self.pages))
        self.palette_box.line_wanted.connect(partial(open_list_line, self.pages))
        self.upload_news.reopen_wanted.connect(self.pages.open_intake)
        self.palette_box.offer(_actions_of(self, self._available))
        self.desk.tasks.said.connect(self._on_said)
        self._live.heard.connect(self.messages.note)
        self._live.connected.connect(lambda there: self._on_connected(is_there=there))
        self._live.connected.connect(lambda there: self.pages.follow_connection(is_there=there))
        self._clock.timeout.connect(self._on_tick)
        drafts = drafts_of(self.desk)
        drafts.kept.connect(self._on_draft_kept)
        drafts.failed.connect(self._on_said)

    def _connect_keys(self) -> None:
        for key, handler in (
            (GlobalKey.ALL_ACTIONS, partial(self.palette_box.open_for, all_actions=True)),
            (GlobalKey.PHRASES, self.open_library),
            (GlobalKey.REMINDERS, self.bell.open_bell),
            (GlobalKey.COUNT_LIMIT, self.time_tool.open_tool),
            (GlobalKey.BACK, self.pages.back),
            (GlobalKey.FULL_SCREEN, self.full_screen_asked.emit),
        ):
            KeyShortcut(key, self).pressed.connect(handler)
        if _has(self._available, "intake"):
            KeyShortcut(GlobalKey.SHORT_CALL, self).pressed.connect(self.pages.open_short_call)

    def _on_place_chosen(self, name: str) -> None:
        if name == "intake" and self.pages.page is not None and self.pages.page.name == name:
            self.pages.open_intake()  # F2 again: the next person
        else:
            self.pages.go(name)

    def _on_page_shown(self, page: Page) -> None:
        self._navigation.set_current(page.name)
        before = self.pages.before
        if page.name == "case" and before is not None:
            self._top.set_back(f"回到{before.label}", self.pages.back)
        else:
            self._top.set_back("")
        self._show_head()

    def _show_head(self) -> None:
        screen, page = self.pages.front, self.pages.page
        if screen is None or page is None:
            return
        self._top.set_title(screen.title or page.label, self.pages.note())
        views = [Choice(at, words) for at, words in enumerate(screen.views())]
        self._top.set_views(views, screen.chosen_view() if views else None)

    def _on_view_chosen(self, view: object) -> None:
        screen = self.pages.front
        if screen is not None and isinstance(view, int):
            screen.choose_view(view)

    def open_help(self) -> None:
        """Open the handbook at the page that belongs here."""
        screen = self.pages.front
        self._help.open_page(screen.help_page() if screen is not None else "index")

    def open_library(self) -> None:
        """Open the texts to answer with, for the case that is shown."""
        screen: object = self.pages.front
        category = screen.category_id() if isinstance(screen, KnowsCategory) else None
        self.answer_box.open_for(category)

    def _on_said(self, sentence: str) -> None:
        self.messages.say(sentence, self.desk.now())

    def _on_draft_kept(self, kept_at: datetime) -> None:
        self.messages.keep_note(f"草稿 {in_shanghai(kept_at):%H:%M:%S} 已存在本机")

    def _on_connected(self, *, is_there: bool) -> None:
        self.upload_news.show_connection(is_there=is_there)
        if not self._own_file:
            return
        if not is_there:
            seen = in_shanghai(self.desk.now())
            words = f"连不上数据库，屏幕上是 {seen:%H:%M} 的样子；写的内容留在本机。"
            self._status.set_connection(Connection.AWAY, words)
        else:
            self._status.set_connection(Connection.LOCAL)

    def _on_tick(self) -> None:
        whose = "本机时间" if self._own_file else "服务器时间"
        self._status.set_moment(self.desk.now(), whose)
        if not self._own_file:
            self._status.set_warning(machine_clock_words(self.desk.machine_ahead()))


def _keep_groups(words: str) -> None:
    """Remember which groups of the navigation are open at this machine."""
    change_settings(navigation_groups=words)


def _has(available: Sequence[Page], name: str) -> bool:
    return any(page.name == name for page in available)


def _actions_of(window: MainWindow, available: Sequence[Page]) -> list[PaletteAction]:
    """Return what can be done from anywhere in this window."""
    places = [
        PaletteAction(f"去{page.label}", page.key, partial(window.pages.go, page.name))
        for page in available
        if page.key
    ]
    if window.upload_news.box is not None:  # a desk on one file sends nothing
        box = PaletteAction("待上传的件", GlobalKey.UPLOADS, window.upload_news.open_box)
        places.append(box)
    return [
        *places,
        PaletteAction("锁屏", GlobalKey.LOCK, window.lock_asked.emit),
        PaletteAction("常用语、答复口径", GlobalKey.PHRASES, window.open_library),
        PaletteAction("正在做的事", GlobalKey.WORKS, window.work_news.box.open_box),
        PaletteAction("算时限", GlobalKey.COUNT_LIMIT, window.time_tool.open_tool),
        PaletteAction("关于我的留痕", "", partial(window.pages.go, "trail")),
        PaletteAction("看今天的提醒", GlobalKey.REMINDERS, window.bell.open_bell),
        PaletteAction("看这里的帮助", GlobalKey.HELP, window.open_help),
        PaletteAction("全屏", GlobalKey.FULL_SCREEN, window.full_screen_asked.emit),
        *(
            PaletteAction(f"配色：{words}", "", partial(use_theme, name))
            for name, words in THEME_WORDS.items()
        ),
        PaletteAction("大字：换一下", "", switch_large_type),
        PaletteAction(
            "提醒声音：换一下",
            "",
            lambda: window.messages.note(SOUND_WORDS[switch_reminder_sound()]),
        ),
    ]
