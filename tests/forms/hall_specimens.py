"""Lists of the hall as it would freeze them: one plausible row for each."""

from typing import Any

from desk.actions.mediation_statistics import statistics_lines
from desk.exchange.key_sheet import HOW_TO_USE
from desk.forms.figure_rows import FigureListRow
from desk.forms.grid_rows import ContactSignRow, GridCardRow
from desk.forms.hall_rows import (
    ArchiveListRow,
    CaseToSign,
    DoorSignRow,
    DutyRosterRow,
    IdentityKeyRow,
    MediationStatisticsRow,
    MorningBriefRow,
    PromisedCall,
    PromisedCallsRow,
    RoomScheduleRow,
    SealRegisterRow,
    SealUse,
    ShiftHandoverRow,
    SignFolderRow,
    TrailListRow,
)
from desk.rules.mediation_codes import DisputeKind
from desk.rules.wording import label
from tests.forms.paper_specimen import paper

NAME = "𠮷田·阿依古丽"
LONG = (
    "青榕花园二期物业费上涨没有公示，业主要求公开近三年收支并重新表决，"
    "另反映地下车库照明、消防通道堵塞、电梯年检过期等五件事，要求逐项书面答复"
)


def _case(number: int, subject: str, unit: str, left: str) -> CaseToSign:
    return {
        "number": f"青榕首〔2026〕{number:05}号",
        "subject": subject,
        "unit": unit,
        "left": left,
    }


TO_SIGN = [
    _case(412, "青榕里3栋2单元楼道漏电", "城建办", "今天"),
    _case(398, LONG, "城建办", "超 1 天"),
    _case(405, f"{NAME}咨询高龄津贴补发", "民政办", "1 天"),
    _case(407, "新榕路夜市油烟扰民", "综合行政执法队", "1 天"),
    _case(409, "榕西社区广场健身器材损坏", "榕西社区", "2 天"),
    _case(411, "反映公厕夜间不开放", "城管办", "2 天"),
    _case(415, "青榕花园5栋天面漏水多次维修无效", "城建办", "2 天"),
]


def _call(at: str, number: int, who: str, about: str, by: str) -> PromisedCall:
    return {
        "at": f"2026-11-06T{at}",
        "number": f"青榕首〔2026〕{number:05}号",
        "who": who,
        "phone": f"138000000{number % 100:02}",
        "about": about,
        "by": by,
    }


CALLS = [
    _call("09:00", 412, f"{NAME}女士", "楼道漏电检修结果", "刘建"),
    _call("09:30", 398, "何伟先生", "物业收支公开的时间，" + LONG, "刘建"),
    _call("14:30", 405, "陈月娥女士", "高龄津贴补发到账了没有", "周敏"),
    _call("17:00", 407, "黎先生", "夜市油烟复查约在几点", "吴强"),
]


def sign_folder() -> SignFolderRow:
    return {
        **paper("签批夹 2026-11-05", "sign-folder"),
        "leader": "陈立（党工委副书记）",
        "written_at": "2026-11-05T08:30",
        "cases": [dict(case) for case in TO_SIGN],  # type: ignore[misc] # as read from JSON
    }


def seal_register() -> SealRegisterRow:
    kinds = ["群众诉求处理意见书", "群众诉求受理告知书", "群众诉求引导告知书"]
    uses: list[SealUse] = [
        {
            "used_at": f"2026-11-{2 + at // 6:02}T{9 + at % 6:02}:{at % 60:02}",
            "title": kinds[at % 3],
            "number": f"青榕诉{'意告告'[at % 3]}〔2026〕{at + 1}号",
            "copies": 2 + at % 2,
            "seal": "街道办事处印章" if at % 3 == 0 else "诉求专用章",
            "applicant": ["刘建", NAME, "周敏"][at % 3],
            "approved_by": "陈立",
            "used_by": "孙晴",
            "note": "更正后重盖，旧件已收回作废" if at == 7 else None,
        }
        for at in range(45)
    ]
    return {
        **paper("2026年11月", "seal-register"),
        "office": "青榕街道党政办",
        "period": "2026年11月2日至11月9日",
        "uses": uses,
    }


