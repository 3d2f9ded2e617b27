"""What is done on the pages of the committee before they are photographed (调解的场景)."""

from functools import partial

from sqlalchemy import select

from desk.cli.scenes import Prepare
from desk.rules.mediation_codes import MediationStatus
from desk.store.database import Reader
from desk.store.models import Mediation
from desk.ui.main_window import MainWindow
from desk.ui.statistics_screen import StatisticsScreen


def _newest(reader: Reader, status: MediationStatus) -> int | None:
    return reader.session.scalar(
        select(Mediation.id)
        .where(Mediation.status == status, Mediation.street_id == reader.person.street_id)
        .order_by(Mediation.seq.desc())
        .limit(1)
    )


def mediation_at(status: MediationStatus) -> Prepare:
    """Return what opens the newest mediation of this status on its page."""

    def prepare(window: MainWindow) -> None:
        window.desk.ask(
            partial(_newest, status=status),
            owner=window,
            done=lambda found: window.pages.open_mediation(found) if found else None,
        )

    return prepare


def record_at(status: MediationStatus) -> Prepare:
    """Return what opens the record of the sitting that is under way."""

    def prepare(window: MainWindow) -> None:
        window.desk.ask(
            partial(_newest, status=status),
            owner=window,
            done=lambda found: window.pages.open_sitting(found) if found else None,
        )

    return prepare


def this_year(window: MainWindow) -> None:
    """Choose the figures of the whole year."""
    page = window.pages.front
    if isinstance(page, StatisticsScreen):
        page.period.choose("year")
