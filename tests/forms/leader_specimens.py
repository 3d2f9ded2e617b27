"""A led case and the minutes of a meeting as the hall would freeze them (包案登记表、会商纪要)."""

from collections.abc import Callable, Mapping
from typing import Any

from desk.forms.leader_rows import LeaderCaseRow, MeetingMinutesRow
from tests.forms.paper_specimen import paper

CASE = "青榕首〔2026〕00412号"


def leader_case() -> LeaderCaseRow:
    return {
        **paper("青榕包〔2026〕3号", "leader-case"),
        "case_number": CASE,
        "summary": "青榕里3栋2单元楼道漏电，配电箱外壳带电，两次报修物业没有到场。",
        "reason": "三轮办理未解决：进线归供电公司，楼道线归物业，业委会空缺，维修资金动用缺表决。"
        "城建办和榕东社区都无法单独办成。",
        "leader": "郑伟　街道分管领导",
        "started_on": "2026-11-04",
        "planned_until": "2026-12-04",
        "before": "王磊（2026-11-04 至 2026-11-12，分工调整）",
        "team": [
            {"role": "党代表、人大代表", "name": "梁国栋", "office": "区人大代表"},
            {"role": "年轻干部", "name": "刘建", "office": "城建办"},
            {"role": "业务人员", "name": "方岩", "office": "城建办"},
            {"role": "业务人员", "name": "钟文", "office": "区住建局物业科"},
            {"role": "网格员", "name": "陈小燕", "office": "榕东社区第2网格"},
        ],
        "pledges": [
            {
                "words": "包掌握情况",
                "responsible": "陈小燕",
                "note": "已落实；逐户走访12户，4户有70岁以上老人",
                "on_day": "2026-11-05",
            },
            {
                "words": "包思想教育",
                "responsible": "郑伟",
                "note": "当面说明维修资金怎么用，诉求人愿意等表决",
                "on_day": "2026-11-06",
            },
            {
                "words": "包解决化解",
                "responsible": "方岩",
                "note": "部分落实；供电公司已换总进线，楼道线等表决",
                "on_day": "2026-11-16",
            },
            {"words": "包稳控管理", "responsible": "刘建", "note": None, "on_day": "2026-11-05"},
            {"words": "包依法处理", "responsible": None, "note": None, "on_day": None},
        ],
        "questions": [
            {"words": "诉求是否解决", "answer": "部分", "note": "总进线已换，楼道线11月30日前换"},
            {"words": "办法是否穷尽", "answer": "是", "note": None},
            {"words": "居民是否满意", "answer": None, "note": None},
        ],
        "steps": [
            {"day": "2026-11-05", "action": "入户走访12户", "result": "10户同意动用维修资金"},
            {
                "day": "2026-11-09",
                "action": "召开专题会商，供电公司、物业、业主代表参加",
                "result": "供电公司11月16日换总进线；物业出改造方案",
            },
            {"day": "2026-11-16", "action": "供电公司更换总进线", "result": "已送电，外壳不再带电"},
            {
                "day": None,
                "action": "业主表决动用维修资金",
                "result": "计划 2026-11-28 前完成",
            },
        ],
        "outcome": None,
        "conclusion": None,
        "concluded_on": None,
    }


def meeting_minutes() -> MeetingMinutesRow:
    return {
        **paper("青榕会〔2026〕5号", "meeting-minutes"),
        "kind": "专题会商",
        "title": "青榕里3栋楼道线路改造",
        "about": f"诉求 {CASE}　青榕里3栋2单元楼道漏电",
        "held_at": "2026-11-09T14:30",
        "place": "大厅二楼个案会商室",
        "chair": "郑伟",
        "attendees": "城建办方岩、刘建；榕东社区赵强、陈小燕；区住建局物业科钟文；供电公司代表1人；"
        "青榕里物业服务中心负责人1人；业主代表3人",
        "minutes": "一、城建办通报三轮办理情况，说明进线和楼道线的产权分界。\n"
        "二、供电公司确认总进线老化，可在一周内更换，费用自担；施工当天停电四小时。\n"
        "三、物业提出楼道线改造估价四万二千元，建议动用维修资金。\n"
        "四、业主代表要求先看方案和三家报价，再表决；担心老人上下楼，要求施工期间有照明。\n"
        "五、区住建局说明紧急动用维修资金的条件和表决比例。",
        "decisions": [
            {"text": "更换总进线", "who": "供电公司", "until": "2026-11-16"},
            {
                "text": "出改造方案和三家报价，在楼道张贴",
                "who": "青榕里物业",
                "until": "2026-11-18",
            },
            {"text": "组织表决动用维修资金", "who": "榕东社区", "until": "2026-11-28"},
            {"text": "施工期间装临时照明，每天看望四楼以上老人", "who": "第2网格", "until": None},
        ],
        "recorder": "刘建",
    }


LEADER_PAPERS: Mapping[str, Callable[[], Any]] = {
    "leader-case": leader_case,
    "meeting-minutes": meeting_minutes,
}
