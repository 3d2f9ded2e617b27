"""Rows of the papers of a mediation (人民调解文书, DOMAIN.md 2.13); the dossier's are elsewhere."""

from typing import TypedDict

from desk.forms.rows import PaperRow


class PartyCells(TypedDict):
    """A party in the columns of a form."""

    side: str  # 申请人, 被申请人, 第三人
    name: str
    sex: str | None
    ethnicity: str | None
    age: str | None
    occupation: str | None  # of an organisation: 法定代表人某某
    phone: str | None
    address: str | None


class PartyWords(TypedDict):
    """A party in one sentence of a letter."""

    about: str  # 申请人：某某，女，汉族，46岁，…


class Signer(TypedDict):
    """Somebody who signs at the end of a paper."""

    caption: str  # 申请人 某某（签名、盖章或按指印）


class Said(TypedDict):
    """What somebody said, as it stands in a record (笔录)."""

    who: str
    text: str


class PlannedInstalment(TypedDict):
    """One instalment of what was agreed."""

    due_on: str
    amount: str  # 5,000.00元
    capital: str  # 人民币伍仟元整


class MediationPaperRow(PaperRow):
    """What every paper of a mediation carries."""

    dispute: str  # 纠纷名称


class ApartRow(MediationPaperRow):
    """What has a number of its own names its file as well."""

    file_number: str  # 卷号


class ApplicationRow(MediationPaperRow):
    """人民调解申请书 (3)."""

    applicants: list[PartyCells]
    respondents: list[PartyCells]
    facts: str
    requests: list[str]
    received_on: str | None
    signers: list[Signer]


class AcceptanceRow(MediationPaperRow):
    """受理登记表 (4)."""

    accepted_on: str | None
    why: str  # 依当事人申请, 主动调解, …
    between: str  # the names of all parties
    kind: str
    difficulty: str
    source: str
    entrusted_by: str | None
    facts: str
    signers: list[Signer]
    registrar: str | None


class RightsRow(MediationPaperRow):
    """权利义务告知书 (5)."""

    signers: list[Signer]


class InvestigationRow(MediationPaperRow):
    """调查记录 (6)."""

    asked_at: str
    place: str
    present: str
    asked: str
    text: str
    inquirer: str
    recorder: str


class RecordRow(MediationPaperRow):
    """调解记录, 笔录 (7)."""

    times: int
    started_at: str
    ended_at: str | None
    place: str
    reason: str
    invited: list[str]
    parties: list[PartyWords]
    mediator: str | None
    recorder: str
    recusal: list[str]
    blocks: list[Said]
    result: str | None
    signers: list[Signer]


class AgreementRow(MediationPaperRow):
    """人民调解协议书 (8)."""

    parties: list[PartyWords]
    facts: str
    terms: str
    way: str
    term: str
    instalments: list[PlannedInstalment]
    total: str | None
    total_capital: str | None
    copies: int
    signers: list[Signer]
    signed_on: str | None


class OralAgreementRow(MediationPaperRow):
    """口头协议登记表 (9)."""

    parties: list[PartyCells]
    facts: str
    terms: str
    way: str
    term: str
    total: str | None
    total_capital: str | None
    agreed_on: str | None
    mediator: str | None
    recorder: str | None


class MediationFollowUpRow(MediationPaperRow):
    """回访记录 (10)."""

    between: str
    visited_on: str
    way: str
    performance: str
    satisfaction: str
    went_to_court: bool
    trouble: str | None
    measures: str | None
    visited_by: str | None


class MediationClosingRow(MediationPaperRow):
    """结案报告表 (11)."""

    between: str
    unit: str  # 承办单位
    mediator: str | None
    accepted_on: str | None
    ended_on: str | None
    source: str
    entrusted_by: str | None
    kind: str
    difficulty: str
    facts: str
    outcome: str


class MediationNoticeRow(ApartRow):
    """调解通知书, one for each party."""

    salutation: str
    addressee: str
    opponents: str
    starts_at: str | None
    ends_at: str | None
    place: str | None
    mediator: str | None
    bring: list[str]
    contact: str
    signed_on: str


class PowerRow(MediationPaperRow):
    """授权委托书 (14)."""

    principal: str  # in one sentence
    agent: str | None
    powers: str | None
    opponents: str
    signers: list[Signer]


class AddressRow(MediationPaperRow):
    """送达地址确认书 (14)."""

    party: str  # in one sentence
    address: str | None
    recipient: str
    phone: str | None
    signers: list[Signer]


class ExtensionRow(ApartRow):
    """延长调解期限同意书 (6.5): what every party signs to go on longer."""

    between: str
    accepted_on: str | None
    due_on: str | None
    until: str | None
    by_hand: str | None  # room for handwriting where nobody has said until when
    mediator: str | None
    signers: list[Signer]


class RefusalRow(ApartRow):
    """不予受理通知书 (14)."""

    salutation: str
    addressee: str
    between: str
    received_on: str
    reason: str | None
    guidance: str | None
    contact: str
    signed_on: str


class TerminationRow(ApartRow):
    """终止（未达成）通知书 (14)."""

    salutation: str
    addressee: str
    between: str
    accepted_on: str | None
    began: str  # 受理, or 收到申请 where it ended before that
    how: str  # 经调解，未能达成协议
    reason: str | None
    contact: str
    signed_on: str


class HandoverLetterRow(ApartRow):
    """移交（移送）函 (14)."""

    to: str
    between: str
    received_on: str
    kind: str
    facts: str
    reason: str | None
    papers: list[str]
    contact: str
    signed_on: str


class ConfirmationRow(MediationPaperRow):
    """司法确认申请书 (13): person and person, or person and organisation."""

    court: str
    parties: list[PartyWords]
    agreed_on: str | None
    facts: str
    terms: str
    attachments: list[str]
    signers: list[Signer]
    signed_on: str


class CoverRow(MediationPaperRow):
    """卷宗封面 (1)."""

    mediator: str | None
    mediated_from: str | None  # 调解日期 from … to …
    mediated_to: str | None
    retention: str | None
    note: str | None


class DossierLine(TypedDict):
    """One line of the dossier's contents."""

    name: str
    page: str | None
    note: str | None  # 必须, 按需, 缺


class DossierContentsRow(MediationPaperRow):
    """卷内目录 (2): page numbers as they are really counted."""

    items: list[DossierLine]
    pages: int | None


class SituationRow(MediationPaperRow):
    """卷宗情况说明 (12)."""

    text: str | None
    missing: list[str]
    pages: int | None


class BackCoverRow(MediationPaperRow):
    """封底 (12)."""

    pages: int | None
