"""The pages one behind the other (页面栈): made when first wanted, and the way back."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk.queries.appointments import AppointmentRow
from desk.queries.list_hits import ListHit
from desk.queries.person_page import Asked
from desk.rules.card_bursts import CardFacts
from desk.rules.clusters import Sign
from desk.rules.moments import day_of
from desk.rules.topics import PlanOf
from desk.ui.desk import Desk
from desk.ui.pages import (
    AsksByNumber,
    BooksRooms,
    ImportsNotices,
    OpensCases,
    OpensDays,
    OpensFindings,
    OpensListLines,
    OpensMediations,
    OpensPeople,
    OpensSites,
    OpensSittings,
    OpensTopics,
    OpensWhistles,
    Page,
    TakesCalls,
    TakesCards,
    TakesIntakes,
)
from desk.ui.preview import open_preview
from desk.ui.screen import Screen

_LONGEST_WAY = 20
_NO_FORM = "读到一张身份证，这一页没有要填的表。受理请先按 F2，再读一次卡。"


class PageStack(QStackedWidget):
    """Shows one page; pages ask for others by signal and never know each other.

    Signals:
        shown: another page is in front; carries the Page.
        head_changed: title, note or views of the page in front have changed.
        badge_changed: a page's number for the navigation; carries name and number.
        said: a sentence of a page for the status line.
    """

    shown = Signal(object)
    head_changed = Signal()
    badge_changed = Signal(str, int)
    said = Signal(str)

    def __init__(self, desk: Desk, pages: Sequence[Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._pages = desk, tuple(pages)
        self._screens: dict[str, Screen] = {}
        self._notes: dict[str, str] = {}
        self._trail: list[Page] = []
        self._is_connected = True
        self.page: Page | None = None

    @property
    def front(self) -> Screen | None:
        """The page in front."""
        return self._screens.get(self.page.name) if self.page is not None else None

    @property
    def before(self) -> Page | None:
        """The page to which the way back leads."""
        return self._trail[-1] if self._trail else None

    def note(self) -> str:
        """Return the words beside the title of the page in front."""
        return self._notes.get(self.page.name, "") if self.page is not None else ""

    def go(self, name: str) -> Screen | None:
        """Show a page by its name; one that this person does not have is not shown."""
        page = next((page for page in self._pages if page.name == name), None)
        if page is None:
            return None
        if self.page is not None and self.page is not page:
            kept = [p for p in self._trail if p is not page]
            self._trail = [*kept[-_LONGEST_WAY:], self.page]
        return self._show(page)

    def make_ahead(self, page: Page) -> None:
        """Build a page before anybody opens it; it reads what it shows when it is opened."""
        if page.name not in self._screens and self.page is not None:
            screen = self._make(page)
            screen.resize(self.size())
            for one in [screen, *screen.findChildren(QWidget)]:
                one.ensurePolished()

    def follow_connection(self, *, is_there: bool) -> None:
        """Tell every page whether the database answers."""
        self._is_connected = is_there
        for screen in self._screens.values():
            screen.follow_connection(is_there=is_there)

    def back(self) -> None:
        """Show the page before this one."""
        if self._trail:
            self._show(self._trail.pop())

    def open_case(self, case_id: int) -> None:
        """Show one case's file."""
        screen: object = self.go("case")
        if isinstance(screen, OpensCases):
            screen.open_case(case_id)

    def open_mediation(self, mediation_id: int) -> None:
        """Show one mediation's file."""
        screen: object = self.go("mediation")
        if isinstance(screen, OpensMediations):
            screen.open_mediation(mediation_id)

    def open_person(self, asked: Asked, where: str) -> None:
        """Show the page of whoever a form or a case is about."""
        screen: object = self.go("person")
        if isinstance(screen, OpensPeople):
            screen.open_person(asked, where)

    def open_site(self, place: int | None, category: int | None) -> None:
        """Show the page of a place."""
        screen: object = self.go("place")
        if isinstance(screen, OpensSites):
            screen.open_site(place, category)

    def open_topic(self, wanted: int | Sign | PlanOf) -> None:
        """Show one topic, its plan, or what may be one."""
        screen: object = self.go("topics")
        if isinstance(screen, OpensTopics):
            screen.open_topic(wanted)

    def open_sitting(self, mediation_id: int) -> None:
        """Show the record desk with the sitting of this mediation."""
        screen: object = self.go("record")
        if isinstance(screen, OpensSittings):
            screen.open_sitting(mediation_id)

    def book_for(self, mediation_id: int) -> None:
        """Show the rooms with the form of a booking for a mediation."""
        screen: object = self.go("rooms")
        if isinstance(screen, BooksRooms):
            screen.begin_for(mediation_id)

    def open_paper(self, paper_id: int) -> None:
        """Show a paper that belongs to no case."""
        open_preview(self._desk, paper_id, self)

    def open_intake(self, facts: dict[str, object] | None = None) -> None:
        """Show the intake, begun anew with what is known already."""
        screen: object = self.go("intake")
        if isinstance(screen, TakesIntakes):
            screen.begin(facts)

    def open_short_call(self) -> None:
        """Show the short form for a call."""
        screen: object = self.go("intake")
        if isinstance(screen, TakesCalls):
            screen.begin_short_call()

    def _show(self, page: Page) -> Screen:
        screen = self._screens.get(page.name) or self._make(page)
        self.page = page
        self.setCurrentWidget(screen)
        self.shown.emit(page)
        screen.arrive()
        return screen

    def _make(self, page: Page) -> Screen:
        screen = page.make(self._desk)
        self._screens[page.name] = screen
        self.addWidget(screen)

        def noted(words: str) -> None:
            self._notes[page.name] = words
            self.head_changed.emit()

        screen.case_wanted.connect(self.open_case)
        screen.mediation_wanted.connect(self.open_mediation)
        screen.booking_wanted.connect(self.book_for)
        screen.intake_wanted.connect(self.open_intake)
        screen.place_wanted.connect(self.go)
        screen.notice_wanted.connect(partial(_import_notice, self))
        screen.record_wanted.connect(self.open_sitting)
        screen.person_wanted.connect(self.open_person)
        screen.site_wanted.connect(self.open_site)
        screen.topic_wanted.connect(self.open_topic)
        screen.whistle_wanted.connect(partial(open_whistle, self))
        screen.finding_wanted.connect(partial(open_finding, self))
        screen.said.connect(self.said)
        screen.subtitle_changed.connect(noted)
        screen.views_changed.connect(self.head_changed)
        if not self._is_connected:
            screen.follow_connection(is_there=False)
        screen.badge_changed.connect(lambda number: self.badge_changed.emit(page.name, number))
        return screen


