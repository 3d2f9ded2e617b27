"""Tells whoever works here how far it is with what waits (待上传): status line, bundle, list."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.outbox.journal import JournalRow
from desk.outbox.sender import Sent
from desk.rules.moments import in_shanghai
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.messages import Messages
from desk.ui.uploads import Standing, Uploads
from desk.ui.uploads_box import UploadsBox
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.status_line import Connection, StatusLine


class UploadNews(QObject):
    """Puts the state of the journal into words; on one file there is nothing to say.

    Args:
        has_lists: the window shows what may be older than it looks while the server is away.

    Signals:
        reopen_wanted: an intake is to be written again; carries the form's content.
    """

    reopen_wanted = Signal(object)

    def __init__(
        self,
        desk: Desk,
        messages: Messages,
        status: StatusLine,
        host: QWidget,
        *,
        has_lists: bool = True,
    ) -> None:
        super().__init__(host)
        self._has_lists = has_lists
        self._desk, self._messages, self._status = desk, messages, status
        self._is_there = True
        self.box: UploadsBox | None = None
        if desk.uploads is not None:
            self._follow(desk.uploads, host)

    def show_connection(self, *, is_there: bool) -> None:
        """Say how things stand with the server, now that it answers or no longer does."""
        uploads = self._desk.uploads
        self._is_there = is_there
        if uploads is None:
            return
        if is_there:
            uploads.try_now()
        self._show(uploads.standing)

    def open_box(self) -> None:
        """Show the list of what waits."""
        if self.box is not None:
            self.box.open_box()

    def _follow(self, uploads: Uploads, host: QWidget) -> None:
        self.box = UploadsBox(self._desk, uploads, host)
        self.box.reopen_wanted.connect(self.reopen_wanted)
        uploads.changed.connect(self._show)
        uploads.arrived.connect(self._on_arrived)
        uploads.refused.connect(self._on_refused)
        self._status.pressed.connect(self.open_box)
        KeyShortcut(GlobalKey.UPLOADS, host).pressed.connect(self.open_box)

    def _show(self, standing: Standing) -> None:
        is_away = not self._is_there or standing.is_away
        words = standing_words(standing, is_away=is_away)
        if is_away and self._has_lists:
            seen = in_shanghai(self._desk.now())
            words += f"；屏幕上是 {seen:%H:%M} 的样子，写的内容留在本机"
        self._status.set_connection(Connection.AWAY if is_away else Connection.CONNECTED, words)

    def _on_arrived(self, sent: Sent) -> None:
        number = sent.changes.made.get("number", "")
        if sent.row.official and number != sent.row.official:
            said = f"服务器恢复过，{sent.row.official} 现在编为 {number}，两个编号都能查到。"
        elif sent.row.temporary:
            said = f"{sent.row.temporary} 已上传，正式编号 {number}。"
        else:
            said = f"已上传：{sent.changes.title}。"
        self._messages.say(said, self._desk.now(), state="ok")

    def _on_refused(self, row: JournalRow, sentence: str) -> None:
        said = f"{row.temporary} 没有收下：{sentence}".lstrip()
        more = f"按 {GlobalKey.UPLOADS} 打开修改，内容都在。"
        self._messages.say(said + more, self._desk.now(), state="bad")


def standing_words(standing: Standing, *, is_away: bool) -> str:
    """Return how things stand, in the words of the status line."""
    said = "离线" if is_away else "已连接"
    if standing.waiting or is_away:
        said += f"，{standing.waiting} 件待上传"
    if standing.refused:
        said += f"，{standing.refused} 件没有收下"
    if standing.waiting or standing.refused:
        said += f"（{GlobalKey.UPLOADS} 查看）"
    return said
