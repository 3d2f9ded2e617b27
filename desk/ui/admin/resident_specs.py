"""The register of residents (常住人口): one line for the street, each community, each grid."""

from typing import Any

from desk.actions.residents import SetResidents
from desk.exchange.organisation_rows import Column
from desk.queries.administration import Record, Register
from desk.queries.residents import resident_register
from desk.rules.errors import RuleBroken
from desk.ui.admin.specs import RegisterSpec, Values, a_day
from desk.ui.desk import ByMe


def _save(me: ByMe, _register: Register, record: Record | None, values: Values) -> Any:
    assert record is not None  # noqa: S101 - the lines are the hall's units, none is new
    said = values["常住人口"].strip().removesuffix("人").strip()
    if said and not (said.isascii() and said.isdecimal()):
        raise RuleBroken(f"人数请写整数，现在是“{said}”；不知道就空着。", field="residents")
    return SetResidents(
        **me,
        unit=record.id or None,
        residents=int(said) if said else None,
        valid_from=a_day(values["从哪天起"]),
    )


RESIDENT_SPECS: tuple[RegisterSpec, ...] = (
    RegisterSpec(
        "常住人口",
        "用来算万人诉求比（诉求量 ÷ 常住人口 × 10000）。按统计期最后一天的人数算；"
        "没有填的显示“—”。以前的人数留着，过去的报表不变。",
        (
            Column("单位"),
            Column("常住人口", "写整数；空着就是从那天起不再计"),
            Column(
                "从哪天起", "写作 2026-11-23；也可以是过去的日子，那时的报表跟着算", required=True
            ),
        ),
        resident_register,
        _save,
        only_fresh=("单位",),
        columns_of={"residents": "常住人口", "valid_from": "从哪天起"},
    ),
)
