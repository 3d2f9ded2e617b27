"""Rows of notices and of what closes a case (告知书、送达回证、办结报告、卷内目录)."""

from typing import TypedDict

from desk.forms.rows import PaperRow


class NoticeRow(PaperRow):
    """What both notices say and what their delivery receipt repeats (DOMAIN.md 2.2)."""

    title: str
    salutation: str  # "王桂兰女士"
    addressee: str  # 受送达人
    case_number: str
    received_at: str
    channel: str
    subject: str  # what it is about, in one line
    matters: list[str]  # only where there are several
    signed_on: str


class AcceptanceNoticeRow(NoticeRow):
    """群众诉求受理告知书."""

    carried_by: str  # "城建办承办，承办人刘建，电话13800000021"
    handle_by: str | None
    ask_how: str


class GuidanceNoticeRow(NoticeRow):
    """群众诉求引导告知书: not ours, and where to go with it."""

    explanation: str
    basis: str | None
    guided_to: str
    contact: str | None  # "联系人：…；电话：…；地址：…；办理时间：…；请带上：…"


class WithdrawalRequestRow(PaperRow):
    """撤回申请书 (DOMAIN.md 6.1 #21): why and as whom he signs is left to his own hand."""

    appellant: str | None
    phone: str | None
    address: str | None
    people: int
    received_at: str
    channel: str
    subject: str
    matters: list[str]  # only where there are several
    signer: None
    reason: None


class ServedPaper(TypedDict):
    """One paper that is handed over with a proof of delivery."""

    title: str
    number: str
    copies: int


class DeliveryProofRow(PaperRow):
    """送达回证 (DOMAIN.md 9.3)."""

    case_number: str
    subject: str
    addressee: str
    address: str | None
    phone: str | None
    papers: list[ServedPaper]
    way: str | None  # None before the delivery: ticked by hand
    tracking: str | None  # 邮寄单号
    delivered_at: str | None
    delivered_by: str | None
    witness: str | None
    note: str | None


class ClosedMatter(TypedDict):
    """One matter of a closed case."""

    title: str
    unit: str | None
    result: str | None
    is_solved: str | None  # 已解决, 部分解决 …: the appellant's latest word, else the unit's


class Step(TypedDict):
    """One line of 办理经过."""

    at: str
    what: str
    who: str


class ClosingReportRow(PaperRow):
    """办结报告, also called 结案呈批表 (DOMAIN.md 2.11)."""

    case_number: str
    appellant: str | None
    channel: str
    category: str
    urgency: str
    received_at: str
    closed_at: str | None
    first_unit: str | None
    first_responder: str
    lead_unit: str | None
    handler: str | None
    summary: str
    matters: list[ClosedMatter]
    steps: list[Step]
    outcome: str  # 办理结果, in words
    said_solved: bool | None  # 三问
    said_exhausted: bool | None
    said_satisfied: bool | None
    responded: bool | None  # 三率
    solved: bool | None
    satisfaction: str | None
    verdict: str | None  # 双是, 非双是, 双否
    late_note: str | None  # 超时说明
    attachments: list[str]
    pages: int | None
    archive_number: str | None  # 归档号
    box_number: str | None


class ContentsLine(TypedDict):
    """One paper in the file."""

    name: str
    page: str | None
    note: str | None


class CaseContentsRow(PaperRow):
    """卷内目录 (DOMAIN.md 2.13 (2), 3.3)."""

    case_number: str
    subject: str
    lead_unit: str | None
    closed_at: str | None
    items: list[ContentsLine]
    pages: int | None
    archive_number: str | None
    box_number: str | None