def ask_for_mediation(stack: PageStack, number: str = "") -> None:
    """Show the form in which a mediation is asked for by its number."""
    screen: object = stack.go("mediation")
    if isinstance(screen, AsksByNumber):
        screen.ask_by_number(number)


def open_whistle(stack: PageStack, whistle: int) -> None:
    """Show one whistle."""
    screen: object = stack.go("whistles")
    if isinstance(screen, OpensWhistles):
        screen.open_whistle(whistle)


def open_finding(stack: PageStack, finding: int) -> None:
    """Show one finding (未诉先办)."""
    screen: object = stack.go("early_actions")
    if isinstance(screen, OpensFindings):
        screen.open_finding(finding)


def open_appointment(stack: PageStack, hit: AppointmentRow) -> None:
    """Show the day on which somebody will come (预约)."""
    screen: object = stack.go("receptions")
    if isinstance(screen, OpensDays):
        screen.open_day(day_of(hit.starts_at), hit.post)


def open_list_line(stack: PageStack, hit: ListHit) -> None:
    """Show a line of the lists (治理清单)."""
    screen: object = stack.go("lists")
    if isinstance(screen, OpensListLines):
        screen.open_found(hit)


def _import_notice(stack: PageStack) -> None:
    """Show the calendar with the form that takes a notice of holidays."""
    screen: object = stack.go("admin")
    if isinstance(screen, ImportsNotices):
        screen.import_notice()


def takes_card(pages: PageStack) -> bool:
    """Return whether the page in front has a form that an identity card fills."""
    return isinstance(pages.front, TakesCards)


def take_card(pages: PageStack, card: CardFacts) -> None:
    """Give what an identity card says to the form in front (读卡器)."""
    screen: object = pages.front
    if isinstance(screen, TakesCards):
        screen.take_card(card)
    else:
        pages.said.emit(_NO_FORM)
