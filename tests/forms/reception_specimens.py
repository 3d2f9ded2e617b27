"""Papers of reception days as the hall would freeze them (接访)."""

from collections.abc import Callable, Mapping
from typing import Any

from desk.forms.reception_rows import ReceptionListRow, ReceptionRecordRow
from tests.forms.paper_specimen import paper


def reception_record() -> ReceptionRecordRow:
    return {
        **paper("青榕接〔2026〕18号", "reception-record"),
        "office": "青榕街道办事处",
        "case_number": "青榕首〔2026〕00412号",
        "day": "2026-11-05（周四）",
        "at": "09:40",
        "place": "一楼领导接访室",
        "leader": "秦岚",
        "origin": "预约",
        "visit_mode": "委托代办",
        "appellant": "𠮷田·阿依古丽",
        "phone": "13800000012",
        "people": 2,
        "address": "榕东社区青榕里3栋2单元402",
        "agent": "马丽（亲属），13800000034，代为反映、代交材料，凭授权委托书",
        "needs": "轮椅",
        "category": "房屋与城建 / 楼道漏电",
        "summary": "楼道照明线路老化，灯反复跳闸，配电箱外壳带电。物业答复“等电工排班”，"
        "至今没有人到场。楼内有4户70岁以上老人，上下楼不便。",
        "request": "当天断电检修，书面说明检修结果。",
        "materials": "照片、授权委托书",
        "opinion": "一、城建办今天到场断电，先装临时照明；\n"
        "二、约谈物业，两周内更换进线；\n三、检修期间社区每天上门看望高龄住户。",
        "outcome": "交单位办理",
        "follow_unit": "城建办",
        "follow_person": "赵强",
        "follow_due": "2026-11-19",
        "done": None,
        "recorder": "李敏",
    }


def reception_list() -> ReceptionListRow:
    return {
        **paper("青榕单〔2026〕61号", "reception-list"),
        "seal_place": False,
        "day": "2026年11月5日（周四）",
        "hours": "09:00-11:30",
        "leader": "秦岚",
        "place": "一楼领导接访室",
        "lines": [
            {
                "n": 1,
                "at": "09:00",
                "who": "陈** 138****0023",
                "matter": "小区电梯半年修了五次",
                "origin": "预约",
                "needs": "轮椅",
            },
            {
                "n": 2,
                "at": "09:30",
                "who": "阿***·***",
                "matter": "楼道照明和配电箱",
                "origin": "预约",
                "needs": "",
            },
            {
                "n": 3,
                "at": "",
                "who": "欧阳**",
                "matter": "沿街餐馆油烟（青榕首〔2026〕00377号）",
                "origin": "信联办提请",
                "needs": "",
            },
        ],
        "note": "上午 11 点后到榕西社区看现场。",
    }


RECEPTION_PAPERS: Mapping[str, Callable[[], Any]] = {
    "reception-record": reception_record,
    "reception-list": reception_list,
}
