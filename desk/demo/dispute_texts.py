"""Disputes of the fictional street (虚构纠纷): who with whom, and how far it has come."""

from dataclasses import dataclass

from desk.rules.mediation_codes import Difficulty, DisputeKind

D = DisputeKind


@dataclass(frozen=True, slots=True)
class Dispute:
    """One dispute and its stage.

    Attributes:
        stage: how far it has come: applied, accepted, tomorrow, hold, today, now, instalments,
            performed, closed, failed, ended.
        day, hour, minutes: the sitting, in working days from today; day 0 is today.
        yuan: what was agreed.
    """

    stage: str
    kind: DisputeKind
    title: str
    applicant: str
    respondent: str
    facts: str
    community: str
    mediator: str
    room: str = ""
    day: int = 0
    hour: float = 9.0
    minutes: int = 75
    yuan: int = 0
    is_firm: bool = False
    caucus: bool = False
    is_private: bool = False
    difficulty: Difficulty = Difficulty.ORDINARY


DISPUTES: tuple[Dispute, ...] = (
    Dispute("now", D.NEIGHBOURS, "房屋漏水赔偿", "陈桂芳", "李国梁",
            "楼上卫生间防水老化，渗到楼下客厅，吊顶和衣柜发霉。双方对修缮和赔偿数额说法不一。",
            "榕东", "梁伯", "第一调解室", 0, 9, 75, caucus=True, difficulty=Difficulty.HARD),
    Dispute("today", D.LABOUR, "劳动报酬", "周小峰", "渡口小馆",
            "离职两个月，末月工资和加班费未结清，店主称试用期不算加班。",
            "码头", "周正", "第二调解室", 0, 10.5, 60, is_firm=True),
    Dispute("today", D.FAMILY, "婚姻家庭纠纷", "苏婉", "赵凯",
            "分居后对孩子探望时间和生活费有争议。",
            "书院", "苏燕", "燕姐工作室", 0, 14.25, 75, is_private=True),
    Dispute("hold", D.DAMAGES, "宠物伤人", "贺国", "张㛃",
            "遛狗未牵绳，抓伤孩子小腿，疫苗和误工费用未谈拢。",
            "榕西", "顾明礼", "第二调解室", 1, 14.5, 75),
    Dispute("tomorrow", D.NEIGHBOURS, "相邻采光", "王建军", "新桥农贸市场",
            "市场加建遮阳棚，挡住一楼两户采光和通风。",
            "新桥", "梁伯", "老梁（劳模）工作室", 1, 9.5, 75, is_firm=True),
    Dispute("tomorrow", D.PROPERTY, "楼道堆物", "𠮷田·阿依古丽", "罗德娟",
            "邻居长期在楼道堆放纸箱和电动车，多次劝说无果。",
            "榕东", "梁伯", "第一调解室", 1, 15.5, 60),
    Dispute("tomorrow", D.CONSUMER, "退费纠纷", "唐海", "跃动健身馆",
            "健身馆停业装修，要求退还剩余课时费用。",
            "南塘", "何洁", "远程调解室", 1, 14.75, 60, is_firm=True),
    Dispute("tomorrow", D.FAMILY, "赡养协商", "梅玉兰", "梅志远",
            "母亲独居，三个子女对每月赡养费和照料轮值有争议。",
            "北堤", "苏燕", "燕姐工作室", 2, 9.5, 90, caucus=True),
    Dispute("accepted", D.CONTRACT, "租金押金", "卢轩勇", "薛华梅",
            "租约到期房东扣下押金，称墙面损坏，租客不认可。",
            "码头", "周正"),
    Dispute("applied", D.LABOUR, "工伤补偿", "白刚霞", "新桥塑料制品厂",
            "操作切料机时手指受伤，厂方垫付医药费后不再出面。",
            "新桥", ""),
    Dispute("applied", D.NEIGHBOURS, "空调外机噪声", "任怡桂", "姜兰桂",
            "楼下商铺空调外机紧贴卧室窗，夜间无法休息。",
            "南塘", ""),
    Dispute("instalments", D.LABOUR, "工资结算", "龚红平", "聚福装饰公司",
            "装修队十二人两个月工资未付，公司愿分三期付清。",
            "书院", "周正", "第二调解室", -3, 14.5, 90, yuan=36_000, difficulty=Difficulty.HARD),
    Dispute("performed", D.NEIGHBOURS, "停车纠纷", "谢杰丽", "邓娜玉",
            "地下车位被占，争吵中车辆刮擦，修理费协商一致。",
            "榕西", "梁伯", "老梁（劳模）工作室", -2, 9, 60, yuan=1_800),
    Dispute("closed", D.DAMAGES, "装修损坏管道", "余平", "施工队长高强",
            "装修打穿公共水管，造成楼下两户浸水。",
            "榕东", "顾明礼", "第一调解室", -4, 10, 90, yuan=8_600),
    Dispute("failed", D.PROPERTY, "物业费争议", "邱永福", "安居物业公司",
            "以电梯常坏为由拒交两年物业费，物业要求全额补交。",
            "榕西", "何洁", "远程调解室", -2, 15, 60),
    Dispute("ended", D.CONSUMER, "家电维修", "石磊", "快修家电服务部",
            "冰箱维修三次未好，要求退还维修费。",
            "书院", "何洁", "第二调解室", -1, 10, 60),
)  # fmt: skip

