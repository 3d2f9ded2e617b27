"""A plan in words and lines, as its card shows it (治理方案的一屏)."""

from collections.abc import Sequence
from datetime import date

from desk.queries.meetings import MeetingView
from desk.queries.topic_plans import MeasureRow, PlanFile, PlanRow
from desk.rules.effect import effect_words
from desk.rules.moments import day_of
from desk.rules.money import show_amount
from desk.rules.proactive_codes import PlanState
from desk.rules.wording import label
from desk.ui.work_list import WorkRow


def plan_parts(file: PlanFile) -> list[tuple[str, str]]:
    """Return a plan part by part; a part without words is left out by the card."""
    span = f"{file.starts_on:%Y-%m-%d} 到 {file.ends_on:%m-%d}" if _has_days(file) else ""
    looks = [
        f"{one.looked_on:%Y-%m-%d} {one.looked_by}："
        f"{'确已解决' if one.is_solved else '还没有解决'}。{one.note}"
        for one in file.looks
    ]
    finished = f"{file.finished_on:%Y-%m-%d}　{file.finished_note}" if file.finished_on else ""
    due = f"{file.look_due_on:%Y-%m-%d} 前复看，看过才算见效。" if file.look_due_on else ""
    return [
        ("成效", _effect(file)),
        ("方案", file.goal),
        ("责任单位、时间", "　".join(filter(None, ("、".join(file.units), span)))),
        ("经费", _funds(file)),
        ("议事协商", "\n".join(_meeting(one) for one in file.meetings)),
        ("治理完成", finished),
        ("复看", "\n".join(filter(None, (due, *looks)))),
    ]


def plan_note(file: PlanFile) -> str:
    """Return the state of a plan, with how many measures are done."""
    done = sum(one.done_on is not None for one in file.measures)
    measures = f" · 措施 {done}/{len(file.measures)}" if file.measures else ""
    found = f" · {file.findings} 条未诉先办" if file.findings else ""
    return f"{label(file.state)}{measures} · {file.cases} 件诉求{found}"


def _meeting(one: MeetingView) -> str:
    decided = "；".join(decision.words() for decision in one.decisions)
    return f"{day_of(one.held_at):%Y-%m-%d} {one.title}" + (f"。议定：{decided}" if decided else "")


def measure_rows(measures: Sequence[MeasureRow]) -> list[WorkRow]:
    """Return the measures as lines: what is late first is told by its words."""
    return [WorkRow(one.id, one.text.replace("\n", " "), left=_measure(one)) for one in measures]


def _measure(one: MeasureRow) -> str:
    who = f"{one.unit} {one.person}".strip()
    if one.done_on is None:
        late = "，已过期" if one.is_late else ""
        return f"{who}　{one.due_on:%m-%d} 前{late}"
    cost = f"　{show_amount(one.spent_fen)}" if one.spent_fen else ""
    return f"{who}　{one.done_on:%m-%d} 完成：{one.result}{cost}".replace("\n", " ")


def plan_row(one: PlanRow, today: date) -> WorkRow:
    """Return a plan as a line of the list."""
    done = f"措施 {one.done}/{one.measures}" if one.measures else "还没有措施"
    if one.late:
        done += f"，{one.late} 项过期"
    return WorkRow(
        one.topic,
        one.name,
        tag=label(one.state),
        corner="、".join(one.units),
        left=done,
        note=f"{done}　{_waits(one, today)}",
    )


def _waits(one: PlanRow, today: date) -> str:
    if one.waits_on is None:
        return ""
    what = "复看" if one.state is PlanState.FINISHED else "前"
    late = "，已过期" if one.waits_on < today else ""
    return f"{one.waits_on:%m-%d} {what}{late}"


def _has_days(file: PlanFile) -> bool:
    return file.starts_on is not None and file.ends_on is not None


def _effect(file: PlanFile) -> str:
    if file.effect is None:
        return ""
    return f"{effect_words(file.effect)}（数的是：{file.counted}，按您看得到的件）"


def _funds(file: PlanFile) -> str:
    said = []
    if file.planned_fen:
        source = f"（{file.funds_from}）" if file.funds_from else ""
        said.append(f"预算 {show_amount(file.planned_fen)}{source}")
    if file.spent_fen:
        said.append(f"已支出 {show_amount(file.spent_fen)}")
    if file.planned_fen and file.spent_fen:
        left = file.planned_fen - file.spent_fen
        said.append(f"结余 {show_amount(left)}" if left >= 0 else f"超支 {show_amount(-left)}")
    return "，".join(said)
