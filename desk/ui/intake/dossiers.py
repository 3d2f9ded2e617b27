"""From the form to the pages of a person and a place (一人一档、一地一档)."""

from desk.queries.person_page import Asked
from desk.ui.intake.work import IntakeWork
from desk.ui.keys import GlobalKey
from desk.ui.screen import Screen
from desk.ui.widgets.composing import KeyShortcut

_NAMED = ("phone", "name", "place", "address", "id_number")


def offer_dossiers(screen: Screen, work: IntakeWork) -> None:
    """Let Ctrl+R and Ctrl+T, and the buttons beside the form, open what is known already."""

    def open_person() -> None:
        content = work.content()
        about = {name: content[name] for name in _NAMED if content.get(name)}
        screen.person_wanted.emit(Asked(**about), "受理")

    def open_site() -> None:
        content = work.content()
        screen.site_wanted.emit(content.get("place"), content.get("category"))

    work.side.visitor.person_wanted.connect(open_person)
    work.side.neighbours.site_wanted.connect(open_site)
    KeyShortcut(GlobalKey.PERSON, screen).pressed.connect(open_person)
    KeyShortcut(GlobalKey.SITE, screen).pressed.connect(open_site)
