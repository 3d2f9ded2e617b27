"""The window of a morning without the server (离线登记): the form of intake and nothing else.

Who sits here: a clerk with a queue before her and a server that does not answer. She takes appeals
in as always; each has its temporary number and its slip. As soon as the server answers again she is
told, and one key leads to the password and to everything else.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.outbox.away_pass import AwayDatabase
from desk.ui.desk import Desk
from desk.ui.drafts import drafts_of
from desk.ui.intake_screen import IntakeScreen
from desk.ui.keys import GlobalKey
from desk.ui.messages import Messages
from desk.ui.theme import say_state
from desk.ui.upload_news import UploadNews
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.status_line import StatusLine

_AWAY = "离线登记：连不上服务器，现在只能登记。每一件都存在本机，有暂存号，联网后自动上传。"
_BACK = "服务器恢复了：请重新登录，存在本机的件会自动上传，别的工作也能接着做。"
_PROBE_MS, _CLOCK_MS = 5_000, 1_000


class AwayWindow(QWidget):
    """Only the form, a line on why, and what waits.

    Signals:
        sign_in_wanted: the server answers again, and the clerk wants to sign in.
    """

    sign_in_wanted = Signal()

    def __init__(self, desk: Desk, database: AwayDatabase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._database = desk, database
        self._is_asking = self._is_back = False
        self._status = StatusLine()
        self.messages = Messages(self, self._status)
        self.form = IntakeScreen(desk)
        self.news = UploadNews(desk, self.messages, self._status, self, has_lists=False)
        self.banner = text_label(_AWAY, "strong", wraps=True)
        self.sign_in = KeyButton("重新登录", GlobalKey.LOCK, kind=ButtonKind.MAIN, parent=self)
        self._probe = QTimer(self, interval=_PROBE_MS)
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._build()
        self._connect()

    def wake(self) -> None:
        """Begin: the caret stands where a form begins."""
        self._probe.start()
        self._clock.start()
        self._on_tick()
        self.news.show_connection(is_there=False)
        self.form.arrive()

    def close_down(self) -> None:
        """Stop for good; what was typed is kept."""
        self._probe.stop()
        self._clock.stop()
        drafts_of(self._desk).close()

    def rest(self) -> None:
        """Do nothing more while the screen is locked."""
        self._probe.stop()
        self._clock.stop()
        drafts_of(self._desk).flush()

    def look_for_server(self) -> None:
        """Ask once whether the server answers again; never two questions at a time."""
        if not self._is_asking:
            self._is_asking = True
            self._desk.work(self._database.answers, owner=self, done=self._on_answer)

    def _build(self) -> None:
        say_state(self, ground="window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        say_state(self.banner, state="warn")
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 0)
        head.addWidget(self.banner, 1)
        head.addWidget(self.sign_in)
        self.sign_in.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.form, 1)
        column.addWidget(self._status)

    def _connect(self) -> None:
        self._probe.timeout.connect(self.look_for_server)
        self._clock.timeout.connect(self._on_tick)
        self.sign_in.clicked.connect(self.sign_in_wanted)
        KeyShortcut(GlobalKey.LOCK, self).pressed.connect(self.sign_in_wanted)
        self.news.reopen_wanted.connect(self.form.begin)
        self.form.said.connect(self._on_said)
        self._desk.tasks.said.connect(self._on_said)

    def _on_answer(self, is_there: object) -> None:
        self._is_asking = False
        if is_there and not self._is_back:
            self._is_back = True
            self._probe.stop()
            self.banner.setText(_BACK)
            say_state(self.banner, state="ok")
            self.sign_in.show()
            self.messages.say(_BACK, self._desk.now(), state="ok")

    def _on_said(self, sentence: str) -> None:
        self.messages.say(sentence, self._desk.now())

    def _on_tick(self) -> None:
        self._status.set_moment(self._desk.now(), "本机时间")