# What was said in the sitting that is going on now: who, what.
RECORD: tuple[tuple[str, str], ...] = (
    ("调解员", "今天就房屋漏水一事调解。权利义务告知书双方已看过并签名，有不清楚的请现在问。"),
    ("陈桂芳", "没有了。楼上漏水从六月份开始，客厅吊顶、衣柜都发霉了，我找过他三次。"),
    ("李国梁", "漏水我承认，是卫生间防水老化。但是一口价赔两万我接受不了。"),
    ("调解员", "先说修，再说赔。防水什么时候能做？"),
    ("李国梁", "下周三师傅能来，闭水试验三天，费用我出。"),
    ("陈桂芳", "修好是第一位的。吊顶和衣柜有报价单，一共一万一千六。"),
    ("调解员", "报价单请给对方看一下，记录人复印一份入卷。"),
    ("李国梁", "衣柜用了八年了，按原价赔不合理，吊顶我认。"),
)


def said_in(dispute: Dispute) -> tuple[tuple[str, str], ...]:
    """Return what was said in the sitting of a dispute."""
    if dispute.stage == "now":
        return RECORD
    return (
        ("调解员", f"今天就{dispute.title}一事调解。权利义务告知书双方已看过并签名。"),
        (dispute.applicant, dispute.facts),
        (dispute.respondent, "情况基本是这样，但是有些地方说法不一样，愿意坐下来谈。"),
        ("调解员", "先把双方都认的记下来，再一条一条谈。"),
        (dispute.applicant, "只要能解决，时间上可以商量。"),
        (dispute.respondent, "可以商量，请调解员提个方案。"),
    )


# The ledger of the months before: title, kind, agreed?, oral?, yuan.
PAST: tuple[tuple[str, DisputeKind, bool, bool, int], ...] = (
    ("双方因漏水赔偿产生纠纷，自行协商未果。", D.NEIGHBOURS, True, False, 3_000),
    ("双方因工资结算产生纠纷，自行协商未果。", D.LABOUR, True, False, 12_000),
    ("双方因停车位产生纠纷，自行协商未果。", D.PROPERTY, True, True, 500),
    ("双方因退货退款产生纠纷，自行协商未果。", D.CONSUMER, True, True, 800),
    ("双方因租金押金产生纠纷，自行协商未果。", D.CONTRACT, True, False, 8_000),
    ("双方因探望和抚养费产生纠纷，自行协商未果。", D.FAMILY, True, False, 26_000),
    ("双方因相邻通道产生纠纷，自行协商未果。", D.HOUSING, False, False, 0),
)
