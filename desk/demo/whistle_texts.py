"""What units are called together for in the fictional street (吹哨的事由)."""

from typing import NamedTuple


class Matter(NamedTuple):
    """What units are called together for: words, steps taken, which units, what was done."""

    words: str
    steps: str
    units: tuple[str, ...]
    done: str


MATTERS = (
    Matter(
        "消防通道长期被占，社区没有执法权，需几家当场说清、当场搬离。",
        "两次上门劝离，签过承诺没有履行。",
        ("综合行政执法队", "城建办"),
        "占用物已搬离，施划禁停线，一周内每日巡看。",
    ),
    Matter(
        "污水反复外溢，管线权属说不清，居民出入不便。",
        "疏通三次，三天后又堵。",
        ("城建办", "应急办"),
        "查明是错接，改接后连看三天没有再溢。",
    ),
    Matter(
        "餐饮店油烟、噪声扰民，店主以手续齐全为由不整改。",
        "约谈两次，居民仍不满意。",
        ("综合行政执法队", "平安法治办"),
        "店主装了净化器，把排烟口改到路侧。",
    ),
    Matter(
        "一户渗漏牵连三层，施工方、物业、住户各说各话。",
        "社区调解两次没有结果。",
        ("城建办", "平安法治办", "城市更新办"),
        "三方当场确定漏点，施工方次日进场。",
    ),
    Matter(
        "预付卡商户关门，几十户要退费，情绪激动。",
        "登记人数和金额，联系商户未接。",
        ("平安法治办", "综合行政执法队"),
        "商户到场签了分期退费方案。",
    ),
    Matter(
        "外墙瓷砖脱落，随时可能伤人。",
        "拉了警戒线，请住户绕行。",
        ("应急办", "城建办"),
        "当天铲除松动部分，排查整面墙。",
    ),
)