def promised_calls() -> PromisedCallsRow:
    return {
        **paper("回电 2026-11-06", "promised-calls"),
        "day": "2026-11-06",
        "unit": "青榕街道群众诉求服务大厅",
        "calls": CALLS,
    }


def shift_handover() -> ShiftHandoverRow:
    work = [
        ("待联系、核实", "今天17时前到现场", "2026-11-05T17:00"),
        ("办理中", "等物业交三年收支，周五开业主协商会", "2026-11-06T18:00"),
        ("待填意见书", "意见书已写好一半，附件在共享盘", "2026-11-07T18:00"),
    ]
    return {
        **paper("交接 2026-11-05", "shift-handover"),
        "unit": "城建办",
        "from_name": "刘建",
        "to_name": NAME,
        "written_at": "2026-11-05T17:20",
        "taken_at": None,
        "open_work": [
            {
                "number": case["number"],
                "subject": case["subject"],
                "state": state,
                "next_step": step,
                "due_at": due,
            }
            for case, (state, step, due) in zip(TO_SIGN, work, strict=False)
        ],
        "calls": CALLS[:2],
        "kept": [
            {
                "kind": "原件",
                "name": "物业报修单（2份）",
                "number": "青榕首〔2026〕00412号",
                "owner": f"{NAME}女士",
                "taken_at": "2026-11-02T09:20",
                "note": None,
            },
            {
                "kind": "钥匙",
                "name": "青榕里3栋配电间钥匙1把",
                "number": "青榕首〔2026〕00412号",
                "owner": "青榕里物业服务中心",
                "taken_at": "2026-11-02T10:40",
                "note": None,
            },
        ],
        "note": "周五上午业主协商会的会议室已经订好，在二楼；请提前联系榕东社区带话筒。",
    }


def morning_brief() -> MorningBriefRow:
    return {
        **paper("早报 2026-11-05", "morning-brief"),
        "leader": "陈立（党工委副书记）",
        "day": "2026-11-05",
        "figures": [
            {"name": "收件", "words": "昨天 23 件，紧急 2 件；其中楼道漏电、电梯困人已排除险情"},
            {"name": "办结", "words": "昨天 19 件；在办 64 件，比前天多 4 件"},
            {"name": "时限", "words": "超期 3 件（城建办 2 件、榕西社区 1 件）；今天到期 6 件"},
            {"name": "回访", "words": "昨天回访 17 件：双是 15 件，非双是 1 件，双否 1 件"},
            {"name": "联系", "words": "10 分钟内联系 22 件中 21 件"},
        ],
        "people": [
            {
                "who": "何伟先生",
                "phone": "13800000098",
                "about": LONG[:55] + "…",
                "why": "第三次反映，回访说“没有人当回事”",
            },
            {
                "who": f"{NAME}女士",
                "phone": "13800000012",
                "about": "楼道漏电，四户高龄老人",
                "why": "昨天的紧急件，已恢复照明，请问一声好不好用",
            },
            {
                "who": "黎先生",
                "phone": "13800000007",
                "about": "夜市油烟扰民",
                "why": "双否，执法队今晚复查",
            },
        ],
        "to_sign": [dict(case) | {"subject": case["subject"][:39]} for case in TO_SIGN[:6]],  # type: ignore[misc] # as read from JSON
        "sign_note": "以上 6 件今天签完，都不超期。",
        "anchor": "第 12870 条 1a2b-3c4d-5e6f-7a8b",
    }


def trail_list() -> TrailListRow:
    return {
        **paper("单 2026-00031", "trail-list"),
        "scope": "查看和导出 2026-11-01 至 2026-11-05",
        "lines": [
            {
                "at": "2026-11-05T10:42",
                "who": f"{NAME}（李敏代发）",
                "what": "个人信息：查看诉求人信息",
                "case_number": "青榕首〔2026〕00412号",
            },
            {
                "at": "2026-11-04T16:03",
                "who": "周航",
                "what": "台账：导出诉求台账 1,204 件",
                "case_number": None,
            },
        ],
        "anchor": "第 12870 条 1a2b-3c4d-5e6f-7a8b",
    }


