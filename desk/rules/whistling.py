"""A whistle's life (吹哨报到): who may do what, what must be said, whether a unit came in time.

A unit calls others to a place; 信联办 agrees or sends it back; each called unit's response counts
on its own; what was agreed on the spot is divided; the caller rates it. How high a matter is
called is data of the hall. Sources: DOMAIN.md 002-14, 003-4, 2.7, 9.5.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from desk.rules.codes import Purpose, Role, UnitKind
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.rights import Person
from desk.rules.whistle_codes import WhistleKind, WhistleResult, WhistleStage, WhistleState
from desk.rules.wording import label

S = WhistleState
MOVES: Mapping[WhistleState, frozenset[WhistleState]] = MappingProxyType(
    {
        S.RAISED: frozenset({S.CALLED, S.RETURNED, S.WITHDRAWN}),
        S.RETURNED: frozenset({S.RAISED, S.CALLED, S.WITHDRAWN}),
        S.CALLED: frozenset({S.SETTLED, S.WITHDRAWN}),
        S.SETTLED: frozenset({S.RATED, S.CALLED}),  # not settled after all: back to the site
        S.RATED: frozenset({S.FILED, S.CALLED}),
        S.FILED: frozenset(),
        S.WITHDRAWN: frozenset(),
    }
)
OPEN = frozenset(S) - {S.FILED, S.WITHDRAWN}
COUNTED = frozenset({S.CALLED, S.SETTLED, S.RATED, S.FILED})  # whose units count as called
# 信联办 and the leaders: they agree, type in what came on paper, file it
RUNNERS = frozenset({Role.DISPATCHER, Role.LEADER, Role.CHIEF})
SHORT_OF_REASON = "请写明理由，吹哨单位会看到。"
NOT_WHISTLED = (
    "举报件、调解件和反映本街道单位、人员的件不吹哨，免得让不该知道的人知道。请找分管领导协调。"
)
NOT_FOUND = "找不到这张哨单，可能已不归您查看。请刷新后再试。"
_OF_GRIDS, _OF_OTHERS = "网格", "社区"
ARROW = "→"


class Party(StrEnum):
    """What somebody has to do with a whistle."""

    RUNNER = "runner"  # 信联办、领导
    CALLER = "caller"  # 吹哨单位
    CALLED = "called"  # 被吹哨单位


class WhistleStep(StrEnum):
    """Everything that is done to a whistle after it was raised."""

    REVIEW = "review"  # 审核
    CHANGE = "change"  # 改后重报
    ARRIVE = "arrive"  # 报到
    CALL_MORE = "call_more"  # 加叫单位
    CONSULT = "consult"  # 现场会商
    DIVIDE = "divide"  # 责任分工
    FINISH_DUTY = "finish_duty"  # 分工落实
    CONCLUDE = "conclude"  # 处置结果
    RATE = "rate"  # 评价
    FILE = "file"  # 归档
    REOPEN = "reopen"  # 退回再办
    WITHDRAW = "withdraw"  # 撤销


_R, _C, _U = Party.RUNNER, Party.CALLER, Party.CALLED
_ON_SITE = frozenset({S.CALLED})
_AFTER = frozenset({S.CALLED, S.SETTLED, S.RATED})
# step → at which states, for whom; in the order in which a whistle lives
STEPS: Mapping[WhistleStep, tuple[frozenset[WhistleState], frozenset[Party]]] = MappingProxyType(
    {
        WhistleStep.REVIEW: (frozenset({S.RAISED}), frozenset({_R})),
        WhistleStep.CHANGE: (frozenset({S.RAISED, S.RETURNED}), frozenset({_C, _R})),
        WhistleStep.ARRIVE: (_AFTER, frozenset({_R, _C, _U})),
        WhistleStep.CALL_MORE: (_ON_SITE, frozenset({_R, _C})),
        WhistleStep.CONSULT: (_ON_SITE, frozenset({_R, _C})),
        WhistleStep.DIVIDE: (_AFTER, frozenset({_R, _C})),
        WhistleStep.FINISH_DUTY: (_AFTER, frozenset({_R, _C, _U})),
        WhistleStep.CONCLUDE: (_ON_SITE, frozenset({_R, _C})),
        WhistleStep.RATE: (frozenset({S.SETTLED}), frozenset({_C, _R})),
        WhistleStep.FILE: (frozenset({S.RATED}), frozenset({_R})),
        WhistleStep.REOPEN: (frozenset({S.SETTLED, S.RATED}), frozenset({_R})),
        WhistleStep.WITHDRAW: (frozenset({S.RAISED, S.RETURNED, S.CALLED}), frozenset({_R, _C})),
    }
)
STEP_WORDS: Mapping[WhistleStep, str] = MappingProxyType(
    {
        WhistleStep.REVIEW: "审核",
        WhistleStep.CHANGE: "改后重报",
        WhistleStep.ARRIVE: "登记报到",
        WhistleStep.CALL_MORE: "加叫单位",
        WhistleStep.CONSULT: "会商意见",
        WhistleStep.DIVIDE: "责任分工",
        WhistleStep.FINISH_DUTY: "分工落实",
        WhistleStep.CONCLUDE: "处置结果",
        WhistleStep.RATE: "评价",
        WhistleStep.FILE: "归档",
        WhistleStep.REOPEN: "退回再办",
        WhistleStep.WITHDRAW: "撤销",
    }
)


class CalledUnit(Protocol):
    """A unit that is called, and by when it should be there."""

    @property
    def unit(self) -> int:
        """Return which unit."""

    @property
    def required_at(self) -> datetime:
        """Return by when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a whistle says before it goes out."""

    level: str
    site: str
    matter: str
    caller_unit: int
    units: Sequence[CalledUnit]
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class Response:
    """How one called unit responded; `required_at` is None where an old ledger did not say."""

    required_at: datetime | None = None
    arrived_at: datetime | None = None

    @property
    def came(self) -> bool:
        """Whether it came at all."""
        return self.arrived_at is not None

    @property
    def came_in_time(self) -> bool:
        """Whether it came by when it should; where nothing was said, coming is in time."""
        if self.arrived_at is None:
            return False
        return self.required_at is None or self.arrived_at <= self.required_at


def is_runner(person: Person) -> bool:
    """Return whether somebody reviews and files whistles."""
    return person.is_built_in or bool(person.roles & RUNNERS)


def parties_of(
    person: Person, *, caller_unit: int, raised_by: int, called_units: Collection[int]
) -> frozenset[Party]:
    """Return what somebody has to do with a whistle; nothing for a mere reader."""
    found = {
        Party.RUNNER: is_runner(person),
        Party.CALLER: caller_unit in person.unit_ids or raised_by == person.staff_id,
        Party.CALLED: bool(person.unit_ids & set(called_units)),
    }
    return frozenset(party for party, holds in found.items() if holds)


def steps_now(state: WhistleState, parties: Collection[Party]) -> tuple[WhistleStep, ...]:
    """Return what may be done now, in the order in which a whistle lives."""
    return tuple(
        step for step, (states, doers) in STEPS.items() if state in states and doers & set(parties)
    )


def require_step(step: WhistleStep, state: WhistleState, parties: Collection[Party]) -> None:
    """Raise NotAllowed or RuleBroken unless this may be done now by whoever asks."""
    states, doers = STEPS[step]
    if not doers & set(parties):
        raise NotAllowed(f"“{STEP_WORDS[step]}”不归您办理。请找吹哨单位或信联办。")
    if state not in states:
        raise RuleBroken(
            f"这张哨单现在是“{label(state)}”，不能再办“{STEP_WORDS[step]}”。请刷新后看看下一步。"
        )


def may_be_whistled(*, is_secret: bool, purpose: Purpose, is_about_us: bool) -> bool:
    """Return whether units may be called about a case: many of them will read why (9.4)."""
    return not is_secret and purpose is not Purpose.MEDIATION and not is_about_us


def default_level(levels: Sequence[str], kind: UnitKind) -> str:
    """Return the level at which a unit of this kind usually calls."""
    first = _OF_GRIDS if kind is UnitKind.GRID else _OF_OTHERS
    fitting = (level for level in levels if level.startswith(first + ARROW))
    return next(fitting, levels[0])


def level_above(levels: Sequence[str], level: str) -> str | None:
    """Return the level on which an unsettled matter is called next; None at the top."""
    above = level.rpartition(ARROW)[2]
    return next((one for one in levels if one.startswith(above + ARROW)), None)


def require_whistle(draft: Draft, levels: Collection[str]) -> None:
    """Raise RuleBroken unless it is said where, why, who is called, and by when."""
    if draft.level not in levels:
        raise RuleBroken("请从列表里选吹哨级别。", field="level")
    if not draft.site.strip():
        raise RuleBroken("请写明到哪里报到，例如“书院路 18 号东门”。", field="site")
    if not draft.matter.strip():
        raise RuleBroken("请写明为什么吹哨、要解决什么，到场的人才带得对工具。", field="matter")
    require_units(draft.units, caller_unit=draft.caller_unit, since=draft.raised_at)


def require_units(units: Sequence[CalledUnit], *, caller_unit: int, since: datetime) -> None:
    """Raise RuleBroken unless other units are called, each once, to a time after the call."""
    if not units:
        raise RuleBroken("请至少叫一个单位。", field="units")
    asked = [one.unit for one in units]
    if len(set(asked)) != len(asked):
        raise RuleBroken("同一个单位叫了两次，请删去一行。", field="units")
    if caller_unit in asked:
        raise RuleBroken("吹哨单位不用叫自己。请选别的单位。", field="units")
    if any(one.required_at < _minute_of(since) for one in units):
        raise RuleBroken("要求到场时间要晚于吹哨时间，请改正。", field="units")


def require_review_note(*, agrees: bool, note: str) -> None:
    """Raise RuleBroken unless it is said why a whistle goes back."""
    if not agrees and not note.strip():
        raise RuleBroken(SHORT_OF_REASON, field="note")


def require_arrival(
    *, name: str, at: datetime, raised_at: datetime, now: datetime, is_outside: bool, document: str
) -> None:
    """Raise RuleBroken unless it is said who came when, of a unit outside also on what proof."""
    if not name.strip():
        raise RuleBroken("请写到场人姓名。", field="name")
    if at > now:
        raise RuleBroken("到场时间还没有到，请核对。", field="at")
    if at < _minute_of(raised_at):
        raise RuleBroken("到场时间早于吹哨时间，请核对。", field="at")
    if is_outside and not document.strip():
        raise RuleBroken(
            "街道以外的单位不在本系统里，请写明凭什么登记，例如“现场签到表”或复函的文号。",
            field="document",
        )


def require_recorder(parties: Collection[Party], *, is_own_unit: bool, is_outside: bool) -> None:
    """Raise NotAllowed unless somebody may say that people of a unit came."""
    if is_outside and Party.RUNNER not in parties:
        raise NotAllowed("街道以外单位的报到由信联办凭签到表或复函登记。请把材料交给信联办。")
    if not (is_own_unit or {Party.RUNNER, Party.CALLER} & set(parties)):
        raise NotAllowed("别的单位的报到由吹哨单位或信联办登记。")


def require_result(
    *,
    result: WhistleResult,
    note: str,
    resolved_at: datetime | None,
    raised_at: datetime,
    now: datetime,
) -> None:
    """Raise RuleBroken unless it is said what came of it, and of what was settled, when."""
    if not note.strip():
        raise RuleBroken("请写明处置到什么程度；没有化解的写清卡在哪里。", field="note")
    if result is not WhistleResult.RESOLVED:
        return
    if resolved_at is None or not _minute_of(raised_at) <= resolved_at <= now:
        raise RuleBroken("请填化解时间，在吹哨之后、现在之前。", field="resolved_at")


def _minute_of(moment: datetime) -> datetime:
    """Return the minute of a moment: what is typed has no seconds."""
    return moment.replace(second=0, microsecond=0)


def stage_of(state: WhistleState, responses: Collection[Response]) -> WhistleStage | None:
    """Return the column of the coordinator's board; None for what is done or with its caller."""
    if state is S.CALLED:
        everybody = all(one.came for one in responses)
        return WhistleStage.ON_SITE if everybody else WhistleStage.ARRIVAL
    return _STAGES.get(state)


_STAGES: Mapping[WhistleState, WhistleStage] = MappingProxyType(
    {
        S.RAISED: WhistleStage.REVIEW,
        S.SETTLED: WhistleStage.RATING,
        S.RATED: WhistleStage.FILING,
    }
)


def minutes_to_come(kind: WhistleKind, *, usual: int, emergency: int) -> int:
    """Return in how many minutes a unit is usually called to be there."""
    return emergency if kind is WhistleKind.EMERGENCY else usual
