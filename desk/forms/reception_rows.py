"""Rows of the papers of reception days (接访登记表、接访日安排表); DOMAIN.md 002-16, 9.3."""

from typing import TypedDict

from desk.forms.rows import PaperRow


class ReceptionRecordRow(PaperRow):
    """接访登记表: who came before which leader, what he said, who does it until when."""

    case_number: str
    day: str  # “2026-11-05（周四）”
    at: str | None
    place: str
    leader: str | None
    origin: str  # 预约, 当天来访, 信联办提请
    visit_mode: str | None
    appellant: str
    phone: str | None
    people: int
    address: str | None
    agent: str | None  # 代办人 with what he may do
    needs: str | None
    category: str
    summary: str
    request: str | None
    materials: str | None
    opinion: str | None
    outcome: str | None
    follow_unit: str | None
    follow_person: str | None
    follow_due: str | None
    done: str | None  # 落实情况
    recorder: str | None


class ReceptionLine(TypedDict):
    """One who comes, or one case that is brought forward."""

    n: int
    at: str
    who: str  # masked
    matter: str
    origin: str
    needs: str


class ReceptionListRow(PaperRow):
    """接访日安排表: who comes when before which leader."""

    day: str
    hours: str
    leader: str
    place: str
    lines: list[ReceptionLine]
    note: str | None
