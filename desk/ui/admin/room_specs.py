"""The registers of rooms (调解室), mediators (调解员) and whom they avoid (回避名单)."""

from typing import Any

from desk.actions.mediators import EndMediator, EndMediatorTie, SetMediator, SetMediatorTie
from desk.actions.rooms import EndRoom, SetRoom
from desk.exchange.organisation_rows import Column
from desk.queries.administration import Record, Register
from desk.queries.room_register import mediator_register, room_register, tie_register
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.mediation_codes import DisputeKind, RoomKind, TieKind
from desk.rules.wording import choices, from_label
from desk.ui.admin.specs import RegisterSpec, Values, an_id
from desk.ui.desk import ByMe

_YES_NO = ("是", "否")


def _save_room(me: ByMe, register: Register, record: Record | None, values: Values) -> Any:
    return SetRoom(
        **me,
        room=None if record is None else record.id,
        name=values["房间"],
        kind=from_label(RoomKind, values["类型"]),
        capacity=_number(values["最多几人"], "capacity"),
        is_accessible=values["无障碍"] == "是",
        records=values["录音录像"] == "是",
        has_access_control=values["门禁"] == "是",
        host=an_id(register, values["工作室的调解员"], "host"),
        place=values["位置"],
        buffer_minutes=_number(values["前后清场几分钟"], "buffer_minutes"),
        position=_number(values["排列顺序"] or "0", "position"),
    )


def _end_room(me: ByMe, record: Record) -> Any:
    return EndRoom(**me, room=record.id)


def _save_mediator(me: ByMe, register: Register, record: Record | None, values: Values) -> Any:
    skills = [word for word in values["特长"].split("、") if word]
    return SetMediator(
        **me,
        mediator=None if record is None else record.id,
        staff=an_id(register, values["本厅账号"], "staff"),
        name=values["调解员"],
        phone=values["电话"],
        skills=tuple(from_label(DisputeKind, word) for word in skills),
        languages=tuple(word.strip() for word in values["语言"].split("、") if word.strip()),
        duty=values["当班"],
    )


def _end_mediator(me: ByMe, record: Record) -> Any:
    return EndMediator(**me, mediator=record.id)


def _save_tie(me: ByMe, register: Register, _record: Record | None, values: Values) -> Any:
    return SetMediatorTie(
        **me,
        mediator=an_id(register, values["调解员"], "mediator") or 0,
        kind=from_label(TieKind, values["关系"]),
        name=values["回避谁"],
        id_number=values["证件号"],
        phone=values["电话"],
    )


def _end_tie(me: ByMe, record: Record) -> Any:
    return EndMediatorTie(**me, tie=record.id)


def _number(text: str, field: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise RuleBroken(f"请写整数，现在是“{text}”。", field=field)
    return int(text)


ROOM_SPECS: tuple[RegisterSpec, ...] = (
    RegisterSpec(
        "调解室",
        "排期时从左到右就按排列顺序。清场时间在每场前后各留一段，别人排不进来。"
        "已经排好的不受更改影响。",
        (
            Column("房间", "例如：第一调解室、老梁（劳模）工作室", required=True),
            Column("类型", required=True, options=tuple(w for _, w in choices(RoomKind))),
            Column("最多几人", "含代理人、翻译、社工", required=True),
            Column("位置", "例如：二楼东侧"),
            Column("工作室的调解员", "个人工作室才选", options=("",)),
            Column("前后清场几分钟", "15 的整数倍；不用清场写 0", required=True),
            Column("排列顺序", "小的在左边"),
            Column("无障碍", options=_YES_NO),
            Column("录音录像", options=_YES_NO),
            Column("门禁", options=_YES_NO),
        ),
        room_register,
        _save_room,
        fresh="新增房间",
        retire=_end_room,
        retire_question="停用后不能再排；已经排在里面的照常进行，需要时请逐场改期。",
        columns_of={
            "name": "房间", "capacity": "最多几人", "buffer_minutes": "前后清场几分钟",
            "host": "工作室的调解员", "position": "排列顺序", "place": "位置",
        },
    ),
    RegisterSpec(
        "调解员",
        "当班时间不写就是大厅的工作时间。本厅账号选了，他登录后就能看到自己的调解和排期。",
        (
            Column("调解员", "例如：梁德福", required=True),
            Column("本厅账号", "不是本厅人员就空着", options=("",)),
            Column("电话", "对外公开的办公电话"),
            Column("语言", "几种之间用“、”隔开，例如：粤语、手语"),
            Column("当班", "例如：周一至周五 09:00-12:00,14:00-18:00；周六 09:00-12:00", lines=2),
            Column("特长", options=tuple(w for _, w in choices(DisputeKind)), many=True),
        ),
        mediator_register,
        _save_mediator,
        fresh="新增调解员",
        retire=_end_mediator,
        retire_question="停用后不能再选他；他手里的调解请另行指定调解员。",
        deed=Deed.KEEP_MEDIATORS,
        columns_of={"name": "调解员", "staff": "本厅账号", "phone": "电话", "duty": "当班"},
    ),
    RegisterSpec(
        "回避名单",
        "调解员与当事人是亲属、同事或有利害关系的记在这里，排期时不能选他。"
        "只有秘书、调委会主任和调解员本人能看到；证件号和电话只用来核对，不保存原文。",
        (
            Column("调解员", required=True, options=("",)),
            Column("回避谁", "姓名，或单位名称", required=True),
            Column("关系", required=True, options=tuple(w for _, w in choices(TieKind))),
            Column("证件号", "有就填，最准"),
            Column("电话", "没有证件号时用电话核对"),
        ),
        tie_register,
        _save_tie,
        fresh="新增回避",
        only_fresh=("调解员", "回避谁", "关系", "证件号", "电话"),
        retire=_end_tie,
        retire_label="不再回避",
        retire_question="从今天起排期时不再核对这一项；登记过的留在记录里。",
        deed=Deed.KEEP_TIES,
        columns_of={"mediator": "调解员", "name": "回避谁"},
    ),
)  # fmt: skip
