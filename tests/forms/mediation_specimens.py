"""Papers of a mediation as the hall would freeze them: one plausible row for each."""

from typing import Any

from tests.forms.paper_specimen import paper

NUMBER = "青榕人调字〔2026〕第12号"
DISPUTE = "房屋漏水损害赔偿"
COMMITTEE = "青榕街道人民调解委员会"
NAME = "𠮷田·阿依古丽"
COMPANY = "岭湾市青榕里物业服务有限公司"
BETWEEN = f"{NAME}、何伟、{COMPANY}"
CONTACT = "岭湾市滨河区青榕路1号，电话13800000001"
SIGN = "（签名、盖章或按指印）"
FACTS = (
    "2026年9月中旬起，青榕里3栋502室卫生间防水层破损，水沿管道井渗入402室，"
    "申请人家客厅天花、墙面和木地板受损。申请人多次要求502室业主维修并赔偿，"
    "双方对损失数额和物业服务中心应否分担意见不一。\n"
    "经社区和物业到场查看，渗漏点在502室卫生间地漏四周，管道井检修门长期未关。"
)
TERMS = (
    "一、何伟于2026年11月20日前请有资质的单位重做502室卫生间防水，费用自理。\n"
    "二、何伟赔偿申请人天花、墙面和地板修复费用18,600.50元，分三期支付。\n"
    "三、物业服务公司于2026年11月10日前更换管道井检修门，并免收申请人当年11月、12月物业费。\n"
    "四、各方就本次渗漏再无其他争议。"
)


def _row(code: str, number: str = NUMBER) -> dict[str, Any]:
    return {**paper(number, code), "office": COMMITTEE, "dispute": DISPUTE}


def _apart(code: str, nth: str) -> dict[str, Any]:
    return _row(code, f"{NUMBER}之{nth}") | {"file_number": NUMBER}


PERSON = {
    "side": "申请人",
    "name": NAME,
    "sex": "女",
    "ethnicity": "维吾尔族",
    "age": "67岁",
    "occupation": "退休教师",
    "phone": "13800000012",
    "address": "榕东社区青榕里3栋402室",
}
NEIGHBOUR = {
    "side": "被申请人",
    "name": "何伟",
    "sex": "男",
    "ethnicity": "汉族",
    "age": "41岁",
    "occupation": "个体经营",
    "phone": "13800000013",
    "address": "榕东社区青榕里3栋502室",
}
ORGANISATION = {
    "side": "第三人",
    "name": COMPANY,
    "sex": None,
    "ethnicity": None,
    "age": None,
    "occupation": "法定代表人：陆志强",
    "phone": "13800000014",
    "address": "岭湾市滨河区青榕里1栋首层",
}
WORDS = [
    {
        "about": f"申请人：{NAME}，女，维吾尔族，67岁，退休教师，身份证号码：000000195901010028，"
        "联系方式：13800000012，住址：榕东社区青榕里3栋402室；翻译：阿迪力，13800000015。"
    },
    {
        "about": "被申请人：何伟，男，汉族，41岁，个体经营，身份证号码：000000198501010019，"
        "联系方式：13800000013，住址：榕东社区青榕里3栋502室。"
    },
    {
        "about": f"第三人：{COMPANY}，法定代表人：陆志强，联系方式：13800000014，"
        "住所：岭湾市滨河区青榕里1栋首层；委托代理人：钟晓岚，13800000016。"
    },
]
SIGNERS = [
    {"caption": f"申请人 {NAME}{SIGN}"},
    {"caption": f"被申请人 何伟{SIGN}"},
    {"caption": f"第三人 {COMPANY}{SIGN}"},
]
WORKERS = [{"caption": "人民调解员 钱惠（签名）"}, {"caption": "记录人 孟瑶（签名）"}]


def application() -> dict[str, Any]:
    return _row("mediation-application") | {
        "applicants": [PERSON],
        "respondents": [NEIGHBOUR, ORGANISATION],
        "facts": FACTS,
        "requests": ["502室停止渗漏并重做防水", "赔偿天花、墙面、地板损失", "物业承担相应责任"],
        "received_on": "2026-10-12",
        "signers": SIGNERS[:1],
    }


