"""The edges of assessment (考评口径的边界): a few cases each, the rules of their months, and what
must come out. Each edge has months of its own, so that all of them fit into one street."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from desk.rules.assessment_codes import NotRated, ResponseBy
from desk.rules.rate_groups import GroupBy
from desk.rules.rate_rules import SEED, DeductionMode, RateRules

GOOD = {"主办单位": "城建办", "是否联系": "是", "是否解决": "是", "是否满意": "满意"}
BAD = {"是否解决": "否", "是否满意": "不满意"}
FAIRLY = {"是否满意": "基本满意"}
NOBODY = {"是否联系": "", "是否解决": "", "是否满意": ""}  # nobody has asked yet
IN_VAIN = {"是否联系": "", "是否解决": "", "是否满意": "未评价"}
OUT = {"是否纳入考评": "否", "不纳入原因": "非本辖区"}
MID = "15 10:00"


def case(at: str = MID, **more: Any) -> dict[str, Any]:
    """A case that is resolved to the appellant's satisfaction, unless told otherwise.

    Its moments are told without their month; “last” is its last day.
    """
    return {**GOOD, "受理时间": at, **more}


def of(unit: str, n: int = 1, **more: Any) -> list[dict[str, Any]]:
    """So many cases of a unit."""
    return [case(主办单位=unit, **more)] * n


def step(at: str, **times: str) -> dict[str, Any]:
    """A case of 10:00 with the moments at which it was taken further."""
    return case(at, 紧急程度="快处", 联系电话="13800000011", **times)


@dataclass(frozen=True)
class Edge:
    """Some months of cases and what the report on them says.

    Attributes:
        rules: of each month; the first ones where there are fewer.
        days: the period, as days of its first and of its last month; whole months without.
        points: bonus in hundredths by unit, given for the first month.
        wanted: by the way through the report, “rows.城建办.rank”.
    """

    name: str
    months: tuple[list[dict[str, Any]], ...]
    wanted: Mapping[str, Any]
    by: GroupBy = GroupBy.UNIT
    rules: tuple[RateRules, ...] = (SEED,)
    days: tuple[int, int] | None = None
    points: Mapping[str, int] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()


def seed(**more: Any) -> RateRules:
    return replace(SEED, **more)


TWO = (*of("城建办", 4), *of("应急办", 1), *of("应急办", 1, **BAD))
EDGES = (
    Edge(
        "nobody came",
        ([],),
        {
            "total.received": 0,
            "total.response_rate": None,
            "total.score": None,
            "rows": [],
            "total.daily_mean": "0.00",
            "total.assessed_share_of_city": None,
        },
    ),
    Edge(
        "nobody was asked yet",
        ([case(**NOBODY)],),
        {
            "total.received": 1,
            "total.assessed": 1,
            "total.visited": 0,
            "total.satisfaction_rate": None,
            "rows.城建办.rank": None,
            "rows.城建办.deduction": "0.00",
        },
    ),
    Edge(
        "all are excluded",
        ([case(**OUT), case(**OUT, **BAD)],),
        {
            "total.received": 2,
            "total.assessed": 0,
            "total.response_rate": None,
            "total.double_no": 0,
            "rows.城建办.score": None,
            "rows.城建办.received": 2,
        },
    ),
    Edge(
        "what is excluded changes no fact and no rate",
        ([case(), case(**OUT, **BAD)],),
        {
            "total.received": 2,
            "total.assessed": 1,
            "total.satisfaction_rate": "100.00",
            "total.not_double_yes": 0,
        },
    ),
    Edge(
        "nobody could be reached",
        ([case(**IN_VAIN)],),
        {"total.visited": 0, "total.response_rate": None, "total.counts.not_rated": 1},
    ),
    Edge(
        "who could not be reached counts as discontent where the hall says so",
        ([case(), case(**IN_VAIN)],),
        {
            "total.visited": 1,
            "total.satisfaction_rate": "50.00",
            "total.response_rate": "50.00",
            "total.counts.counted": 2,
        },
        rules=(seed(not_rated=NotRated.DISSATISFIED),),
    ),
    Edge(
        "a fairly content appellant is worth 0.6",
        ([case(**FAIRLY)],),
        {"total.satisfaction_rate": "60.00", "total.double_yes": 1, "total.score": "86.00"},
    ),
    Edge(
        "or what the hall says",
        ([case(**FAIRLY)],),
        {"total.satisfaction_rate": "80.00"},
        rules=(seed(fairly=Decimal("0.8")),),
    ),
    Edge(
        "partly resolved is worth nothing",
        ([case(), case(是否解决="部分")],),
        {"total.resolution_rate": "50.00", "total.resolved": 1, "total.partly_resolved": 1},
    ),
    Edge(
        "or half where the hall says so",
        ([case(), case(是否解决="部分")],),
        {"total.resolution_rate": "75.00", "total.resolved": 1},
        rules=(seed(partly=Decimal("0.5")),),
    ),
    Edge(
        "halves are rounded up",
        ([case(**FAIRLY)],),
        {"total.satisfaction_rate": "66.67"},
        rules=(seed(fairly=Decimal("0.66665")),),
    ),
    Edge(
        "just below a half is rounded down",
        ([case(**FAIRLY)],),
        {"total.satisfaction_rate": "66.66"},
        rules=(seed(fairly=Decimal("0.666649")),),
    ),
    Edge(
        "two tie and the third comes third",
        ([*of("城建办"), *of("应急办"), *of("民政办", **BAD)],),
        {
            "rows.城建办.rank": 1,
            "rows.城建办.tied": True,
            "rows.应急办.rank": 1,
            "rows.民政办.rank": 3,
            "rows.民政办.tied": False,
        },
    ),
    Edge(
        "all tie",
        ([*of("城建办"), *of("应急办"), *of("民政办")],),
        {"rows.城建办.rank": 1, "rows.民政办.rank": 1, "rows.民政办.tied": True},
    ),
    Edge(
        "scores that read the same tie",
        ([*of("城建办", 3), *of("应急办", 3, **FAIRLY)],),
        {"rows.城建办.tied": True, "rows.应急办.rank": 1},
        rules=(seed(decimals=0, fairly=Decimal("0.99")),),
    ),
    Edge(
        "a case of two units counts with both and once in the total",
        ([case(派单方式="双派", 协办单位="榕东社区")],),
        {
            "total.received": 1,
            "rows.城建办.received": 1,
            "rows.榕东社区.received": 1,
            "rows.榕东社区.satisfied": 1,
        },
    ),
    Edge(
        "what a helping unit helped with is told apart",
        ([case(派单方式="双派", 协办单位="榕东社区；南塘社区"), case()],),
        {"total.received": 2, "rows.榕东社区.received": 1, "rows.南塘社区.received": 1},
        by=GroupBy.SUPPORT,
    ),
    Edge(
        "who got no unit counts with the one that took it in",
        ([case(主办单位="")],),
        {"rows.信联办.received": 1},
    ),
    Edge(
        "each whole point below the base costs",
        ([*TWO],),
        {
            # base 5/6 = 83.33, 应急办 50: 33 whole points
            "rows.应急办.deduction": "3.30",
            "rows.城建办.deduction": "0.00",
        },
    ),
    Edge(
        "or each part of one",
        ([*TWO],),
        {"rows.应急办.deduction": "3.33"},
        rules=(seed(mode=DeductionMode.PROPORTIONAL),),
    ),
    Edge(
        "but never more than the cap",
        ([*TWO],),
        {"rows.应急办.deduction": "2.00"},
        rules=(seed(cap=Decimal(2)),),
    ),
    Edge(
        "less than a point costs nothing",
        ([*of("城建办", 2), *of("应急办", 2, **FAIRLY)],),
        {"rows.应急办.deduction": "0.00"},
        rules=(seed(fairly=Decimal("0.985")),),
    ),
    Edge(
        "who was rated by nobody loses nothing",
        ([*of("城建办"), *of("应急办", **NOBODY), *of("民政办", **BAD)],),
        {
            "rows.应急办.deduction": "0.00",
            "rows.应急办.score": None,
            "rows.民政办.deduction": "5.00",
        },
    ),
    Edge(
        "the four squares of 双是",
        ([case(), case(是否满意="不满意"), case(是否解决="否"), case(**BAD)],),
        {"total.double_yes": 1, "total.not_double_yes": 3, "total.double_no": 1},
    ),
    Edge(
        "partly resolved is never 双否",
        ([case(是否解决="部分", 是否满意="不满意")],),
        {"total.double_no": 0, "total.not_double_yes": 1},
    ),
    Edge(
        "the weights are the hall's own",
        ([case(**BAD), case(是否联系="否")],),
        {"total.score": "50.00"},
        rules=(seed(response=Decimal(0), resolution=Decimal(0), satisfaction=Decimal(100)),),
    ),
    Edge(
        "responded to is what the appellant says",
        ([step("15 10:00", 分拨时间="15 10:05", 联系时间="15 12:00")],),
        {"total.response_rate": "100.00", "total.on_time.contact": "0.00"},
    ),
    Edge(
        "or what the record says",
        (
            [
                step("15 10:00", 分拨时间="15 10:05", 联系时间="15 12:00"),
                step("15 10:00", 分拨时间="15 10:05", 联系时间="15 10:10", 是否联系="否"),
            ],
        ),
        {
            "total.response_rate": "50.00",
            "total.on_time.contact": "50.00",
            "total.counts.missed_contact": 1,
        },
        rules=(seed(response_by=ResponseBy.IN_TIME),),
    ),
    Edge(
        "each limit is told for each unit",
        (
            [
                step("15 10:00", 分拨时间="15 10:05", 联系时间="15 10:10"),
                step("15 10:00", 分拨时间="15 13:00", 联系时间="15 13:05", 主办单位="应急办"),
            ],
        ),
        {
            "total.on_time.dispatch": "50.00",
            "rows.城建办.on_time.dispatch": "100.00",
            "rows.应急办.on_time.dispatch": "0.00",
            "rows.应急办.counts.overdue": 1,
        },
    ),
    Edge(
        "a rule that changes weighs each month by its own",
        ([case(**FAIRLY)], [case(**FAIRLY)]),
        {
            "total.satisfaction_rate": "70.00",
            "monthly.0.satisfaction_rate": "60.00",
            "monthly.1.satisfaction_rate": "80.00",
            "rows.城建办.satisfaction_rate": "70.00",
        },
        rules=(SEED, seed(fairly=Decimal("0.8"))),
    ),
    Edge(
        "also where the period begins and ends within a month",
        ([case("14 10:00", **BAD), case(**FAIRLY)], [case(**FAIRLY), case("16 10:00", **BAD)]),
        {"total.received": 2, "total.satisfaction_rate": "70.00"},
        rules=(SEED, seed(fairly=Decimal("0.8"))),
        days=(15, 15),
    ),
    Edge(
        "an exclusion moves its own month only",
        ([case("last 23:50", **OUT, **BAD), case()], [case("01 00:10", **BAD), case()]),
        {
            "monthly.0.satisfaction_rate": "100.00",
            "monthly.1.satisfaction_rate": "50.00",
            "total.satisfaction_rate": "66.67",
            "mean_of_months.satisfaction_rate": "75.00",
        },
    ),
    Edge(
        "a month without ratings is left out of the mean",
        ([case()], [case(**NOBODY)], [case(**BAD)]),
        {
            "monthly.1.satisfaction_rate": None,
            "mean_of_months.satisfaction_rate": "50.00",
            "total.monthly_mean": "1.00",
        },
    ),
    Edge(
        "a hall that ranks nobody",
        ([*of("城建办"), *of("应急办", **BAD)],),
        {"rows.城建办.rank": None, "rows.应急办.rank": None, "rows.城建办.score": "100.00"},
        rules=(seed(ranks=False),),
    ),
    Edge(
        "points stand beside the score",
        ([*of("城建办")],),
        {"rows.城建办.score": "100.00", "rows.城建办.bonus": "0.20"},
        points={"城建办": 20},
    ),
    Edge(
        "or go into it",
        ([*TWO],),
        {
            "rows.应急办.bonus": "0.50",
            "rows.应急办.base_score": "65.00",
            "rows.应急办.score": "62.20",
        },
        points={"应急办": 50},
        rules=(seed(adds_points=True),),
    ),
    Edge(
        "points that were taken back do not count",
        ([*of("城建办")],),
        {"rows.城建办.bonus": "0.00"},
        points={"城建办": 20},
        withdrawn=frozenset({"城建办"}),
    ),
    Edge(
        "points of a month count where the whole month does",
        ([*of("城建办")],),
        {"rows.城建办.bonus": "0.00"},
        points={"城建办": 20},
        days=(2, 28),
    ),
    Edge(
        "who names no community has a row of his own",
        ([case(), case(社区="榕东社区")],),
        {"rows.未注明.received": 1, "rows.榕东社区.received": 1},
        by=GroupBy.COMMUNITY,
    ),
    Edge(
        "of what the city sent, what it assesses",
        ([case(来源级别="市级直派"), case(来源级别="市级直派", **OUT), case(来源级别="街道自收")],),
        {
            "total.assessed_share_of_city": "50.00",
            "rows.市级直派.received": 2,
            "total.by_level.市级直派.share": "66.67",
        },
        by=GroupBy.LEVEL,
    ),
    Edge(
        "by the way in which it came",
        ([case(来源渠道="来电"), case(来源渠道="12345热线")],),
        {"rows.来电.received": 1, "rows.12345.received": 1},
        by=GroupBy.CHANNEL,
    ),
    Edge(
        "a cell is a community and a category",
        ([case(社区="榕东社区", 一级分类="噪声")],),
        {"rows.榕东社区 · 噪声.received": 1, "rows.榕东社区 · 噪声.rank": None},
        by=GroupBy.CELL,
    ),
    Edge(
        "a month ends at midnight",
        ([case("01 00:00"), case("last 23:59")], [case("01 00:00")]),
        {"total.received": 3, "monthly.0.response_rate": "100.00", "rows.城建办.received": 3},
    ),
    Edge(
        "repeats and the cases of the national survey",
        ([case(国满件="是"), case(重复件主件编号="E0")],),
        {"total.national": 1, "total.repeats": 1, "total.shares.repeats": "50.00"},
    ),
)