def figure_list() -> FigureListRow:
    return {
        **paper("青榕单〔2026〕18号", "figure-list"),
        "seal_place": False,
        "scope": "2026-10-01 至 2026-10-31，城建办：双否",
        "total": 9,
        "lines": [
            {
                "case_number": f"青榕首〔2026〕{400 + at * 3:05}号",
                "received_on": f"2026-10-{30 - at * 3:02}",
                "unit": "城建办",
                "community": "榕东" if at % 4 else None,
                "subject": LONG[:39] if at == 4 else f"榕荫里小区{at + 1}栋楼道照明线路老化",
                "state": "已办结" if at % 3 else "办理中",
                "rated": "双否" if at % 3 else None,
            }
            for at in range(9)
        ],
    }


def archive_list() -> ArchiveListRow:
    return {
        **paper("青榕单〔2026〕12号", "archive-list"),
        "seal_place": False,
        "scope": "2026年 盒2026-1",
        "files": [
            {
                "archive_number": f"青榕档〔2026〕{at + 1:04}号",
                "case_number": f"青榕首〔2026〕{400 + at * 3:05}号",
                "subject": LONG[:39] if at == 4 else f"榕荫里小区{at + 1}栋楼道照明线路老化",
                "unit": ["城建办", "综合行政执法队", "榕东社区"][at % 3],
                "closed_on": f"2026-11-{2 + at % 20:02}",
                "box_number": "2026-1" if at % 7 else None,
            }
            for at in range(32)
        ],
    }


def mediation_statistics() -> MediationStatisticsRow:
    report = {
        "total": 64,
        "closed": 60,
        "succeeded": 57,
        "success_rate": "95.00",
        "written": 41,
        "oral": 16,
        "amount": 512600.5,
        "performed": 30,
        "judicial_confirmations": 3,
        "by_source": [
            {"key": "申请", "count": 24, "share": "37.50"},
            {"key": "主动", "count": 39, "share": "60.94"},
            {"key": "委托移送", "count": 1, "share": "1.56"},
        ],
        "by_difficulty": [{"key": "一般", "count": 64, "share": "100.00"}],
        "by_kind": [
            {"key": label(kind), "count": at + 1, "share": "6.25"}
            for at, kind in enumerate(DisputeKind)
        ],
    }
    return {
        **paper("青榕单〔2026〕18号", "mediation-statistics"),
        "office": "青榕街道人民调解委员会",
        "seal_place": False,
        "scope": "2026-01-01 至 2026-06-30 受理",
        "lines": statistics_lines(report),  # type: ignore[typeddict-item] # plain data
    }


def room_schedule() -> RoomScheduleRow:
    rooms = [
        "第一调解室",
        "老梁工作室",
        "背靠背间",
        "领导接访室",
        "个案会商室",
        "心理室",
        "远程调解室",
    ]
    empty = [""] * len(rooms)
    hours: dict[int, list[str]] = {hour: list(empty) for hour in (9, 10, 11, 14, 15, 16, 17)}
    hours[9][0] = "09:30–11:00 调解\n𠮷某、何某\n调解员 钱惠"
    hours[10][0] = "至 11:00"
    hours[9][2] = "09:30–11:00 调解（分室）\n𠮷某、何某"
    hours[10][2] = "至 11:00"
    hours[9][3] = "09:00–12:00 领导接访"
    hours[10][3] = hours[11][3] = "至 12:00"
    hours[14][1] = "14:30–15:30 调解\n不公开\n调解员 梁建国"
    hours[15][1] = "至 15:30"
    hours[16][4] = "16:00–17:00 会商\n（预占）"
    hours[15][6] = "15:15–16:00 调解\n陈某、安居物业公司\n调解员 钱惠"
    return {
        **paper("青榕单〔2026〕31号", "room-schedule"),
        "day": "2026-11-05",
        "weekday": "周四",
        "rooms": rooms,
        "hours": [
            {"time": f"{hour:02}:00–{hour + 1:02}:00", "at": at} for hour, at in hours.items()
        ],
    }


