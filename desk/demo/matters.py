"""Matters that some invented residents bring besides (事项), and how they are answered."""

from datetime import datetime
from typing import Any

from desk.demo.index import Someone
from desk.demo.life import Life, Step
from desk.rules.codes import AssignmentRole, Exit, HandlingResult
from desk.rules.matters import OpinionItem, composed, counts_as_solved
from desk.rules.wording import label
from desk.store.ids import new_id

_EVERY, _THREE = 12, 36  # one appeal of twelve has two matters, one of these three has three
_SUITS = frozenset({HandlingResult.SOLVED, HandlingResult.PARTLY})
# What is said besides, and how it is answered.
_BESIDES = (
    ("单元门禁常关不上，陌生人随便进出", "已调校闭门器并更换门锁，现场试关正常。"),
    ("楼道灯坏了两盏，晚上上下楼看不清", "已更换灯具，当晚复看亮度正常。"),
    ("物业费明细一直没有公示", "物业已张贴上季度明细，公示栏拍照留存。"),
    ("小区健身器材松动，老人不敢用", "已加固并张贴安全提示，本月再查一次。"),
    ("楼下垃圾桶太少，夜里总是满的", "已增设两组分类桶，清运由一天一次改为两次。"),
    ("雨天单元口积水，进出要踩砖头", "已疏通雨水口并垫高踏步。"),
)
_ASKED = ("想问老年食堂什么时候开到这边", "就餐点选址正在征求意见，开业日期将张贴公告。")


def _besides(life: Life) -> tuple[str, ...]:
    """Return what this resident says besides; nothing for most."""
    is_passed_on = life.case["exit"] in {Exit.TRANSFER, Exit.OWN_UNIT}
    if life.seq % _EVERY != _EVERY // 2 or life.appeal.result not in _SUITS or not is_passed_on:
        return ()
    count = 2 if life.seq % _THREE == _EVERY // 2 else 1
    first = life.seq // _EVERY
    found = [_BESIDES[(first + at) % len(_BESIDES)][0] for at in range(count)]
    if life.appeal.result is HandlingResult.PARTLY:
        found[-1] = _ASKED[0]
    return tuple(found)


def add_matters(life: Life) -> None:
    """Write the matters as they were taken down at the counter."""
    more = _besides(life)
    first = life.appeal.details.split("。")[0] if more else life.case["summary"]
    for seq, content in enumerate((first, *more), start=1):
        life.add("matters", id=new_id(), seq=seq, content=content)
    life.case["details"] += "".join(f"另外，{content}。" for content in more)


def give_matters(life: Life) -> None:
    """Give the lead every matter, and a supporting unit the last of several."""
    supports = [p["unit_id"] for p in life.parts if p["role"] is AssignmentRole.SUPPORT]
    rows = life.rows["matters"]
    for row in rows:
        row["unit_id"] = life.case["lead_unit_id"]
    if supports and len(rows) > 1:
        rows[-1]["unit_id"] = supports[0]


def matter_steps(life: Life, lead: int) -> list[Step]:
    """Return the answer of a supporting unit to its matter, some time before the whole is done."""
    unit, appeal = life.case["community_id"], life.appeal
    besides = life.rows["matters"][1:]
    if not besides or not appeal.is_double or unit == lead or unit not in life.street.handler_of:
        return []
    at = appeal.received_at + appeal.handle_after * 0.6
    who, last = life.street.handler_of[unit], besides[-1]
    return [
        Step(at, "matter.answered", f"答复事项 {last['seq']}", who,
             lambda _: _answer(life, last, at, who), _said_besides(life, last))
    ]  # fmt: skip


def end_matters(life: Life, at: datetime, handler: Someone) -> dict[str, Any]:
    """Answer what is still open; return the third section of the opinion and its items."""
    rows = life.rows["matters"]
    for row in rows:
        row["unit_id"] = row.get("unit_id") or life.case["lead_unit_id"]
        if row.get("result") is None:
            _answer(life, row, at, handler)
    if len(rows) == 1:
        return {"decision": life.appeal.measures, "items": None}
    names = {unit: name for name, unit in life.street.units.items()}
    items = [
        OpinionItem(
            matter=row["id"],
            seq=row["seq"],
            content=row["content"],
            result=row["result"],
            answer=row["answer"],
            unit=names.get(row["unit_id"], ""),
        )
        for row in rows
    ]
    return {"decision": composed(items), "items": [item.as_row() for item in items]}


def _answer(life: Life, row: dict[str, Any], at: datetime, who: Someone) -> None:
    result, answer = _outcome(life, row)
    row |= {
        "result": result,
        "answer": answer,
        "is_solved": counts_as_solved(result),
        "answered_by": who.id,
        "answered_at": at,
    }


def _outcome(life: Life, row: dict[str, Any]) -> tuple[HandlingResult, str]:
    if row["seq"] == 1:
        return life.appeal.result, life.appeal.measures
    if row["content"] == _ASKED[0]:
        return HandlingResult.EXPLAINED, _ASKED[1]
    return HandlingResult.SOLVED, dict(_BESIDES)[row["content"]]


def _said_besides(life: Life, row: dict[str, Any]) -> str:
    result, answer = _outcome(life, row)
    return f"事项 {row['seq']} {label(result)}：{answer}"
