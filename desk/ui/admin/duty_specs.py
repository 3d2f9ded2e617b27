"""The register of the posts somebody is on duty for (值班岗位)."""

from typing import Any

from desk.actions.roster import EndDutyPost, SetDutyPost
from desk.exchange.organisation_rows import Column
from desk.queries.administration import Record, Register
from desk.queries.roster import post_register
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import HolidayWay
from desk.rules.wording import choices, from_label
from desk.ui.admin.specs import RegisterSpec, Values, an_id
from desk.ui.desk import ByMe

_YES_NO = ("是", "否")
_DAYS = tuple(f"周{word}" for word in "一二三四五六日")
_WAYS = tuple(word for _, word in choices(HolidayWay))


def _save_post(me: ByMe, register: Register, record: Record | None, values: Values) -> Any:
    return SetDutyPost(
        **me,
        post=None if record is None else record.id,
        name=values["值班岗位"],
        unit=an_id(register, values["单位"], "unit") or 0,
        phone=values["电话"],
        is_round_clock=values["24 小时"] == "是",
        needs_night=values["夜里要有人"] == "是",
        weekday=_DAYS.index(values["每周几"]) if values["每周几"] else None,
        hours=values["时间"],
        holiday_way=from_label(HolidayWay, values["节假日"] or _WAYS[0]),
        turn=_turn(register, values["轮值人员"]),
        reception_place=values["接访地点"],
        position=_number(values["排列顺序"] or "0"),
    )


def _turn(register: Register, text: str) -> tuple[int, ...]:
    """Return who takes turns; a name alone will do where only one bears it."""
    found = []
    for word in filter(None, text.replace("，", "、").split("、")):
        known = [name for name in register.ids if name.partition("（")[0] == word.strip()]
        name = known[0] if len(known) == 1 else word.strip()
        found.append(an_id(register, name, "turn") or 0)
    return tuple(found)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise RuleBroken(f"请写整数，现在是“{text}”。", field="position")
    return int(text)


def _end_post(me: ByMe, record: Record) -> Any:
    return EndDutyPost(**me, post=record.id)


DUTY_SPECS: tuple[RegisterSpec, ...] = (
    RegisterSpec(
        "值班岗位",
        "值班表按这里的岗位排。24 小时的岗位每天都要有人；每周一次的（如领导周四接访）写周几，"
        "碰上节假日按所选办法。轮值人员按次序写，排表时一次排满空着的日子。",
        (
            Column("值班岗位", "例如：街道值班室、领导接访", required=True),
            Column("单位", required=True, options=("",)),
            Column("电话", "办公电话，印在值班表下面"),
            Column("24 小时", options=_YES_NO),
            Column("夜里要有人", "夜班没有人时列为空缺", options=_YES_NO),
            Column("每周几", "不是每周一次的就空着", options=("", *_DAYS)),
            Column("时间", "例如 09:00-11:30；整天的空着"),
            Column("节假日", "每周一次的碰上休息日怎么办", options=_WAYS),
            Column("轮值人员", "按次序写，用“、”隔开，例如：李敏、周雅琴", lines=2),
            Column("接访地点", "领导接访才写，例如：一楼领导接访室；写了就出现在“接访”里"),
            Column("排列顺序", "小的在左边"),
        ),
        post_register,
        _save_post,
        fresh="新增岗位",
        retire=_end_post,
        retire_question="停用后不再出现在值班表上；以前排的都留着。",
        columns_of={
            "name": "值班岗位", "unit": "单位", "hours": "时间", "turn": "轮值人员",
            "reception_place": "接访地点", "position": "排列顺序",
        },
        deed=Deed.KEEP_POSTS,
    ),
)  # fmt: skip
