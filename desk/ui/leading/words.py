"""A led case and its meetings in sentences (包案的话), the same on every page."""

from collections.abc import Sequence
from datetime import date, datetime

from desk.queries.case_file import CaseFile
from desk.queries.leader_cases import CheckView, LeaderCaseView, LeaderStepView, MemberView
from desk.queries.meetings import MeetingView
from desk.rules.deeds import Deed
from desk.rules.moments import day_of, say_moment
from desk.rules.wording import label

_NO_LEADER = "（包案领导已回避，请信联办移交给别的领导）"


def unled_deeds(file: CaseFile) -> set[Deed]:
    """Return what is not offered: nothing to lead, or not this person's to write or decide."""
    now = file.leading.now
    if now is None:
        return {Deed.WORK_LEADER_CASE, Deed.DIRECT_LEADER_CASE}
    found = {Deed.RAISE_LEADER_CASE}
    if not now.may_work:
        found.add(Deed.WORK_LEADER_CASE)
    if not now.may_direct:
        found.add(Deed.DIRECT_LEADER_CASE)
    return found


def leading_hint(file: CaseFile, now: datetime) -> str:
    """Say in one line who leads the case, by which plan, and what comes next; empty: nobody."""
    view, today = file.leading.now, day_of(now)
    if view is None:
        return ""
    leader = view.leader.name if view.leader is not None else _NO_LEADER
    days = (today - view.started_on).days + 1
    late = "，已过计划日期" if view.planned_until < today else ""
    said = f"包案：{leader}，第 {days} 天，计划 {say_day(view.planned_until, today)} 化解{late}"
    return f"{said}{_next(view, today)}。"


def _next(view: LeaderCaseView, today: date) -> str:
    step = next(iter(view.planned), None)
    if step is None or step.due_on is None:
        return ""
    late = "已到期，" if step.due_on < today else ""
    return f"；下一步 {late}{say_day(step.due_on, today)} {short(step.action)}"


def overview(file: CaseFile, view: LeaderCaseView, now: datetime) -> list[str]:
    """Return a led case as whoever works on it reads it, line by line."""
    today = day_of(now)
    said = [leading_hint(file, now), f"提级原因：{view.reason}"]
    others = [one for one in view.team if one is not view.leader]
    said.append(f"专班：{'；'.join(member_words(one) for one in others) or '还没有组'}")
    if view.hints:
        said.append(f"按 1+1+2+N：{'，'.join(view.hints)}（只提示）。")
    before = [one for one in view.left if one.reason]
    said += [f"已退出：{member_words(one)}，{one.reason}" for one in before]
    said += [step_words(one, today) for one in view.steps[:_SHOWN]]
    if len(view.steps) > _SHOWN:
        said.append(f"另有 {len(view.steps) - _SHOWN} 条，都在办理过程里。")
    return said


_SHOWN = 6
_SHORT = 24


def member_words(one: MemberView) -> str:
    """Return somebody in the team: “网格员 陈静（榕东）”."""
    office = f"（{one.office}）" if one.office else ""
    return f"{label(one.role)} {one.name}{office}"


def step_words(one: LeaderStepView, today: date) -> str:
    """Return a step: planned, done or dropped."""
    if one.is_dropped:
        return f"已取消　{one.action}：{one.result}"
    if one.waits:
        day = say_day(one.due_on, today) if one.due_on else ""
        late = "，已到期" if one.due_on is not None and one.due_on < today else ""
        return f"计划 {day}{late}　{one.action}"
    day = say_day(one.done_on, today) if one.done_on else ""
    return f"{day}　{one.action}：{one.result}"


def check_words(one: CheckView) -> str:
    """Return what was said to a line of a list last; empty: nothing yet."""
    if one.said_at is None:
        return ""
    said = (label(one.answer) if one.answer else "", one.responsible, one.note)
    day = f"（{one.on_day:%m-%d}）" if one.on_day else ""
    return f"{'，'.join(filter(None, said))}{day}"


def questions_said(lines: Sequence[CheckView]) -> str:
    """Return the hall's 三问 with what was said to each last, for whoever decides."""
    if not any(check_words(one) for one in lines):
        return "三问　都还没有答。"
    said = [f"{one.words}：{check_words(one) or '没有答'}" for one in lines]
    return f"三问　{'；'.join(said)}"


def meeting_words(one: MeetingView, now: datetime) -> str:
    """Return a meeting in one line: when, what about, what was decided."""
    decided = f"；议定 {len(one.decisions)} 项" if one.decisions else ""
    when = say_moment(one.held_at, seen_at=now)
    return f"{when} {label(one.kind)}：{one.title}（{one.chair}主持{decided}）"


def say_day(day: date, today: date) -> str:
    """Return a day as people say it: the year only where it is another one."""
    year = f"{day.year} 年 " if day.year != today.year else ""
    return f"{year}{day.month} 月 {day.day} 日"


def short(text: str) -> str:
    """Return the beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"
