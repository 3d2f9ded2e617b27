"""A whistle in words, part by part, as it is read on screen (哨单的内容)."""

from collections.abc import Callable
from datetime import datetime

from desk.queries.whistle_views import CalledView, WhistleFile, WhistleRow
from desk.rules.moments import say_due, say_length, say_moment
from desk.rules.whistle_codes import WhistleState
from desk.rules.wording import label
from desk.ui.work_list import WorkRow

Say = Callable[[datetime], str]
_RESPONSE = {True: "有响应", False: "没有响应"}


def whistle_line(row: WhistleRow, now: datetime) -> WorkRow:
    """Return a whistle as a line of a list."""
    came = sum(one.arrived_at is not None for one in row.units)
    said = label(row.result) if row.result else label(row.kind)
    return WorkRow(
        row.id,
        f"{row.site}　{row.matter}",
        tag=short_number(row.number),
        corner=f"{row.caller_unit} {row.level}",
        note=f"到 {came}/{len(row.units)}　{said}",
        left=say_moment(row.raised_at, seen_at=now),
        facts=row.facts,
    )


def whistle_note(row: WhistleRow) -> str:
    """Say in a few words how far a whistle has come: “处置中，到 2/3”."""
    came = sum(one.arrived_at is not None for one in row.units)
    said = label(row.result) if row.result else state_words(row)
    return f"{said}，到 {came}/{len(row.units)}"


def short_number(number: str) -> str:
    """Return a number without the street's letters and the year: “第12号”."""
    return f"第{number.rpartition('第')[2]}" if "第" in number else number


def state_words(row: WhistleRow) -> str:
    """Say where a whistle stands: its stage while units are on their way."""
    return label(row.stage) if row.stage is not None else label(row.state)


def parts_of_file(file: WhistleFile, now: datetime) -> list[tuple[str, str]]:
    """Return what is to be read, each with its heading; empty ones are left out."""

    def at(moment: datetime) -> str:
        return say_moment(moment, seen_at=now)

    row = file.row
    phone = f" {file.caller_phone}" if file.caller_phone else ""
    place = f"（{file.place}）" if file.place and file.place not in row.site else ""
    risen = [f"由 {file.risen_from[1]} 提级而来" if file.risen_from else ""]
    risen.append(f"已提级为 {file.risen_to[1]}" if file.risen_to else "")
    return [
        ("", f"{row.level}　{label(row.kind)}　{at(row.raised_at)} 吹哨"),
        ("吹哨单位", f"{row.caller_unit} {file.caller}{phone}"),
        ("地点", f"{row.site}{place}"),
        ("事由", row.matter),
        ("已采取措施", file.steps_taken),
        ("提级", "；".join(one for one in risen if one)),
        ("关联诉求", "、".join(number for _case, number in file.cases)),
        ("审核", _review(file, at)),
        ("被叫单位", "\n".join(_unit(one, now) for one in row.units)),
        ("报到签到", "\n".join(arrival_lines(file, at))),
        ("现场会商", file.consultation),
        ("责任分工", "\n".join(_duties(file, at, now))),
        ("处置结果", _result(file, at)),
        ("吹哨单位评价", _rating(file, at)),
        ("撤销", f"{file.withdrawn_by} {file.withdraw_note}" if file.withdrawn_at else ""),
        ("归档", f"{file.filed_by} {at(file.filed_at)}" if file.filed_at else ""),
        ("台账编号", file.outside_number),
        ("备注", file.remark),
    ]


def arrival_lines(file: WhistleFile, at: Say) -> list[str]:
    """Return who came, a line each."""
    return [
        "　".join(
            part
            for part in (
                one.unit,
                one.name,
                one.post,
                at(one.arrived_at),
                "纸上签到后录入" if one.is_from_paper else "",
                f"凭 {one.document}" if one.document else "",
            )
            if part
        )
        for one in file.arrivals
    ]


def _review(file: WhistleFile, at: Say) -> str:
    if file.reviewed_at is None:
        return ""
    word = "退回" if file.row.state is WhistleState.RETURNED else "同意"
    note = f"：{file.review_note}" if file.review_note else ""
    return f"{file.reviewed_by} {at(file.reviewed_at)} {word}{note}"


def _unit(one: CalledView, now: datetime) -> str:
    required = f"要求 {say_due(one.required_at, seen_at=now)} 到场" if one.required_at else ""
    contact = f"　{one.contact}" if one.contact else ""
    if one.arrived_at is None:
        late = one.required_at is not None and one.called_at is not None and one.required_at < now
        came = "未到，已超时" if late else ("还没有到" if one.called_at else "还没有叫")
    else:
        came = f"{say_moment(one.arrived_at, seen_at=now)} 到"
        if one.required_at is not None and one.arrived_at > one.required_at:
            came += f"，迟 {say_length(one.arrived_at - one.required_at)}"
        elif one.required_at is not None:
            came += "，按时"
    outside = "（由信联办凭材料登记）" if one.is_outside else ""
    return f"{one.unit}{outside}　{required}　{came}{contact}"


def _duties(file: WhistleFile, at: Say, now: datetime) -> list[str]:
    found = []
    for one in file.duties:
        due = f"（{say_due(one.due_at, seen_at=now)} 前）" if one.due_at else ""
        done = f"　{one.done_by} {at(one.done_at)} 已落实 {one.done_note}" if one.done_at else ""
        found.append(f"{one.unit}　{one.matter}{due}{done}".rstrip())
    return found


def _result(file: WhistleFile, at: Say) -> str:
    if file.row.result is None:
        return ""
    solved = f"（{at(file.resolved_at)}）" if file.resolved_at else ""
    return f"{label(file.row.result)}{solved}　{file.result_note}".rstrip()


def _rating(file: WhistleFile, at: Say) -> str:
    if file.rated_at is None and file.satisfaction is None:
        return ""
    words = _RESPONSE.get(file.is_responsive, "") if file.is_responsive is not None else ""
    rating = label(file.satisfaction) if file.satisfaction else ""
    by = f"{file.rated_by} {at(file.rated_at)}" if file.rated_at else ""
    return "　".join(part for part in (words, rating, file.rating_note, by) if part)
