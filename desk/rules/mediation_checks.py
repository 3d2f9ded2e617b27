"""What a mediation still lacks before it can be archived (还差什么才能归档, DOMAIN.md 2.13, 6.5).

The list of the dossier's contents and the sentences on screen come from the same table.
"""

from dataclasses import dataclass

from desk.rules.mediation_codes import (
    AgreementKind,
    ConfirmationKind,
    MediationSource,
    MediationStatus,
    Performance,
)
from desk.rules.mediation_life import WITHOUT_AGREEMENT
from desk.rules.mediation_papers import EXTENSION

S = MediationStatus

# A court does not confirm these (民事诉讼法 205 条、最高法关于人民调解协议司法确认程序的规定; 9.4):
# it goes by what is asked for, not by the kind of dispute.
_NOT_CONFIRMED: dict[ConfirmationKind, str] = {
    ConfirmationKind.STATUS: "确认或解除身份关系（婚姻、收养、亲子）的请求，法院不受理司法确认。",
    ConfirmationKind.TITLE: "物权、知识产权确权的请求，法院不受理司法确认。",
    ConfirmationKind.NOT_CIVIL: "不属于法院受理民事案件范围的请求，不能申请司法确认。",
    ConfirmationKind.OTHER_PROCEDURE: "适用其他特别程序、公示催告或破产程序的，不能申请司法确认。",
}
NOT_FOLLOWED_UP = "还没有回访，请回访当事人，记下履行情况和满意程度。"
NOTE_LACKS = "材料有缺，请写卷宗情况说明，写明缺什么、为什么。"
# Fulfilled or given up: performance needs no more looking after.
PERFORMED = frozenset({Performance.AT_ONCE, Performance.PERFORMED})


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What a mediation has, as far as its dossier is concerned.

    Attributes:
        parties: names of the parties still in the mediation.
        identified: those whose proof of identity lies in the dossier.
        rights_signed: those who signed the 权利义务告知书.
        agents: parties that are represented by an agent.
        powers: those of them whose 授权委托书 lies in the dossier.
        was_extended: the days were extended; has_extension: the signed consent to it is back.
        records: how many sittings were held; signed_records: how many records came back signed.
    """

    status: MediationStatus
    source: MediationSource
    parties: tuple[str, ...] = ()
    identified: frozenset[str] = frozenset()
    rights_signed: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    powers: frozenset[str] = frozenset()
    has_application: bool = False
    inquiries: int = 0
    evidence: int = 0
    was_extended: bool = False
    has_extension: bool = False
    records: int = 0
    signed_records: int = 0
    agreement: AgreementKind | None = None
    has_agreement: bool = False
    has_signed_agreement: bool = False
    amount_fen: int = 0
    performance: Performance | None = None
    receipts: int = 0
    followups: int = 0
    asked_court: bool = False
    court_papers: int = 0
    has_situation: bool = False
    has_end_paper: bool = False


@dataclass(frozen=True, slots=True)
class DossierItem:
    """One line of the dossier's contents.

    Attributes:
        code: the form code of the paper, or the kind of file.
        needed: whether this case must have it (必须); otherwise 按需.
        missing: what to do, in a sentence; empty where nothing is missing.
    """

    code: str
    title: str
    needed: bool
    there: bool
    missing: str = ""


def dossier_items(facts: DossierFacts) -> tuple[DossierItem, ...]:
    """Return the contents of the dossier in the order of the 司发通〔2010〕239 号 list."""
    sat = facts.records > 0
    settled = facts.agreement is not None
    unknown = [name for name in facts.parties if name not in facts.identified]
    untold = [name for name in facts.parties if name not in facts.rights_signed]
    unsent = sorted(facts.agents - facts.powers)
    oral = facts.agreement is AgreementKind.ORAL
    unsigned = facts.records - facts.signed_records
    paid = settled and facts.amount_fen > 0 and facts.performance in PERFORMED
    rows = (
        (
            "mediation-application",
            "人民调解申请书或受理登记表",
            True,
            facts.has_application,
            "还没有申请书或受理登记表，请出具并请当事人签名。",
        ),
        (
            "mediation-rights",
            "权利义务告知书",
            sat,
            sat and not untold,
            f"{'、'.join(untold)} 还没有签权利义务告知书。",
        ),
        (
            "identity",
            "当事人身份证明",
            facts.status is not S.REFUSED,
            bool(facts.parties) and not unknown,
            f"还缺 {'、'.join(unknown)} 的身份证明，请拍照或扫描加入卷内。",
        ),
        (
            "mediation-power",
            "授权委托书",
            bool(facts.agents),
            bool(facts.agents) and not unsent,
            f"{'、'.join(unsent)} 有代理人，还缺授权委托书。",
        ),
        ("mediation-investigation", "调查记录", False, facts.inquiries > 0, ""),
        ("evidence", "证据材料", False, facts.evidence > 0, ""),
        (
            "mediation-record",
            "调解记录",
            sat,
            sat and unsigned == 0,
            f"还有 {unsigned} 次调解的笔录没有签字扫回。",
        ),
        (
            EXTENSION,
            "延长调解期限同意书",
            facts.was_extended,
            facts.has_extension,
            "期限延长过，还缺各方签字的延长调解期限同意书。",
        ),
        (
            "mediation-oral-agreement" if oral else "mediation-agreement",
            "口头协议登记表" if oral else "人民调解协议书",
            settled,
            settled and facts.has_agreement and (oral or facts.has_signed_agreement),
            "口头协议登记表还没有出具。" if oral else "调解协议书还没有签好扫回。",
        ),
        (
            "performance",
            "履行凭证",
            paid,
            facts.receipts > 0,
            "已履行，还缺收条、转账单等履行凭证。",
        ),
        (
            "mediation-followup",
            "回访记录",
            settled,
            facts.followups > 0,
            NOT_FOLLOWED_UP,
        ),
        (
            "judicial-confirmation",
            "司法确认材料",
            facts.asked_court,
            facts.court_papers > 0,
            "已申请司法确认，还缺法院的材料。",
        ),
        (
            "mediation-termination",
            "不予受理、终止或移交的文书",
            facts.status in WITHOUT_AGREEMENT,
            facts.has_end_paper,
            "还没有出具不予受理、终止或移交的文书。",
        ),
    )
    items = tuple(
        DossierItem(code, title, needed, there, said if needed and not there else "")
        for code, title, needed, there, said in rows
    )
    lacks = any(item.missing for item in items)
    situation = DossierItem(
        "situation",
        "卷宗情况说明",
        lacks,
        facts.has_situation,
        NOTE_LACKS if lacks and not facts.has_situation else "",
    )
    return (*items, situation)


def missing_for_archive(facts: DossierFacts) -> tuple[str, ...]:
    """Return what still has to be done before the dossier can be archived, in sentences.

    What a dossier lacks for ever (a party who never came) is explained in the 情况说明; once that
    is written, only an unfinished performance keeps the dossier open.
    """
    items = dossier_items(facts)
    said = [] if facts.has_situation else [item.missing for item in items if item.missing]
    if facts.status is S.SETTLED:
        said.append("履行还没有结束，请逐期登记履行情况。")
    elif facts.status is S.FOLLOW_UP:
        said.append(NOT_FOLLOWED_UP)
    elif facts.status not in WITHOUT_AGREEMENT | {S.CLOSED, S.ARCHIVED}:
        said.append("调解还没有结果，请先登记达成、未达成或终止。")
    return tuple(dict.fromkeys(said))


def why_not_confirmed(kind: ConfirmationKind) -> str:
    """Return why a court would not confirm such a request; empty where it may (DOMAIN.md 9.4)."""
    return _NOT_CONFIRMED.get(kind, "")
