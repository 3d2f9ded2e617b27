"""The papers of the hall by form code (EXCHANGE.md 4): title, and whether it is served."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from desk.rules.mediation_papers import (
    DOSSIER,
    DOSSIER_PARTS,
    KEPT_AS_PRINTED,
    MEDIATION_TITLES,
)

PAPER_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "intake-sheet": "首问首办登记表",
        "receipt": "受理回执",
        "dispatch-slip": "交办单",
        "extension-request": "延期、挂账、退回申请表",
        "exclusion-request": "剔除（不纳入考核）申请表",
        "supervision-notice": "督办单",
        "urging-slip": "催办通知书",
        "commendation": "表扬书",
        "reminder-letter": "提醒函",
        "interview-record": "约谈记录",
        "honour-list": "年度荣誉名单",
        "whistle-slip": "吹哨单",
        "reception-record": "接访登记表",
        "reception-list": "接访日安排表",
        "leader-case": "提级办理、领导包案登记表",
        "meeting-minutes": "会商、议事纪要",
        "opinion-notice": "群众诉求处理意见书",
        "opinion-sheet": "处理意见书（平台填报版）",
        "followup-record": "群众诉求办理情况回访登记表",
        "acceptance-notice": "群众诉求受理告知书",
        "guidance-notice": "不予受理（引导）告知书",
        "delivery-proof": "送达回证",
        "withdrawal-request": "撤回申请书",
        "closing-report": "办结报告",
        "case-contents": "卷内目录",
        "seal-register": "用印登记",
        "shift-handover": "交接班表",
        "sign-folder": "签批夹目录",
        "promised-calls": "答应的回电",
        "morning-brief": "早报",
        "archive-list": "归档目录",
        "mediation-statistics": "人民调解案件情况统计表",
        "room-schedule": "调解室排期表",
        "door-sign": "门贴、桌签",
        "duty-roster": "值班表",
        "grid-card": "网格公示卡",
        "contact-sign": "干群连心牌",
        "visit-sheet": "走访表",
        "trail-list": "留痕查询记录",
        "figure-list": "统计清单",
        "bulletin": "群众诉求办理通报",
        "public-bulletin": "群众诉求办理情况（公开版）",
        "identity-key": "证件号密钥恢复单",
        **MEDIATION_TITLES,
        **DOSSIER_PARTS,
        DOSSIER: "调解整卷",
    }
)

# Sealed and delivered to the appellant before the follow-up (DOMAIN.md 9.3).
SERVED = frozenset({"opinion-notice"})
# Papers whose PDF itself is kept: what people sign, or what is archived, is never set anew.
KEEPS_BYTES = SERVED | KEPT_AS_PRINTED | {DOSSIER}

# A bulletin, and its version for outside: read by everybody in the street.
BULLETIN, PUBLIC_BULLETIN = "bulletin", "public-bulletin"
# Papers of the hall, which belong to no single case.
OF_THE_HALL = frozenset(
    {"seal-register", "shift-handover", "sign-folder", "promised-calls", "morning-brief"}
    | {"archive-list", "mediation-statistics"}
    | {BULLETIN, PUBLIC_BULLETIN}
    | {"room-schedule", "door-sign", "duty-roster", "trail-list", "figure-list"}
    | {"grid-card", "contact-sign"}
    | {"whistle-slip"}
    | {"commendation", "reminder-letter", "interview-record", "honour-list"}
    | {"reception-list"}
    | {"visit-sheet"}
    | {"meeting-minutes"}  # of a topic or a whistle; those of a case belong to it
)
# Issued when somebody asks for them; all others come out with the step they belong to.
ON_DEMAND = frozenset(
    {"acceptance-notice", "guidance-notice", "delivery-proof", "closing-report", "case-contents"}
    | {"withdrawal-request"}
)
# Each step of the matter issues them anew; nobody corrects them besides (剔除申请、督办、催办).
BY_STEPS = frozenset({"exclusion-request", "supervision-notice", "urging-slip", "reception-record"})
# What is handed over to the appellant against a signature (送达回证).
HANDED_OVER = frozenset({"opinion-notice", "acceptance-notice", "guidance-notice"})
# One for whom it is given to, one for the file (2.2, 2.6, 2.12).
_TWO_COPIES = frozenset(
    {"acceptance-notice", "guidance-notice", "supervision-notice", "commendation"}
    | {"reminder-letter"}
)


def copies_of(code: str, row: Mapping[str, Any] = MappingProxyType({})) -> int:
    """Return how many copies are printed.

    Notices go to the appellant and into the file (2.2); an agreement says itself how many there
    are: one for each party and one for the committee (2.13).
    """
    if code == "mediation-agreement":
        return int(row.get("copies") or 1)
    return 2 if code in _TWO_COPIES else 1
