"""The registers of teams (队伍) and deputies (代理人): columns, and what saving asks for."""

from datetime import timedelta
from typing import Any

from desk.actions.stand_ins import EndDeputy, SetDeputy
from desk.actions.teams import EndTeam, SetTeam
from desk.exchange.organisation_rows import Column
from desk.queries.administration import Record, Register
from desk.queries.stand_in_register import deputy_register, team_register
from desk.rules.moments import day_of
from desk.ui.admin.specs import RegisterSpec, Values, a_day, an_id
from desk.ui.desk import ByMe

_KINDS = ("应急抢修", "业务导师", "技术保障", "其他")


def _save_team(me: ByMe, register: Register, record: Record | None, values: Values) -> Any:
    return SetTeam(
        **me,
        team=None if record is None else record.id,
        name=values["队伍"],
        kind=values["类别"],
        unit=an_id(register, values["所在单位"], "unit") or 0,
        phone=values["电话"],
        note=values["说明"],
    )


def _end_team(me: ByMe, record: Record) -> Any:
    return EndTeam(**me, team=record.id)


def _save_deputy(me: ByMe, register: Register, record: Record | None, values: Values) -> Any:
    last = a_day(values["截止日期"]) if values["截止日期"] else None
    if record is not None:
        return EndDeputy(**me, row=record.id, last_day=last)
    return SetDeputy(
        **me,
        principal=an_id(register, values["谁不在"], "principal") or 0,
        deputy=an_id(register, values["谁代理"], "deputy") or 0,
        reason=values["原因"],
        valid_from=a_day(values["开始日期"]),
        last_day=last,
    )


def _end_deputy(me: ByMe, record: Record) -> Any:
    first = max(day_of(me["happened_at"]), a_day(record.values["开始日期"]))
    return EndDeputy(**me, row=record.id, last_day=first - timedelta(days=1))


STAND_IN_SPECS: tuple[RegisterSpec, ...] = (
    RegisterSpec(
        "代理人",
        "领导外出、休假时由谁代签意见书、代为确认派单。从开始日期起生效，代理人重新登录后就能看到。"
        "办理过程里写明是代谁办的。",
        (
            Column("谁不在", required=True, options=("",)),
            Column("谁代理", required=True, options=("",)),
            Column("开始日期", "写作 2026-11-23；从那天零点起", required=True),
            Column("截止日期", "最后一天；不写就一直到停用"),
            Column("原因", "例如：外出学习"),
        ),
        deputy_register,
        _save_deputy,
        fresh="新增代理人",
        only_fresh=("谁不在", "谁代理", "开始日期", "原因"),
        retire=_end_deputy,
        retire_label="从今天起不再代理",
        retire_question="他代签、代为确认过的都留着；从今天起不再能代办。",
        columns_of={
            "principal": "谁不在", "deputy": "谁代理", "reason": "原因",
            "valid_from": "开始日期", "last_day": "截止日期",
        },
    ),
    RegisterSpec(
        "队伍",
        "应急抢修、业务导师、技术保障等队伍。分拨员加派时可以直接叫队伍，交办单发给它所在的单位。",
        (
            Column("队伍", "例如：应急抢修一队", required=True),
            Column("类别", required=True, options=_KINDS),
            Column("所在单位", required=True, options=("",)),
            Column("电话"),
            Column("说明", "例如：24 小时，管电、水、气"),
        ),
        team_register,
        _save_team,
        fresh="新增队伍",
        retire=_end_team,
        retire_question="停用后加派时不再出现，已经叫去的照常办完。",
        columns_of={"name": "队伍", "kind": "类别", "unit": "所在单位"},
    ),
)  # fmt: skip