def acceptance() -> dict[str, Any]:
    return _row("mediation-acceptance") | {
        "accepted_on": "2026-10-13",
        "why": "依当事人申请",
        "between": BETWEEN,
        "kind": "邻里",
        "difficulty": "一般",
        "source": "当事人申请",
        "entrusted_by": None,
        "facts": FACTS,
        "signers": SIGNERS,
        "registrar": "孟瑶",
    }


def rights() -> dict[str, Any]:
    return _row("mediation-rights") | {"signers": SIGNERS}


def power() -> dict[str, Any]:
    return _row("mediation-power") | {
        "principal": WORDS[2]["about"],
        "agent": "钟晓岚，000000198801010022，13800000016",
        "powers": "代为陈述事实、发表意见，代为承认、变更请求，代为达成调解协议。",
        "opponents": f"{NAME}、何伟",
        "signers": [
            {"caption": "委托人（签名、盖章或按指印）"},
            {"caption": "受委托人（签名）"},
        ],
    }


def address() -> dict[str, Any]:
    return _row("mediation-address") | {
        "party": WORDS[1]["about"],
        "address": "岭湾市滨河区榕东社区青榕里3栋502室",
        "recipient": "何伟",
        "phone": "13800000013",
        "signers": SIGNERS[1:2],
    }


def extension() -> dict[str, Any]:
    return _apart("mediation-extension", "二") | {
        "between": BETWEEN,
        "accepted_on": "2026-10-26",
        "due_on": "2026-11-25",
        "until": "2026-12-15",
        "by_hand": None,
        "mediator": "梁伯安",
        "signers": [*SIGNERS, {"caption": "人民调解员（签名）"}],
    }


def notice() -> dict[str, Any]:
    return _apart("mediation-notice", "一") | {
        "salutation": f"{NAME}女士",
        "addressee": NAME,
        "opponents": f"何伟、{COMPANY}",
        "starts_at": "2026-10-20T09:30",
        "ends_at": "2026-10-20T11:00",
        "place": "岭湾市滨河区青榕路1号二楼东侧老梁工作室",
        "mediator": "钱惠",
        "bring": ["本人居民身份证", "与纠纷有关的合同、票据、照片等材料"],
        "contact": CONTACT,
        "signed_on": "2026-10-14",
    }


def investigation() -> dict[str, Any]:
    return _row("mediation-investigation") | {
        "asked_at": "2026-10-15T15:00",
        "place": "青榕里3栋402室、502室",
        "present": "榕东社区网格员梁燕、物业维修主管卢永",
        "asked": "何伟",
        "text": "问：502室卫生间什么时候装修过？\n答：2019年入住时装的，之后没有动过地漏。\n"
        "问：楼下第一次来说漏水是什么时候？\n答：今年9月18日，我当时说等天晴再看。\n"
        "现场查看：地漏四周填缝脱落，蓄水两小时后402室天花同一位置出现水迹，拍照四张。",
        "inquirer": "钱惠",
        "recorder": "孟瑶",
    }


