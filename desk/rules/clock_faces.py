"""What a clock chip (时限) shows: its state, its few words, and the sentence behind F4.

Everything is decided from stored instants, so painting a thousand chips needs no calendar
(SCREENS.md 1 and 3, DOMAIN.md 6.3 with 9.2).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from desk.rules.codes import SpanUnit
from desk.rules.moments import day_of, last_day_of, say_due, say_length, say_moment

_ONE_MINUTE = timedelta(minutes=1)
_ONE_HOUR = timedelta(hours=1)
_ONE_DAY = timedelta(days=1)
_DUE_TODAY = "今天到期"
_COUNTED_IN_DAYS = frozenset({SpanUnit.WORKING_DAY, SpanUnit.DAY})


class ClockState(StrEnum):
    """How a clock chip is painted: shape, edge and colour of SCREENS.md 1."""

    OK = "ok"  # 剩一半以上
    WARN = "warn"  # 剩一半以下
    NEAR = "near"  # 剩两成以下
    OVER = "over"  # 超期
    STOP = "stop"  # 已停
    PAUSE = "pause"  # 暂停
    WAIT = "wait"  # 未起
    NOT_APPLICABLE = "not_applicable"  # 不适用


RUNNING = frozenset({ClockState.OK, ClockState.WARN, ClockState.NEAR, ClockState.OVER})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFacts:
    """What is stored about one clock of a case.

    Attributes:
        name: the chip's word (“联系”).
        rule_text: the rule in words, without a full stop (“限 10 分钟，从受理起算”).
        half_at: when half of the time is used up; worked out with the calendar when it was set.
        near_at: when four fifths of the time are used up.
        paused_since: since when the clock stands still; the instants above are those before it.
        paused_total: length of all finished pauses.
        set_aside_at: since when the whole case is set aside (合并、撤回).
        original_due_at: when it was due at first; shown beside the present due for ever.
        extended_to: until when more time was granted (延期).
        day_ends: for rules counted in working days, the end of each day that counts.
        guessed_year: a year it reaches into whose holidays are not known yet.
        is_legal: the law sets it, and no internal step stops it.
        reason: why the clock is paused or does not apply.
    """

    name: str
    unit: SpanUnit
    rule_text: str = ""
    started_at: datetime | None = None
    due_at: datetime | None = None
    half_at: datetime | None = None
    near_at: datetime | None = None
    stopped_at: datetime | None = None
    set_aside_at: datetime | None = None
    paused_since: datetime | None = None
    paused_total: timedelta = timedelta()
    original_due_at: datetime | None = None
    extended_to: datetime | None = None
    day_ends: tuple[datetime, ...] = ()
    guessed_year: int | None = None
    is_legal: bool = False
    is_applicable: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ClockFace:
    """What a clock chip shows; `sentence` is its tooltip and the answer to F4."""

    name: str
    state: ClockState
    text: str
    sentence: str

    @property
    def is_running(self) -> bool:
        """Whether the text changes by itself as time goes by."""
        return self.state in RUNNING


def clock_face(facts: ClockFacts, now: datetime) -> ClockFace:
    """Return what the chip of this clock shows at `now`; a limit that ends now is still kept."""
    if not facts.is_applicable:
        rest = facts.reason or "这一件不需要这一步"
        return _face(facts, ClockState.NOT_APPLICABLE, "不适用", rest)
    if facts.started_at is None or facts.due_at is None:
        if facts.stopped_at is not None:
            end = say_moment(facts.stopped_at, seen_at=now)
            return _face(facts, ClockState.STOP, "已完成", f"{end} 完成，没有起算记录")
        return _face(facts, ClockState.WAIT, "未起", "还没有起算")
    run = _Run(facts, facts.started_at, facts.due_at, now)
    resting = run.resting()
    if resting is not None:
        return resting
    return run.over() if now > facts.due_at else run.left()


def next_look_at(facts: ClockFacts, now: datetime) -> datetime | None:
    """Return when the chip must be painted again: each second under an hour, else each minute."""
    if facts.due_at is None or not clock_face(facts, now).is_running:
        return None
    left = facts.due_at - now
    by_second = not _is_counted_in_days(facts) and left <= _ONE_HOUR
    if (by_second and left > -_ONE_MINUTE) or abs(left) < _ONE_MINUTE:
        return now.replace(microsecond=0) + timedelta(seconds=1)
    return now.replace(second=0, microsecond=0) + _ONE_MINUTE


def _face(facts: ClockFacts, state: ClockState, text: str, rest: str) -> ClockFace:
    rule = f"{facts.rule_text}；" if facts.rule_text else ""
    law = "法定时限，不因内部流转暂停；" if facts.is_legal and rule else ""
    guess = ""
    if facts.guessed_year and state in {*RUNNING, ClockState.PAUSE}:
        guess = f"；{facts.guessed_year} 年的节假日表还没有导入，到期时间只是推算，可能不对"
    return ClockFace(facts.name, state, text, f"{facts.name}：{rule}{law}{rest}{guess}。")


def _is_counted_in_days(facts: ClockFacts) -> bool:
    return facts.unit in _COUNTED_IN_DAYS


@dataclass(frozen=True, slots=True)
class _Run:
    """A clock that has started, looked at now."""

    facts: ClockFacts
    started_at: datetime
    due_at: datetime
    now: datetime

    def left(self) -> ClockFace:
        text = self._days_left() if _is_counted_in_days(self.facts) else self._time_left()
        rest = f"{self._course()}，还{text}"
        if text == _DUE_TODAY:
            rest = f"{self._course()}，今天这时以前办完仍不超期"
        elif self.facts.guessed_year:
            text = f"约{text}"
        return _face(self.facts, self._colour(), text, rest)

    def over(self) -> ClockFace:
        over = say_length(self.now - self.due_at)
        return _face(self.facts, ClockState.OVER, f"超 {over}", f"{self._course()}，已超 {over}")

    def stopped(self, at: datetime) -> ClockFace:
        used = say_length(max(at - self.started_at - self.facts.paused_total, timedelta()))
        late = f"超 {say_length(at - self.due_at)}" if at > self.due_at else "没有超期"
        rest = f"{self._course()}，{self._say(at)} 完成，用时 {used}，{late}"
        return _face(self.facts, ClockState.STOP, f"用时 {used}", rest)

    def resting(self) -> ClockFace | None:
        """Return what a clock shows that has stopped or stands still; None for one that runs."""
        facts = self.facts
        if facts.stopped_at is not None:
            return self.stopped(facts.stopped_at)
        if facts.set_aside_at is not None:
            return self.set_aside(facts.set_aside_at)
        return None if facts.paused_since is None else self.paused(facts.paused_since)

    def set_aside(self, since: datetime) -> ClockFace:
        rest = f"{self._course()}，{self._say(since)} 随案件停表（合并或撤回），恢复后按原时限算"
        return _face(self.facts, ClockState.STOP, "已停表", rest)

    def paused(self, since: datetime) -> ClockFace:
        why = self.facts.reason
        stood = f"{self._say(since)} 起暂停" + (f"（{why}）" if why else "")
        gap = say_length(abs(self.due_at - since))
        left = f"暂停时已超 {gap}" if since > self.due_at else f"暂停时还剩 {gap}"
        lasts = say_length(max(self.now - since, timedelta()))
        rest = f"{self._say(self.started_at)} 起算，{stood}，已暂停 {lasts}，{left}，恢复后接着算"
        return _face(self.facts, ClockState.PAUSE, f"暂停 {why}".rstrip(), rest)

    def _colour(self) -> ClockState:
        whole = self.due_at - self.started_at
        if self.now >= (self.facts.near_at or self.started_at + whole * 4 / 5):
            return ClockState.NEAR
        half_at = self.facts.half_at or self.started_at + whole / 2
        if _is_counted_in_days(self.facts):
            half_at = min(half_at, self.due_at - _ONE_DAY)  # “<1 天即黄”, DOMAIN.md 9.2
        return ClockState.WARN if self.now >= half_at else ClockState.OK

    def _time_left(self) -> str:
        seconds = ceil((self.due_at - self.now).total_seconds())
        if seconds < _ONE_HOUR.seconds:
            return f"剩 {seconds // 60}:{seconds % 60:02}"
        return f"剩 {say_length(timedelta(seconds=seconds))}"

    def _days_left(self) -> str:
        today, last = day_of(self.now), last_day_of(self.due_at)
        if today >= last:
            return _DUE_TODAY
        days = sum(last_day_of(end) > today for end in self.facts.day_ends)
        return f"剩 {days or (last - today).days} 天"

    def _course(self) -> str:
        paused = self.facts.paused_total
        pauses = f"，期间暂停 {say_length(paused)}" if paused else ""
        return f"{self._say(self.started_at)} 起算{pauses}，{self._due()}"

    def _due(self) -> str:
        """Return when it is due; where that was moved, since when and why."""
        due = say_due(self.due_at, seen_at=self.now)
        first = self.facts.original_due_at
        if first is None or first == self.due_at:
            return f"{due} 到期"
        if self.facts.extended_to == self.due_at:
            why = "已延期到"
        else:
            why = "扣除暂停后" if self.facts.paused_total else "重新计算后"
        return f"原定 {say_due(first, seen_at=self.now)} 到期，{why} {due}"

    def _say(self, moment: datetime) -> str:
        return say_moment(moment, seen_at=self.now)
