"""Cases led by a leader (提级、领导包案): who may lead, what a team is made of, what must be said.

The team's pattern (1+1+2+N) is a hint and never a ban, like the hall's own lists (五包、三问):
what these slogans mean is data of the hall. Sources: DOMAIN.md 002-13, 002-20, 2.10, 6.1, 6.4, 9.5.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from desk.rules.codes import Role
from desk.rules.errors import RuleBroken
from desk.rules.leader_case_codes import CheckAnswer, TeamRole
from desk.rules.rights import KEEPERS_OF_SECRETS, CaseStand, Person
from desk.rules.wording import from_label, label

LEADERS = frozenset({Role.LEADER, Role.CHIEF})
SEED_PLEDGES = ("包掌握情况", "包思想教育", "包解决化解", "包稳控管理", "包依法处理")
SEED_QUESTIONS = ("诉求是否解决", "办法是否穷尽", "居民是否满意")
SEED_PATTERN: Mapping[str, int] = MappingProxyType(
    {
        TeamRole.DELEGATE.value: 1,
        TeamRole.YOUNG.value: 1,
        TeamRole.BUSINESS.value: 2,
        TeamRole.GRID.value: 1,
    }
)
_MOST_IN_TEAM = 20
_PART = re.compile(r"\s*(.+?)\s*([0-9]{1,2})\s*人?\s*")
NOT_YOUR_TEAM = "包案的进展由包案领导、专班成员、主办单位和信联办来记。"
NOT_YOURS_TO_DIRECT = "组队、移交和结论由包案领导、主要领导或信联办来定。"


@dataclass(frozen=True, slots=True)
class SaidOfLine:
    """What somebody said to one line of a list.

    Attributes:
        note: how far it is, or why it is so.
    """

    words: str
    answer: CheckAnswer | None = None
    responsible: str = ""
    note: str = ""
    on_day: date | None = None

    @property
    def says_something(self) -> bool:
        """Whether anything was answered or written."""
        return bool(self.answer or self.responsible.strip() or self.note.strip())


def read_pattern(text: str) -> dict[str, int]:
    """Return how many of whom words ask for: “年轻干部 1，业务人员 2”.

    Raises:
        RuleBroken: something else is written.
    """
    found: dict[str, int] = {}
    for part in filter(None, re.split("[，,；;]", text)):
        match = _PART.fullmatch(part)
        if match is None or not 1 <= int(match[2]) <= _MOST_IN_TEAM:
            raise RuleBroken(
                f"请写成 {show_pattern(SEED_PATTERN)}；人数从 1 到 {_MOST_IN_TEAM}。", field="value"
            )
        try:
            found[from_label(TeamRole, match[1]).value] = int(match[2])
        except RuleBroken as error:
            raise RuleBroken(str(error), field="value") from error
    return found


def show_pattern(value: Mapping[str, int]) -> str:
    """Return the pattern in words."""
    return "，".join(f"{label(TeamRole(role))} {count}" for role, count in value.items())


def team_hints(team: Iterable[TeamRole], pattern: Mapping[str, int]) -> tuple[str, ...]:
    """Say whom a team still lacks by the pattern; it goes on without them all the same."""
    there = Counter(role.value for role in team)
    return tuple(
        f"{label(TeamRole(role))}还差 {wanted - there[role]} 人"
        for role, wanted in pattern.items()
        if there[role] < wanted
    )


def may_work(person: Person, team: Collection[int], stand: CaseStand) -> bool:
    """Return whether somebody may write down how a led case goes on.

    Args:
        team: the staff in the team, its leader among them.
    """
    if person.is_built_in or person.staff_id in team or set(person.acts_for) & set(team):
        return True
    in_hand = {part.unit_id for part in stand.parts} | {stand.first_unit_id}
    return bool(in_hand & person.unit_ids) or _directs_all(person, stand)


def may_direct(person: Person, leader: int | None, stand: CaseStand) -> bool:
    """Return whether somebody may compose the team, hand the case over and conclude it."""
    leads = leader is not None and (person.staff_id == leader or leader in person.acts_for)
    return person.is_built_in or leads or _directs_all(person, stand)


def _directs_all(person: Person, stand: CaseStand) -> bool:
    office = KEEPERS_OF_SECRETS if stand.is_confidential else frozenset({Role.DISPATCHER})
    return bool(person.roles & (office | {Role.CHIEF}))


def require_raise(*, reason: str, started_on: date, planned_until: date, today: date) -> None:
    """Raise RuleBroken unless it is said why a leader takes the case, and by when it is planned."""
    if not reason.strip():
        raise RuleBroken("请写明为什么提级：卡在哪里、单个部门为什么办不了。", field="reason")
    if started_on > today:
        raise RuleBroken("包案日期还没有到，请核对。", field="started_on")
    if planned_until < max(started_on, today):
        raise RuleBroken("计划化解的日期已经过了，请改成今天以后的日期。", field="planned_until")


def require_conclusion(
    *, conclusion: str, concluded_on: date, started_on: date, today: date
) -> None:
    """Raise RuleBroken unless it is said how it ended, on a day since it began."""
    if not conclusion.strip():
        raise RuleBroken("请写明化解结论：怎么解决的、居民怎么说。", field="conclusion")
    if not started_on <= concluded_on <= today:
        raise RuleBroken("结论日期要在包案日期和今天之间，请核对。", field="concluded_on")


def require_step(*, action: str, due_on: date | None, today: date) -> None:
    """Raise RuleBroken unless a step of the plan says what is to be done by when."""
    if not action.strip():
        raise RuleBroken("请写明做什么。", field="action")
    if due_on is None or due_on < today:
        raise RuleBroken("请写明打算哪天做完，要从今天起。", field="due_on")


def require_result(
    *, action: str, result: str, done_on: date, started_on: date, today: date
) -> None:
    """Raise RuleBroken unless a line of progress says what was done, when, and what came of it."""
    if not action.strip():
        raise RuleBroken("请写明做了什么。", field="action")
    if not result.strip():
        raise RuleBroken("请写明结果；还没有结果的写“待答复”。", field="result")
    if not started_on <= done_on <= today:
        raise RuleBroken("日期要在包案日期和今天之间，请核对。", field="done_on")