def duty_roster() -> DutyRosterRow:
    names = ("李敏", "钱惠、何平", "★魏主任", "赵强", "", "—")
    weekdays = "日一二三四五六"
    return {
        **paper("青榕单〔2026〕33号", "duty-roster"),
        "year": "2026",
        "month": "11",
        "posts": ["街道值班室", "综合行政执法队", "榕东社区", "应急办", "领导接访"],
        "days": [
            {
                "day": f"11月{day}日",
                "weekday": f"周{weekdays[(day + 6) % 7]}",
                "at": [
                    "𠮷田·阿依古丽（白）、何平（夜）"
                    if (day, post) == (9, 1)
                    else names[(day + post * 2) % len(names)]
                    for post in range(5)
                ],
            }
            for day in range(1, 31)
        ],
        "phones": "街道值班室 0700-8800110；综合行政执法队 0700-8800120",
    }


def door_sign() -> DoorSignRow:
    return {
        **paper("青榕单〔2026〕32号", "door-sign"),
        "role": "人民调解员",
        "name": "钱　惠",
        "note": "调解进行中，请勿打扰。结束时间约 11:00。",
    }


_PEOPLE = "\n".join(
    f"{role}　{name}　0700-8800121"
    for role, name in (("网格员", "何志强"), ("联户党员", NAME), ("楼栋长", "陈玉兰"))
)
_SERVICES = (
    "· 讲解惠民政策和办事流程\n· 收集诉求，当场能答的当场答\n· 邻里纠纷先行劝解\n· 报修公共设施损坏"
)


def grid_card() -> GridCardRow:
    return {
        **paper("青榕单〔2026〕40号", "grid-card"),
        "cards": [
            {
                "grid": f"榕东第{at}网格",
                "community": "榕东社区",
                "about": "312 户　青榕花园、榕荫里小区",
                "people": _PEOPLE,
                "services": _SERVICES,
                "phone": "0700-8800121",
                "hall_phone": "0700-8800100",
                "code": f"榕东社区榕东第{at}网格｜社区 0700-8800121",
            }
            for at in (1, 2)
        ],
    }


def contact_sign() -> ContactSignRow:
    return {
        **paper("青榕单〔2026〕41号", "contact-sign"),
        "size": "a5",
        "slogan": "有诉求先找我们，夜间急事打街道值班电话。",
        "signs": [
            {
                "place": place,
                "community": "榕东社区",
                "grid": "榕东第3网格",
                "people": _PEOPLE,
                "services": _SERVICES,
                "phone": "0700-8800121",
                "hall_phone": "0700-8800100",
                "code": f"{place}｜社区 0700-8800121",
            }
            for place in ("青榕花园", "榕荫里小区 3 栋", "东江路")
        ],
    }


def identity_key() -> IdentityKeyRow:
    return {
        **paper("c0ffee0123456789", "identity-key"),
        "lines": [
            {"n": 1, "code": "ABCD-EFGH-IJKL-MNOP-QRST"},
            {"n": 2, "code": "UVWX-YZ23-4567-ABCD-EFGH"},
            {"n": 3, "code": "IJKL-MNOP-QRST-UVWX"},
        ],
        "use": HOW_TO_USE,
    }


HALL_PAPERS: dict[str, Any] = {
    "sign-folder": sign_folder,
    "seal-register": seal_register,
    "promised-calls": promised_calls,
    "shift-handover": shift_handover,
    "morning-brief": morning_brief,
    "archive-list": archive_list,
    "trail-list": trail_list,
    "figure-list": figure_list,
    "identity-key": identity_key,
    "room-schedule": room_schedule,
    "door-sign": door_sign,
    "duty-roster": duty_roster,
    "grid-card": grid_card,
    "contact-sign": contact_sign,
    "mediation-statistics": mediation_statistics,
}
