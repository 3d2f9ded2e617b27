"""What is done before a picture is taken (布景): forms filled, panels opened, papers shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from sqlalchemy import func, select

from desk.queries.person_page import Asked
from desk.rules.codes import CaseStatus
from desk.store.database import Reader
from desk.store.models import Case, Matter, Paper, PrivateFacts
from desk.ui.admin_screen import AdminScreen
from desk.ui.main_window import MainWindow
from desk.ui.pages import TakesIntakes
from desk.ui.preview import open_preview
from desk.ui.widgets.action_bar import ActionBar

LOOK_MS = 120
CALM = 3  # looks in a row without work under way before the picture is taken
_WORDS = (
    "7 栋电梯从上周四晚上起反复停在 3、4 层之间，昨天傍晚又困住一名带孩子的住户约二十分钟，"
    "物业说已报修但没有给出时间。楼里有三位坐轮椅的老人出不了门。请求尽快修好。"
)
# What is done before a picture; a scene that yields goes on as soon as nothing is under way.
Prepare = Callable[[MainWindow], Iterator[None] | None]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: who sits there, which page, and what is done before.

    Attributes:
        shows: the panel or dialog that the picture is of; one without it is no picture.
    """

    name: str
    login: str
    page: str
    prepare: Prepare | None = None
    patience: int = 2 * CALM  # looks before calm counts: what is prepared must have begun
    with_reminders: bool = False
    shows: type[QWidget] | None = None


def fill_intake(window: MainWindow) -> None:
    """Type as a clerk would: into the first fields in reading order."""
    page = window.pages.front
    if page is None:
        return
    if isinstance(page, TakesIntakes):
        page.begin()
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


def person(window: MainWindow) -> None:
    """Open the page of somebody who has been here more than once."""
    again = select(PrivateFacts.phone).group_by(PrivateFacts.phone)

    def one(reader: Reader) -> str | None:
        return reader.session.scalar(again.order_by(func.count().desc()).limit(1))

    window.desk.ask(
        one,
        owner=window,
        done=lambda phone: window.pages.open_person(Asked(phone=phone or ""), "受理"),
    )


def site(window: MainWindow) -> None:
    """Open the page of the place with the most cases."""
    places = select(Case.place_id).where(Case.place_id.is_not(None)).group_by(Case.place_id)

    def one(reader: Reader) -> int | None:
        return reader.session.scalar(places.order_by(func.count().desc()).limit(1))

    window.desk.ask(one, owner=window, done=lambda place: window.pages.open_site(place, None))


def open_one(status: CaseStatus, *, matters: int = 1) -> Prepare:
    """Return what opens a case of this status with at least so many matters."""
    fitting = select(Matter.case_id).group_by(Matter.case_id).having(func.count() >= matters)

    def opened(reader: Reader) -> int | None:
        return reader.session.scalar(
            select(Case.id)
            .where(
                Case.status == status,
                Case.street_id == reader.person.street_id,
                Case.id.in_(fitting),
            )
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


def with_panel(status: CaseStatus, action: str, *, matters: int = 1) -> Prepare:
    """Open a case of this status, then the panel of one action."""
    open_case = open_one(status, matters=matters)

    def prepare(window: MainWindow) -> None:
        open_case(window)
        QTimer.singleShot(LOOK_MS * 12, press)

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


def short_call(window: MainWindow) -> None:
    """Open the short form for a call."""
    window.pages.open_short_call()


def open_handbook(window: MainWindow) -> None:
    """Open the handbook where it belongs."""
    window.open_help()


def section(title: str) -> Prepare:
    """Return what shows one part of the administration."""

    def prepare(window: MainWindow) -> None:
        page = window.pages.front
        if isinstance(page, AdminScreen):
            page.show_section(title)

    return prepare


def at_view(index: int) -> Prepare:
    """Return what shows another view of a page."""

    def prepare(window: MainWindow) -> None:
        page = window.pages.front
        if page is not None:
            page.choose_view(index)

    return prepare


def preview(window: MainWindow) -> None:
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


def search(window: MainWindow) -> None:
    """Look for something from anywhere."""
    window.palette_box.open_for("电梯")


def library(window: MainWindow) -> None:
    """Open the texts to answer with."""
    window.open_library()


def guidance(window: MainWindow) -> None:
    """Write an appeal that belongs elsewhere and choose it from the directory."""
    fill_intake(window)
    QTimer.singleShot(LOOK_MS * 5, window, partial(_guide, window))


def _guide(window: MainWindow) -> None:
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_F8)
    QTimer.singleShot(LOOK_MS * 5, window, _choose_matter)


def _choose_matter() -> None:
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit):
        field.insert("居住证")
        QTest.keyClick(field, Qt.Key.Key_Return)


def sign_desks(window: MainWindow) -> None:
    """Show where every opinion lies."""
    page = window.pages.front
    if page is not None:
        page.choose_view(len(page.views()) - 1)


def sign_folder(window: MainWindow) -> None:
    """Open the grid in which a leader's folder is typed in."""
    sign_desks(window)
    QTimer.singleShot(LOOK_MS * 12, _type_results)


def _type_results() -> None:
    for bar in _bars():
        if "录入签批结果" in bar.labels():
            bar.press("录入签批结果")
            return