def record() -> dict[str, Any]:
    talk = [
        ("钱惠", "今天请各位来，就青榕里3栋402室渗水一事调解。请申请人先说。"),
        (NAME, "天花掉皮，地板鼓起来两米多，找人看过，修好要两万一千元。我只要求修好、赔钱。"),
        ("何伟", "漏水我认，防水我来做。但两万一太高，我问的价是一万五。物业的检修门一年没关过。"),
        ("钟晓岚", "检修门坏了我们没有及时换，公司愿意换门，并减免两个月物业费。"),
        ("钱惠", "三方看过社区留存的照片和两份报价单，一致同意按实际面积重新核算。"),
        ("何伟", "按一万八千六百元零五角，我分三次付。"),
        (NAME, "可以，但第一次要在11月底以前。"),
    ]
    return _row("mediation-record") | {
        "times": 1,
        "started_at": "2026-10-20T09:30",
        "ended_at": "2026-10-20T11:05",
        "place": "老梁工作室",
        "reason": "青榕里3栋402室渗水，损失赔偿数额和责任分担",
        "invited": ["榕东社区网格员梁燕", "邻里圈成员卢阿婆"],
        "parties": WORDS,
        "mediator": "钱惠",
        "recorder": "孟瑶",
        "recusal": [f"{NAME}：不申请回避", "何伟：不申请回避"],
        "blocks": [{"who": who, "text": text} for who, text in talk],
        "result": "各方自愿达成协议，当场签订人民调解协议书。",
        "signers": [
            *({"caption": s["caption"].replace(SIGN, "（签名）")} for s in SIGNERS),
            *WORKERS,
        ],
    }


def agreement() -> dict[str, Any]:
    return _row("mediation-agreement") | {
        "parties": WORDS,
        "facts": FACTS,
        "terms": TERMS,
        "way": "何伟以银行转账方式付至申请人指定账户，附言写明卷号。",
        "term": "2027年1月31日前付清。",
        "instalments": [
            {"due_on": "2026-11-30", "amount": "6,200.50元", "capital": "人民币陆仟贰佰元零伍角整"},
            {"due_on": "2026-12-31", "amount": "6,200.00元", "capital": "人民币陆仟贰佰元整"},
            {"due_on": "2027-01-31", "amount": "6,200.00元", "capital": "人民币陆仟贰佰元整"},
        ],
        "total": "18,600.50元",
        "total_capital": "人民币壹万捌仟陆佰元零伍角整",
        "copies": 4,
        "signers": [*SIGNERS, *WORKERS],
        "signed_on": "2026-10-20",
    }


def oral_agreement() -> dict[str, Any]:
    return _row("mediation-oral-agreement") | {
        "parties": [PERSON, NEIGHBOUR],
        "facts": "502室晾衣滴水打湿402室晾晒的被褥，双方口角。",
        "terms": "何伟当面致歉，以后晾衣先拧干并装接水盘；双方不再追究。",
        "way": "当场致歉；接水盘由何伟自行安装。",
        "term": "接水盘2026年10月25日前装好。",
        "total": "200.00元",
        "total_capital": "人民币贰佰元整",
        "agreed_on": "2026-10-20",
        "mediator": "钱惠",
        "recorder": "孟瑶",
    }


def _letter(code: str, nth: str) -> dict[str, Any]:
    return _apart(code, nth) | {
        "salutation": f"{NAME}女士、何伟先生",
        "addressee": f"{NAME}、何伟",
        "between": f"{NAME}、何伟",
        "contact": CONTACT,
        "signed_on": "2026-11-05",
    }


def refusal() -> dict[str, Any]:
    return _letter("mediation-refusal", "一") | {
        "received_on": "2026-10-12",
        "reason": "申请人已就同一事项向滨河区人民法院起诉，法院已经立案。",
        "guidance": "由滨河区人民法院依法审理，可向法院申请诉前、诉中调解。",
    }


def termination() -> dict[str, Any]:
    return _letter("mediation-termination", "二") | {
        "accepted_on": "2026-10-13",
        "began": "受理",
        "how": "经调解，双方未能达成协议，本次调解结束",
        "reason": "一方拒绝继续",
    }


def handover() -> dict[str, Any]:
    row = _letter("handover-letter", "三") | {
        "to": "滨河区住房和城乡建设局",
        "received_on": "2026-10-12",
        "kind": "物业",
        "facts": FACTS,
        "reason": "涉及共用管道改造和维修资金使用，属于行政主管部门职责。",
        "papers": ["人民调解申请书", "现场照片四张", "物业报修单复印件"],
    }
    return {key: value for key, value in row.items() if key not in {"salutation", "addressee"}}


