"""The register of areas (领导包片): columns, and what saving and ending ask for."""

from datetime import timedelta
from typing import Any

from desk.actions.leader_areas import EndLeaderArea, SetLeaderArea
from desk.exchange.organisation_rows import Column
from desk.queries.administration import Record, Register
from desk.queries.area_register import area_register
from desk.rules.moments import day_of
from desk.ui.admin.specs import RegisterSpec, Values, a_day, an_id
from desk.ui.desk import ByMe


def _save(me: ByMe, register: Register, record: Record | None, values: Values) -> Any:
    last = a_day(values["截止日期"]) if values["截止日期"] else None
    if record is not None:
        return EndLeaderArea(**me, area=record.id, last_day=last)
    return SetLeaderArea(
        **me,
        leader=an_id(register, values["领导"], "leader") or 0,
        unit=an_id(register, values["单位"], "unit") or 0,
        valid_from=a_day(values["开始日期"]),
        last_day=last,
    )


def _end(me: ByMe, record: Record) -> Any:
    first = max(day_of(me["happened_at"]), a_day(record.values["开始日期"]))
    return EndLeaderArea(**me, area=record.id, last_day=first - timedelta(days=1))


AREA_SPECS: tuple[RegisterSpec, ...] = (
    RegisterSpec(
        "领导包片",
        "意见书送审时按承办单位找包片领导；网格找不到就看它的社区，都没有就由任一领导签。"
        "同一单位同一天只由一位领导包片，新的一行从开始日期起接替没有截止日期的旧行。",
        (
            Column("领导", required=True, options=("",)),
            Column("单位", required=True, options=("",)),
            Column("开始日期", "写作 2026-11-23；从那天起由他签", required=True),
            Column("截止日期", "最后一天；不写就一直到换人"),
        ),
        area_register,
        _save,
        fresh="新增包片",
        only_fresh=("领导", "单位", "开始日期"),
        retire=_end,
        retire_label="从今天起不再包片",
        retire_question="已经送到他那里的意见书仍由他（或代理人）签；今天以后送审的另找领导。",
        columns_of={
            "leader": "领导", "unit": "单位", "valid_from": "开始日期", "last_day": "截止日期",
        },
    ),
)  # fmt: skip
