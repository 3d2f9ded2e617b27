"""The row of the registration form of a led case (提级办理、领导包案登记表, DOMAIN.md 2.10)."""

from collections.abc import Sequence
from datetime import date

from desk.rules.leader_case_codes import Checklist, TeamRole
from desk.rules.leader_case_settings import PLEDGES, QUESTIONS
from desk.rules.wording import label
from desk.store.hall_rules import setting
from desk.store.models import CheckLine, LeaderCase, LeaderStep, TeamMember
from desk.store.paper_source import Row, Source

_SETTING = {Checklist.PLEDGES: PLEDGES, Checklist.QUESTIONS: QUESTIONS}
_LEADING = TeamRole.LEADER


def leader_case(source: Source) -> Row:
    """Return the row of a led case; without one, of the newest of the case."""
    row: LeaderCase = source.about or source.all(LeaderCase)[-1]
    members = [one for one in source.all(TeamMember) if one.leader_case_id == row.id]
    steps = [one for one in source.all(LeaderStep) if one.leader_case_id == row.id]
    leader = next((one for one in members if one.role is _LEADING and one.until is None), None)
    return {
        "case_number": source.case.number,
        "summary": source.case.summary,
        "reason": row.reason,
        "leader": "　".join(filter(None, (leader.name, leader.office))) if leader else "另行确定",
        "started_on": _day(row.started_on),
        "planned_until": _day(row.planned_until),
        "before": _before(members),
        "team": [
            {"role": label(one.role), "name": one.name, "office": one.office}
            for one in _in_order(members)
        ],
        "pledges": [_pledge(words, said) for words, said in _lines(source, row, Checklist.PLEDGES)],
        "questions": [
            _question(words, said) for words, said in _lines(source, row, Checklist.QUESTIONS)
        ],
        "steps": [_step(one) for one in sorted(steps, key=_step_order)],
        "outcome": label(row.outcome) if row.outcome else None,
        "conclusion": row.conclusion,
        "concluded_on": _day(row.concluded_on) if row.concluded_on else None,
    }


def newest_answers(
    rows: Sequence[CheckLine], leader_case: int, checklist: Checklist
) -> dict[str, CheckLine]:
    """Return of each line what was said last; the rows come oldest first."""
    return {
        one.words: one
        for one in rows
        if one.leader_case_id == leader_case and one.checklist is checklist
    }


def _lines(
    source: Source, row: LeaderCase, checklist: Checklist
) -> list[tuple[str, CheckLine | None]]:
    """Return the hall's lines of today, and those answered that it has no longer."""
    said = newest_answers(source.all(CheckLine), row.id, checklist)
    tx = source.tx
    listed: list[str] = setting(tx.session, tx.street_id, _SETTING[checklist], tx.today)
    return [(words, said.get(words)) for words in dict.fromkeys([*listed, *said])]


def _in_order(members: Sequence[TeamMember]) -> list[TeamMember]:
    order = list(TeamRole)
    there = [one for one in members if one.until is None and one.role is not _LEADING]
    return sorted(there, key=lambda one: order.index(one.role))


def _before(members: Sequence[TeamMember]) -> str | None:
    """Say who led it earlier, from when to when, and why he handed it over."""
    said = [
        f"{one.name}（{_day(one.since)} 至 {_day(one.until)}"
        f"{f'，{one.reason}' if one.reason else ''}）"
        for one in members
        if one.role is _LEADING and one.until is not None
    ]
    return "；".join(said) or None


def _pledge(words: str, said: CheckLine | None) -> Row:
    answer = label(said.answer) if said is not None and said.answer else ""
    note = "；".join(filter(None, (_DONE.get(answer, ""), said.note or ""))) if said else ""
    return {
        "words": words,
        "responsible": said.responsible if said else None,
        "note": note or None,
        "on_day": _day(said.on_day) if said else None,
    }


_DONE = {"是": "已落实", "部分": "部分落实", "否": "未落实"}


def _question(words: str, said: CheckLine | None) -> Row:
    return {
        "words": words,
        "answer": label(said.answer) if said is not None and said.answer else None,
        "note": said.note if said else None,
    }


def _step(one: LeaderStep) -> Row:
    if one.is_dropped:
        result = f"已取消：{one.result or ''}"
    else:
        result = one.result or f"计划 {_day(one.due_on)} 前完成"
    return {
        "day": _day(one.done_on) if one.done_on else None,
        "action": one.action,
        "result": result,
    }


def _step_order(one: LeaderStep) -> tuple[bool, date, int]:
    day = one.done_on or one.due_on or date.max
    return one.done_on is None, day, one.id


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
