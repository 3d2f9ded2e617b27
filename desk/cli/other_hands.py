"""What others do before a scene (别人先做的一步): the street has no such case by itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from desk.actions.administration import SetSetting
from desk.actions.dispatching import DispatchCase
from desk.actions.extensions import AskExtension
from desk.actions.intake import Appellant, RegisterCase
from desk.actions.recusal import RecordAccused
from desk.actions.signing import SignOpinion
from desk.cli.scenes import Prepare
from desk.demo.street import DEMO_PASSWORD
from desk.queries.sign_queue import sign_queue
from desk.rules.clock_codes import ExtensionKind, ExtensionReason
from desk.rules.codes import CaseStatus, Channel, ClockKind, Exit, GuideWay, Urgency
from desk.store.database import Database, Reader
from desk.store.models import Case, Category, Clock, Staff, UnitVersion
from desk.store.signing_in import sign_in
from desk.ui.main_window import MainWindow

_UNITS = ("城建办", "综合行政执法队")


def after(does: Callable[[MainWindow], None], then: Prepare) -> Prepare:
    """Return a scene before which somebody else does something."""

    def prepare(window: MainWindow) -> Iterator[None]:
        does(window)
        yield
        page = window.pages.front
        if page is not None:
            page.arrive()
        yield
        yield from then(window) or ()

    return prepare


@contextmanager
def somebody(window: MainWindow, login: str) -> Iterator[Database]:
    """Sign in somebody else for a moment."""
    database = sign_in(window.desk.database_url, login, DEMO_PASSWORD, clock=window.desk.now)
    yield database
    database.close()


def head_of(database: Database) -> dict[str, Any]:
    """Return who does it, and when."""
    return {"made_by": database.person.staff_id, "happened_at": database.now()}


def nothing_more(_window: MainWindow) -> None:
    """Show the page as the others left it."""


def ask_the_chief(window: MainWindow) -> None:
    """Have the first leader confirm dispatches from now on; two wait for him."""
    set_to(window, "chief_dispatch", value=True)
    with somebody(window, "1004") as dispatcher:
        for case, seen, urgency, unit in dispatcher.read(_waiting):
            head = head_of(dispatcher) | {"case": case, "seen": seen}
            dispatcher.carry_out(DispatchCase(**head, lead=unit, urgency=urgency))


def complain_of_colleagues(window: MainWindow) -> None:
    """Have two waiting cases be about a community; for the first a unit is proposed."""
    with somebody(window, "1004") as dispatcher:
        waiting = dispatcher.read(_waiting)
        accused = dispatcher.read(_community)
        for case, seen, _urgency, _unit in waiting[:2]:
            head = head_of(dispatcher) | {"case": case, "seen": seen}
            why = "诉求人说社区经办人员两次推诿。"
            dispatcher.carry_out(RecordAccused(**head, unit=accused, reason=why))
        case, seen, urgency, unit = dispatcher.read(_waiting)[0]
        head = head_of(dispatcher) | {"case": case, "seen": seen}
        dispatcher.carry_out(DispatchCase(**head, lead=unit, urgency=urgency))


def _waiting(reader: Reader) -> list[tuple[int, int, Urgency, int]]:
    """Return a waiting case, its version and level for each of some units."""
    cases = select(Case).where(Case.status == CaseStatus.RECEIVED).order_by(Case.received_at)
    named = select(UnitVersion.unit_id).where(UnitVersion.short_name.in_(_UNITS))
    units = reader.session.scalars(named)
    return [
        (case.id, case.version, case.urgency, unit)
        for case, unit in zip(reader.session.scalars(cases), units, strict=False)
    ]


def _community(reader: Reader) -> int:
    """Return a community that somebody complains about."""
    named = select(UnitVersion.unit_id).where(UnitVersion.short_name == "书院社区")
    return reader.session.scalars(named).one()


def set_to(window: MainWindow, key: str, *, value: Any) -> None:
    """Set one setting of the hall."""
    with somebody(window, "9001") as keeper:
        keeper.carry_out(SetSetting(**head_of(keeper), key=key, value=value))


def guide_somebody(window: MainWindow) -> None:
    """Let the next window show somebody the way, so that his arrival is to be asked for."""
    with somebody(window, "1001") as clerk:
        category, unit = clerk.read(_where_guided)
        clerk.carry_out(
            RegisterCase(
                **head_of(clerk),
                exit=Exit.GUIDANCE,
                channel=Channel.VISIT,
                details="来办居住证，想问要带哪些材料，听说要先去派出所。",
                summary="居住证在哪里办",
                category=category,
                first_unit=unit,
                appellant=Appellant(name="许丽", phone="13800000052"),
                answer="居住证由派出所户籍窗口受理，材料清单已当面写给她。",
                guided_to="区公安分局滨河派出所户籍窗口",
                guide_person="户籍窗口",
                guide_phone="13800000071",
                guide_way=GuideWay.CALLED,
            )
        )


def _where_guided(reader: Reader) -> tuple[int, int]:
    category = select(Category.id).where(Category.parent_id.is_not(None)).order_by(Category.id)
    unit = select(Staff.unit_id).where(Staff.id == reader.person.staff_id)
    return reader.session.scalars(category).first() or 0, reader.session.scalars(unit).one()


def ask_untold(window: MainWindow) -> None:
    """Ask for more time before the appellant has been told."""
    with somebody(window, "1007") as handler:
        found = handler.read(_running)
        if found is None:
            return
        case, seen, due_at = found
        handler.carry_out(
            AskExtension(
                **head_of(handler),
                case=case,
                seen=seen,
                kind=ExtensionKind.EXTEND,
                reason=ExtensionReason.MANY_SIDES,
                explanation="要和物业、业委会一起到场，约在后天上午。",
                until=max(due_at, handler.now()) + timedelta(days=2),
                late_reason="约时间时才知道要三方都到。",
            )
        )


def _running(reader: Reader) -> tuple[int, int, Any] | None:
    """Return a case of one's own that is handled, its version and when it is due."""
    found = reader.session.execute(
        select(Case.id, Case.version, Clock.due_at)
        .join(Clock, (Clock.case_id == Case.id) & (Clock.round_no == Case.round_no))
        .where(
            Case.status == CaseStatus.HANDLING,
            Case.handler_id == reader.person.staff_id,
            Clock.kind == ClockKind.HANDLE,
            Clock.assignment_id.is_(None),
            Clock.stopped_at.is_(None),
        )
        .order_by(Case.received_at.desc())
        .limit(1)
    ).first()
    return None if found is None else (found.id, found.version, found.due_at)


def sign_without_number(window: MainWindow) -> None:
    """Have the office give the numbers from now on; an opinion is signed and waits for its own."""
    set_to(window, "opinion_number", value="office")
    with somebody(window, "1013") as leader:
        case = leader.read(_to_sign)
        if case is not None:
            head = head_of(leader) | {"case": case[0], "seen": case[1]}
            leader.carry_out(SignOpinion(**head, is_agreed=True))


def _to_sign(reader: Reader) -> tuple[int, int] | None:
    """Return the first opinion that lies on one's own desk."""
    for row in sign_queue(reader).waiting:
        return row.case_id, row.version
    return None
