"""Rows of the papers of assessment and steering (剔除申请、督办、催办、表扬书、提醒函、约谈)."""

from typing import TypedDict

from desk.forms.rows import PaperRow


class ExclusionRequestRow(PaperRow):
    """剔除 / 不纳入考核申请 (DOMAIN.md 2.9)."""

    case_number: str
    lead_unit: str
    received_at: str
    summary: str
    rating: str  # 联系过、未解决、不满意
    rules_name: str  # 剔除口径（版本）
    reasons: list[str]
    facts: str
    evidence: list[str]
    month: str  # 生效月份，“2026年11月”
    asked_by: str | None
    asked_on: str | None
    unit_opinion: str | None
    area_opinion: str | None
    chief_opinion: str | None
    office_opinion: str | None
    result: str | None


class SupervisionNoticeRow(PaperRow):
    """督办单 (DOMAIN.md 2.6)."""

    unit: str
    source: str
    outside_number: str | None
    case_number: str
    matter: str
    original_due: str | None
    over_by: str | None  # 已超时长
    grounds: list[str]
    requirement: str
    due_at: str
    issued_by: str | None
    issued_on: str
    copied_to: str | None
    taken: str | None  # 签收: who and when
    report: str | None
    ended: str | None  # 销号


class UrgingSlipRow(PaperRow):
    """催办通知书、书面通报 (DOMAIN.md 2.6)."""

    title: str
    unit: str
    case_number: str
    matter: str
    due_at: str | None
    over_by: str | None
    words: str
    explain_by: str | None
    issued_on: str
    copied_to: str | None


class LetterRow(PaperRow):
    """What both letters say (DOMAIN.md 2.12)."""

    salutation: str  # “城建办（赵强同志）”
    facts: list[str]  # one sentence for each case
    signed_on: str


class ReminderLetterRow(LetterRow):
    """提醒函, with the part on which the unit says what it did (整改反馈联)."""

    problems: str  # “超期 6 天 9 时、未联系”
    due_on: str
    measures: str | None
    responsible: str | None
    rectified_on: str | None


class InterviewRecordRow(PaperRow):
    """约谈记录 (DOMAIN.md 001-9, 9.3)."""

    unit: str
    month: str  # “2026年10月”
    why: str
    figures: str  # the month in one line
    held_at: str | None
    place: str | None
    attended: str | None
    talked_by: str | None
    minutes: str | None
    promised: str | None


class HonourEntry(TypedDict):
    """One honour that was given."""

    honour: str  # 先进办件集体, 最美办件人
    unit: str
    person: str | None
    about: str  # 事迹


class HonourListRow(PaperRow):
    """年度荣誉名单 (DOMAIN.md 001-10): who was given what, in no order of merit."""

    year: str  # “2026”
    honours: list[HonourEntry]