def followup() -> dict[str, Any]:
    return _row("mediation-followup") | {
        "between": BETWEEN,
        "visited_on": "2026-12-03",
        "way": "上门",
        "performance": "分期中",
        "satisfaction": "满意",
        "went_to_court": False,
        "trouble": "防水已重做，蓄水试验没有再渗；双方见面打招呼，没有激化的迹象。",
        "measures": "提醒何伟第二期12月31日到期；2027年1月再访一次。",
        "visited_by": "钱惠",
    }


def confirmation() -> dict[str, Any]:
    return _row("judicial-confirmation") | {
        "court": "岭湾市滨河区人民法院",
        "parties": [{"about": words["about"][:-1] + "，送达地址：同住址。"} for words in WORDS],
        "agreed_on": "2026-10-20",
        "facts": FACTS,
        "terms": TERMS,
        "attachments": [
            f"人民调解协议书（{NUMBER}）",
            "申请人身份证明、营业执照复印件、法定代表人身份证明",
            "与协议有关的财产权利证明材料",
        ],
        "signers": SIGNERS,
        "signed_on": "2026-11-02",
    }


def closing() -> dict[str, Any]:
    return _row("mediation-closing") | {
        "between": BETWEEN,
        "unit": COMMITTEE,
        "mediator": "钱惠",
        "accepted_on": "2026-10-13",
        "ended_on": "2026-10-20",
        "source": "委托移送",
        "entrusted_by": "公安",
        "kind": "邻里",
        "difficulty": "一般",
        "facts": FACTS,
        "outcome": "达成书面协议；协议金额 18,600.50 元；履行情况：分期中。",
    }


def cover() -> dict[str, Any]:
    return _row("mediation-cover") | {
        "dispute": f"{BETWEEN}房屋漏水损害赔偿纠纷",
        "mediator": "钱惠",
        "mediated_from": "2026-10-13",
        "mediated_to": "2026-10-20",
        "retention": "长期（10 年）",
        "note": None,
    }


def contents() -> dict[str, Any]:
    lines = [
        ("人民调解申请书", "3–4", "必须"),
        ("人民调解受理登记表", "5", "必须"),
        ("人民调解权利义务告知书（签字件）", "6–7", "必须"),
        (f"当事人身份证明 {NAME}", "8", "必须"),
        ("授权委托书", "9", "按需"),
        ("人民调解调查记录", "10–11", "按需"),
        ("现场照片（渗漏处、管道井、蓄水试验前后）", "12–15", "按需"),
        ("人民调解记录", "16–19", "必须"),
        ("人民调解协议书", "20–23", "必须"),
        ("履行凭证", None, "必须，缺"),
        ("卷宗情况说明", "24", "按需"),
    ]
    return _row("mediation-contents") | {
        "items": [{"name": name, "page": page, "note": note} for name, page, note in lines],
        "pages": 25,
    }


def situation() -> dict[str, Any]:
    return _row("mediation-situation") | {
        "text": "本卷笔录第2页有一处涂改，已由当事人按指印确认。照片按渗漏发现的先后排列。",
        "missing": ["履行凭证：第三期尚未到期，付清后补入。"],
        "pages": 25,
    }


def back_cover() -> dict[str, Any]:
    return _row("mediation-back-cover") | {"pages": 25}


MEDIATION_PAPERS: dict[str, Any] = {
    "mediation-application": application,
    "mediation-acceptance": acceptance,
    "mediation-rights": rights,
    "mediation-power": power,
    "mediation-address": address,
    "mediation-notice": notice,
    "mediation-investigation": investigation,
    "mediation-record": record,
    "mediation-agreement": agreement,
    "mediation-oral-agreement": oral_agreement,
    "mediation-extension": extension,
    "mediation-refusal": refusal,
    "mediation-termination": termination,
    "handover-letter": handover,
    "mediation-followup": followup,
    "judicial-confirmation": confirmation,
    "mediation-closing": closing,
    "mediation-cover": cover,
    "mediation-contents": contents,
    "mediation-situation": situation,
    "mediation-back-cover": back_cover,
}
