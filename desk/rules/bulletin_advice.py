"""What a bulletin suggests (工作建议): a sentence for each thing that the figures show."""

from decimal import Decimal

from desk.rules.bulletin_figures import Facts
from desk.rules.bulletin_findings import fastest_risen

_ON_TIME = Decimal(90)  # below it, a limit is worth a word
_LIMITS = (("contact", "联系", "每天上午先看看板上快到时限的件"),
           ("handle", "办结", "把快到时限的件逐件定人定时"))  # fmt: skip
CALM = "各项情况平稳，按现有安排办理。"


def advice(facts: Facts) -> list[str]:
    """Return what to do about what the figures show; calm figures need one sentence."""
    said = [*_hot(facts), *_late(facts), *_tasks(facts)]
    return said or [CALM]


def _hot(facts: Facts) -> list[str]:
    said = []
    risen = fastest_risen(facts)
    if risen is not None:
        said.append(
            f"“{risen['key']}”上升较多，建议承办单位集中走访一次，找出共同的原因，能一次解决的不分件办。"
        )
    if facts["clusters"]:
        names = "、".join(one["name"] for one in facts["clusters"])
        said.append(f"建议就{names}开专题，由一个单位牵头办到底。")
    return said


def _late(facts: Facts) -> list[str]:
    said = []
    if facts["overdue"]["count"]:
        said.append("超过时限没有办结的，建议由分管领导逐件定下办结日期，并先向诉求人说明。")
    if facts["double_no"]["count"]:
        said.append("双否件建议由主要领导当日调度，二次办理后再回访。")
    for key, name, what in _LIMITS:
        rate = facts["total"]["on_time"][key]
        if rate is not None and Decimal(rate) < _ON_TIME:
            said.append(f"按时{name}率 {rate}%，建议各单位{what}。")
    return said


def _tasks(facts: Facts) -> list[str]:
    late = sum(one["is_late"] for one in facts["tasks"])
    return [f"研判会任务有 {late} 项过期，建议在下次研判会上逐项说明。"] if late else []
