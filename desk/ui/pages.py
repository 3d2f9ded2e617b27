"""Which pages the window has, and who finds which in the navigation (页面表)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any, Protocol, runtime_checkable

from desk.queries.list_hits import ListHit
from desk.queries.person_page import Asked
from desk.rules.card_bursts import CardFacts
from desk.rules.clusters import Sign
from desk.rules.codes import Role
from desk.rules.deeds import HALL_DEEDS, STEPS, Deed
from desk.rules.rights import DONE_BY_DEPUTIES, Person
from desk.rules.topics import PlanOf
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey, PlaceKey
from desk.ui.screen import Screen
from desk.ui.widgets.navigation import NavItem

_ROLES: Mapping[Deed, frozenset[Role]] = MappingProxyType(
    {step.deed: step.roles for step in STEPS} | dict(HALL_DEEDS)
)


class NavGroup(StrEnum):
    """The groups of the navigation, from the top; whoever has one page of a group sees no title."""

    DESK = ""
    COUNTER = "窗口"
    HANDLING = "办理"
    MEDIATION = "调解"
    EARLY = "主动治理"
    STEERING = "考评监督"
    HALL = "综合"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: how it is called, where it lives, and what its people may do.

    Attributes:
        deeds: whoever may do one of these finds the page in the navigation.
        group: under which title it stands in the navigation, in the order of the table.
        counts_all: the number beside it has those of the others of its group in it.
        reached_by: whoever may do one of these gets there from elsewhere, e.g. by Ctrl+K.
    """

    name: str
    label: str
    icon: str
    key: str
    home: str  # module:Class
    deeds: tuple[Deed, ...]
    group: NavGroup = NavGroup.DESK
    counts_all: bool = False
    is_listed: bool = True  # in the navigation; else it is reached by its key
    reached_by: tuple[Deed, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether the page has been built."""
        return find_spec(self.home.partition(":")[0]) is not None

    def is_for(self, person: Person) -> bool:
        """Whether this person works on the page."""
        return _may_any(person, self.deeds)

    def is_open_to(self, person: Person) -> bool:
        """Whether this person works on the page, or gets there from elsewhere."""
        return _may_any(person, self.deeds + self.reached_by)

    def make(self, desk: Desk) -> Screen:
        """Make the page; its module is loaded now, not when the program starts."""
        module, _, name = self.home.partition(":")
        made = getattr(import_module(module), name)(desk)
        assert isinstance(made, Screen)  # noqa: S101 - the table names Screens only
        return made


def _may_any(person: Person, deeds: tuple[Deed, ...]) -> bool:
    return person.is_built_in or any(
        _ROLES[deed] & (person.seeing_roles if deed in DONE_BY_DEPUTIES else person.roles)
        for deed in deeds
    )


_CASES = (Deed.NOTE,)  # whoever may see cases at all

PAGES: tuple[Page, ...] = (
    Page("start", "工作台", "home", PlaceKey.HOME, "desk.ui.start_page:StartPage", _CASES),
    Page(
        "intake", "受理", "intake", GlobalKey.NEW_INTAKE, "desk.ui.intake_screen:IntakeScreen",
        (Deed.REGISTER,),
        group=NavGroup.COUNTER,
    ),
    Page(
        "receptions", "接访", "calendar", GlobalKey.RECEPTIONS,
        "desk.ui.reception_screen:ReceptionScreen", (Deed.HEAR,),
        group=NavGroup.COUNTER,
    ),
    Page(
        "board", "看板", "board", PlaceKey.BOARD, "desk.ui.board_screen:BoardScreen", _CASES,
        group=NavGroup.HANDLING, counts_all=True,
    ),
    Page(
        "case", "案件", "case", PlaceKey.CASES, "desk.ui.case_screen:CaseScreen", _CASES,
        group=NavGroup.HANDLING,
    ),
    Page(
        "signoff", "审签", "sign", PlaceKey.SIGN_OFF, "desk.ui.signoff_screen:SignoffScreen",
        (Deed.SIGN, Deed.SIGN_ON_PAPER),
        group=NavGroup.HANDLING,
    ),
    Page(
        "last_mile", "文书", "seal", GlobalKey.LAST_MILE,
        "desk.ui.last_mile_screen:LastMileScreen", (Deed.SEAL, Deed.DELIVER),
        group=NavGroup.HANDLING,
    ),
    Page(
        "followup", "回访", "phone", PlaceKey.FOLLOW_UP,
        "desk.ui.followup_screen:FollowUpScreen", (Deed.FOLLOW_UP,),
        group=NavGroup.HANDLING,
    ),
    Page(
        "mediation", "调解", "mediation", PlaceKey.MEDIATION,
        "desk.ui.mediation_screen:MediationScreen", (Deed.MEDIATE, Deed.OPEN_MEDIATION),
        reached_by=(Deed.ASK_MEDIATION,),
        group=NavGroup.MEDIATION,
    ),
    Page(
        "rooms", "调解室", "room", PlaceKey.ROOMS, "desk.ui.rooms_screen:RoomsScreen",
        (Deed.BOOK_ROOM, Deed.MEDIATE),
        group=NavGroup.MEDIATION,
    ),
    Page(
        "record", "笔录台", "edit", "", "desk.ui.record_screen:RecordScreen", _CASES,
        is_listed=False,
    ),
    Page(
        "person", "一人一档", "person", GlobalKey.PERSON, "desk.ui.person_screen:PersonScreen",
        (Deed.LINK_PEOPLE,), is_listed=False,
    ),
    Page(
        "place", "一地一档", "pin", GlobalKey.SITE, "desk.ui.place_screen:PlaceScreen",
        (Deed.LINK_PEOPLE,), is_listed=False,
    ),
    Page(
        "early_actions", "未诉先办", "eye", GlobalKey.EARLY_ACTIONS,
        "desk.ui.early_screen:EarlyScreen",
        (Deed.RECORD_FINDING, Deed.TREAT_FINDING), reached_by=_CASES,
        group=NavGroup.EARLY,
    ),
    Page(
        "topics", "专题", "link", GlobalKey.TOPICS, "desk.ui.topics_screen:TopicsScreen",
        (Deed.KEEP_TOPICS,), reached_by=_CASES,
        group=NavGroup.EARLY,
    ),
    Page(
        "lists", "治理清单", "table", GlobalKey.LISTS, "desk.ui.lists_screen:ListsScreen",
        (Deed.KEEP_LISTS, Deed.GATHER_OPINIONS), reached_by=_CASES,
        group=NavGroup.EARLY,
    ),
    Page(
        "grids", "网格", "people", GlobalKey.GRIDS, "desk.ui.grids_screen:GridsScreen",
        (Deed.KEEP_GRIDS,), group=NavGroup.EARLY,
    ),
    Page(
        "bulletins", "通报", "book", GlobalKey.BULLETINS,
        "desk.ui.bulletin_screen:BulletinScreen",
        (Deed.ISSUE_BULLETIN, Deed.STEER), reached_by=_CASES,
        group=NavGroup.STEERING,
    ),
    Page(
        "letters", "表扬提醒", "document", GlobalKey.LETTERS,
        "desk.ui.letters_screen:LettersScreen",
        (Deed.STEER, Deed.ANSWER_LETTER), reached_by=(Deed.NAME_HONOUR,),
        group=NavGroup.STEERING,
    ),
    Page(
        "supervision", "督办", "bell", GlobalKey.STEERING,
        "desk.ui.supervision_screen:SupervisionScreen",
        (Deed.STEER, Deed.REPORT_SUPERVISION),
        group=NavGroup.STEERING,
    ),
    Page(
        "whistles", "吹哨", "whistle", GlobalKey.WHISTLES,
        "desk.ui.whistle_screen:WhistleScreen", (Deed.RAISE_WHISTLE,), reached_by=_CASES,
        group=NavGroup.EARLY,
    ),
    Page(
        "archives", "档案", "archive", GlobalKey.ARCHIVES,
        "desk.ui.archive_screen:ArchiveScreen", (Deed.ARCHIVE,),
        group=NavGroup.HALL,
    ),
    Page(
        "keeping", "个人信息", "eye-off", GlobalKey.KEEPING,
        "desk.ui.keeping_screen:KeepingScreen", (Deed.ERASE, Deed.ERASE_MEDIATION),
        group=NavGroup.HALL,
    ),
    Page(
        "statistics", "统计", "statistics", PlaceKey.STATISTICS,
        "desk.ui.statistics_screen:StatisticsScreen",
        (Deed.MEDIATE, Deed.STEER, Deed.ISSUE_BULLETIN), reached_by=_CASES,
        group=NavGroup.STEERING,
    ),
    Page(
        "duty", "值班", "duty", PlaceKey.DUTY, "desk.ui.duty_screen:DutyScreen", _CASES,
        group=NavGroup.HALL,
    ),
    Page(
        "shift", "交班", "people", GlobalKey.HAND_OVER, "desk.ui.shift_screen:ShiftScreen",
        (Deed.HAND_OVER,), is_listed=False,
    ),
    Page(
        "audit", "留痕", "verify", GlobalKey.AUDIT, "desk.ui.audit_screen:AuditScreen",
        (Deed.AUDIT,), reached_by=(Deed.WATCH_CHAIN,),
        group=NavGroup.HALL,
    ),
    Page(
        "admin", "管理", "settings", PlaceKey.ADMINISTRATION, "desk.ui.admin_screen:AdminScreen",
        (Deed.ADMINISTER, Deed.KEEP_LIMITS, Deed.EDIT_LIBRARY, Deed.KEEP_MEDIATORS, Deed.KEEP_TIES,
         Deed.KEEP_POSTS, Deed.KEEP_QUESTIONNAIRES, Deed.EXPORT),
        group=NavGroup.HALL,
    ),
    Page(
        "trail", "关于我的留痕", "person", "", "desk.ui.trail_screen:TrailScreen",
        (Deed.OWN_TRAIL,), is_listed=False,
    ),
)  # fmt: skip


def pages_of(person: Person) -> list[Page]:
    """Return the pages that this person finds in the navigation, in its order."""
    return [page for page in PAGES if page.is_there and page.is_for(person)]


def reached_pages_of(person: Person) -> list[Page]:
    """Return these pages, and those that he gets to from elsewhere."""
    return [page for page in PAGES if page.is_there and page.is_open_to(person)]


def nav_items(pages: list[Page]) -> list[NavItem]:
    """Return the lines of the navigation, group by group."""
    order = list(NavGroup)
    listed = sorted((page for page in pages if page.is_listed), key=lambda p: order.index(p.group))
    return [
        NavItem(page.name, page.label, page.icon, page.key, page.group.value, page.counts_all)
        for page in listed
    ]


def groups_first(person: Person) -> tuple[str, ...]:
    """Return the groups that are open before others where the screen is low."""
    if person.roles & {Role.LEADER, Role.CHIEF, Role.INSPECTOR}:
        return NavGroup.HANDLING.value, NavGroup.STEERING.value
    if Role.DISPATCHER in person.roles:
        return NavGroup.HANDLING.value, NavGroup.EARLY.value
    return ()


@runtime_checkable
class OpensCases(Protocol):
    """A page that shows one case."""

    def open_case(self, case_id: int) -> None:
        """Show this case."""


@runtime_checkable
class OpensMediations(Protocol):
    """A page that shows one mediation."""

    def open_mediation(self, mediation_id: int) -> None:
        """Show this mediation."""


@runtime_checkable
class AsksByNumber(Protocol):
    """A page on which a mediation is asked for by its number and a reason."""

    def ask_by_number(self, number: str) -> None:
        """Open the form, with a number that was typed elsewhere."""


@runtime_checkable
class OpensPeople(Protocol):
    """A page that shows one person across years."""

    def open_person(self, asked: Asked, where: str) -> None:
        """Show whoever a form or a case is about; from where is noted."""


@runtime_checkable
class OpensSites(Protocol):
    """A page that shows one place across years."""

    def open_site(self, place: int | None, category: int | None) -> None:
        """Show a place, with its neighbours' solved cases of a category."""


@runtime_checkable
class OpensDays(Protocol):
    """A page that shows who comes on a day."""

    def open_day(self, day: date, post: int | None) -> None:
        """Show a day of the counter's book, or of a leader's."""


@runtime_checkable
class OpensListLines(Protocol):
    """A page that can be asked for a line of one of its lists."""

    def open_found(self, hit: ListHit) -> None:
        """Show it."""


@runtime_checkable
class OpensFindings(Protocol):
    """A page that shows one finding (未诉先办)."""

    def open_finding(self, finding: int) -> None:
        """Show this finding."""


@runtime_checkable
class OpensWhistles(Protocol):
    """A page that shows one whistle."""

    def open_whistle(self, whistle: int) -> None:
        """Show this whistle."""


@runtime_checkable
class OpensTopics(Protocol):
    """A page that shows one topic, or what may be one."""

    def open_topic(self, wanted: int | Sign | PlanOf) -> None:
        """Show this topic, its plan, or the proposal of this sign."""


@runtime_checkable
class OpensSittings(Protocol):
    """A page on which the record of a sitting is written."""

    def open_sitting(self, mediation_id: int) -> None:
        """Show the sitting of this mediation that is under way."""


@runtime_checkable
class BooksRooms(Protocol):
    """A page on which a room is booked."""

    def begin_for(self, mediation_id: int) -> None:
        """Begin a booking for this mediation."""


@runtime_checkable
class ImportsNotices(Protocol):
    """A page on which the notice of a year's holidays is imported."""

    def import_notice(self) -> None:
        """Show the form that takes the notice."""


@runtime_checkable
class KnowsCategory(Protocol):
    """A page that shows a case of one category, for which fitting texts come first."""

    def category_id(self) -> int | None:
        """Return the category of what is shown."""


@runtime_checkable
class TakesCards(Protocol):
    """A page with a form that an identity card fills."""

    def take_card(self, card: CardFacts) -> None:
        """Write what the card says."""


@runtime_checkable
class TakesIntakes(Protocol):
    """A page on which an intake is written."""

    def begin(self, facts: Mapping[str, Any] | None = None) -> None:
        """Begin a new intake with what is known already."""


@runtime_checkable
class TakesCalls(Protocol):
    """A page with the short form for a call (20 秒快记)."""

    def begin_short_call(self) -> None:
        """Begin the short form."""
