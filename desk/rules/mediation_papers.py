"""The papers of a mediation by form code (人民调解文书, EXCHANGE.md 4, DOMAIN.md 2.13)."""

from collections.abc import Mapping
from types import MappingProxyType

from desk.rules.matters import numeral
from desk.rules.mediation_codes import MediationStatus
from desk.rules.mediation_life import IN_HAND

EXTENSION = "mediation-extension"
# In the order of the dossier's contents (卷内目录).
MEDIATION_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "mediation-application": "人民调解申请书",
        "mediation-acceptance": "人民调解受理登记表",
        "mediation-rights": "人民调解权利义务告知书",
        "mediation-power": "授权委托书",
        "mediation-address": "送达地址确认书",
        "mediation-notice": "调解通知书",
        "mediation-investigation": "人民调解调查记录",
        "mediation-record": "人民调解记录",
        EXTENSION: "延长调解期限同意书",
        "mediation-agreement": "人民调解协议书",
        "mediation-oral-agreement": "人民调解口头协议登记表",
        "mediation-refusal": "不予受理通知书",
        "mediation-termination": "调解终止通知书",
        "handover-letter": "移交函",
        "mediation-followup": "人民调解回访记录",
        "judicial-confirmation": "司法确认申请书",
        "mediation-closing": "人民调解结案报告表",
    }
)
COVER = "mediation-cover"
# Parts of the bound dossier, which are made with it and never stand alone.
DOSSIER_PARTS: Mapping[str, str] = MappingProxyType(
    {
        COVER: "卷宗封面",
        "mediation-contents": "调解卷内目录",
        "mediation-situation": "卷宗情况说明",
        "mediation-back-cover": "封底",
    }
)
# Everything of a case in one bound document; it has no layout of its own, only that of its parts.
DOSSIER = "mediation-dossier"
# Each has a number of its own beside the file's: 青榕人调字〔2026〕第12号之三.
NUMBERED_APART = frozenset(
    {"mediation-notice", "mediation-refusal", "mediation-termination", "handover-letter", EXTENSION}
)
# What people sign must never be set anew: the bytes themselves are kept.
KEPT_AS_PRINTED = frozenset(
    {"mediation-rights", "mediation-record", "mediation-agreement", "mediation-oral-agreement"}
)

S = MediationStatus
_NOT_YET = IN_HAND | {S.APPLIED}
_ONLY_AT: Mapping[str, tuple[frozenset[MediationStatus], str]] = MappingProxyType(
    {
        "mediation-acceptance": (
            frozenset(S) - {S.APPLIED, S.REFUSED},
            "还没有受理，受理后再出受理登记表。",
        ),
        "mediation-refusal": (frozenset({S.REFUSED}), "不予受理通知书只出给不予受理的申请。"),
        "mediation-termination": (
            frozenset({S.NOT_SETTLED, S.ENDED, S.WITHDRAWN}),
            "调解终止通知书在登记未达成、终止或撤回以后出具。",
        ),
        "handover-letter": (
            frozenset({S.HANDED_OVER, S.REFUSED}),
            "移交函在登记移交以后出具，请先登记移交到哪里。",
        ),
        "mediation-notice": (IN_HAND, "这件调解已有结果，不用再通知到场。"),
        EXTENSION: (IN_HAND, "延长调解期限同意书在受理以后、有结果以前出具。"),
        "mediation-closing": (
            frozenset(S) - _NOT_YET,
            "结案报告表在有了结果以后出具。",
        ),
    }
)


def why_no_mediation_paper(code: str, status: MediationStatus) -> str:
    """Return why a paper does not fit a mediation as it stands; empty where it does."""
    statuses, sentence = _ONLY_AT.get(code, (frozenset(S), ""))
    return "" if status in statuses else sentence


def apart_number(file_number: str, nth: int) -> str:
    """Return the number of the nth paper that is numbered apart: …第12号之三."""
    return f"{file_number}之{numeral(nth)}"
