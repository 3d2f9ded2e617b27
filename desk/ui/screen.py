"""What every page of the main window is: a widget with a title, opened by the navigation."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.ui.desk import Desk


class Screen(QWidget):
    """One page of the main window.

    The main window puts `title` into the top bar, `views` as its view switch, and calls
    `arrive` each time the page is shown; the page then loads and puts the focus where the clerk
    will go on. Pages never know each other: they ask the window by signal.

    Signals:
        case_wanted: open this case's file; carries the id.
        intake_wanted: open a new intake; carries prefilled facts (a dict) or None.
        record_wanted: write the record of this mediation's sitting; carries its id.
        place_wanted: go to another page by its name (see `main_window.PAGES`).
        mediation_wanted: open this mediation; carries the id.
        booking_wanted: book a room for this mediation; carries the id.
        person_wanted: open the page of a person (一人一档); carries whom, and from where.
        site_wanted: open the page of a place (一地一档); carries the ids of place and category.
        topic_wanted: show a topic (专题); carries its id, or the sign of one that may be.
        whistle_wanted: show a whistle (吹哨); carries its id.
        finding_wanted: show a finding (未诉先办); carries its id.
        notice_wanted: import the notice of a year's holidays.
        said: a sentence for the status line.
        subtitle_changed: words beside the title.
        badge_changed: the number shown in the navigation beside this page.
        views_changed: the view switch's labels or counts changed.
    """

    case_wanted = Signal(object)
    intake_wanted = Signal(object)
    record_wanted = Signal(object)
    place_wanted = Signal(str)
    mediation_wanted = Signal(object)
    booking_wanted = Signal(object)
    person_wanted = Signal(object, str)
    site_wanted = Signal(object, object)
    topic_wanted = Signal(object)
    whistle_wanted = Signal(object)
    finding_wanted = Signal(object)
    notice_wanted = Signal()
    said = Signal(str)
    subtitle_changed = Signal(str)
    badge_changed = Signal(int)
    views_changed = Signal()

    title = ""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def arrive(self) -> None:
        """Load, and put the focus where work goes on; called each time the page is shown."""

    def views(self) -> tuple[str, ...]:
        """Return the labels of the view switch in the top bar; none by default."""
        return ()

    def chosen_view(self) -> int:
        """Return which view is on."""
        return 0

    def choose_view(self, index: int) -> None:
        """Switch to another view."""

    def follow_connection(self, *, is_there: bool) -> None:
        """Do without the database, or with it again; a page that only reads needs to do nothing."""

    def help_page(self) -> str:
        """Return the handbook page that F1 opens here."""
        return "index"
