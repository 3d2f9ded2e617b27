"""Which limits would start, shown before the form is saved (将起的时限)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.queries.intake import IntakeHall
from desk.rules.clock_faces import ClockFace, ClockState
from desk.rules.codes import Channel, ClockEvent, ClockKind, Exit, Urgency
from desk.rules.deadlines import LimitedCase, TimeRule, choose_rule, limits_of, rule_text
from desk.rules.limit_events import started_by
from desk.rules.moments import day_of, in_shanghai, say_due
from desk.rules.wording import label

_STARTS_CLOCKS = frozenset({Exit.OWN_UNIT, Exit.TRANSFER})
_FACE = frozenset({Channel.VISIT, Channel.LEADER_DAY})


@dataclass(frozen=True, slots=True)
class Limits:
    """What the foot of the form says about an exit."""

    lead: str
    faces: tuple[ClockFace, ...] = ()
    promise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What the limits depend on."""

    leave: Exit
    urgency: Urgency
    at: datetime
    channel: Channel
    has_phone: bool
    category: int | None = None


def limits_before_saving(hall: IntakeHall, start: Start, now: datetime) -> Limits:
    """Return the limits that saving would start, counted from when it happened."""
    if start.leave is Exit.ON_SPOT:
        return Limits("现场答复后直接办结，不起时限；登记表上印答复内容。")
    if start.leave is Exit.GUIDANCE:
        return Limits("引导对接后不起时限；登记表上印引导去向和对接人。")
    due: list[tuple[datetime, ClockFace]] = []
    promise = ""
    for rule in _starting(hall, start, now):
        kind = rule.kind
        due_at = limits_of(rule, start.at, hall.calendar).due_at
        due.append((due_at, _face(kind, due_at, start, now, rule_text(rule))))
        if kind is ClockKind.HANDLE:
            wall = in_shanghai(due_at)
            promise = (
                f"回执上写“预计不晚于 {wall.month}月{wall.day}日 {wall:%H:%M}"
                "（分级后如有变化会告知）”，不印级别与判断。"
            )
    due.sort(key=lambda pair: (pair[1].state is not ClockState.STOP, pair[0]))
    return Limits(f"{label(start.leave)}后", tuple(face for _, face in due), promise)


def _starting(hall: IntakeHall, start: Start, now: datetime) -> list[TimeRule]:
    """Return the limits that an appeal starts on leaving the counter this way."""
    case = LimitedCase(
        urgency=start.urgency,
        channel=start.channel,
        categories=frozenset(
            part
            for choice in hall.categories
            if choice.id == start.category
            for part in (choice.id, choice.parent_id)
            if part is not None
        ),
    )
    rules = started_by(hall.rules, ClockEvent.RECEIVED, case, on=day_of(now))
    if start.leave is Exit.TRANSFER:
        return rules
    for event in (ClockEvent.DISPATCHED, ClockEvent.ACCEPTED):  # the unit took it itself
        rules += started_by(hall.rules, event, case, on=day_of(now))
    return [rule for rule in rules if rule.kind not in {ClockKind.DISPATCH, ClockKind.ACCEPT}]


def handle_limit(hall: IntakeHall, urgency: Urgency) -> str:
    """Return the limit of handling for a level in words: “24 小时内办理完毕”."""
    case = LimitedCase(urgency=urgency)
    rule = choose_rule(hall.rules, ClockKind.HANDLE, case, on=hall.today)
    if rule is None:
        return "本厅没有定办理时限"
    return f"{rule_text(rule).removeprefix('限 ').split('，')[0]}内办理完毕"


def _face(kind: ClockKind, due_at: datetime, start: Start, now: datetime, words: str) -> ClockFace:
    name = label(kind)
    if kind is ClockKind.CONTACT and start.channel in _FACE:
        return ClockFace(name, ClockState.STOP, "当面已谈", f"{name}：当面谈话即首次联系。")
    if kind is ClockKind.CONTACT and start.channel is Channel.CALL:
        return ClockFace(name, ClockState.STOP, "电话已谈", f"{name}：来电时的通话即首次联系。")
    if kind is ClockKind.CONTACT and not start.has_phone:
        return ClockFace(name, ClockState.NOT_APPLICABLE, "不适用", f"{name}：没有留电话。")
    wall = in_shanghai(due_at)
    is_tomorrow = day_of(due_at) == day_of(now) + timedelta(days=1)
    said = f"明天 {wall:%H:%M}" if is_tomorrow else say_due(due_at, seen_at=now)
    state = ClockState.OK if due_at > now else ClockState.OVER
    return ClockFace(name, state, f"{said} 前", f"{name}：{words}，{said} 到期。")
