"""Row of the paper of a whistle (吹哨单; DOMAIN.md 2.7)."""

from typing import TypedDict

from desk.forms.rows import PaperRow


class CalledUnitLine(TypedDict):
    """One unit that is asked to come (请求报到单位)."""

    unit: str
    required_at: str | None
    contact: str | None


class ArrivalLine(TypedDict):
    """One person who came (报到签到); the last column is for his signature."""

    unit: str
    name: str
    post: str | None
    arrived_at: str
    document: str | None  # on what proof, of a unit outside the street


class DutyLine(TypedDict):
    """What one unit does by when (责任分工)."""

    unit: str
    matter: str
    due_at: str | None


class WhistleSlipRow(PaperRow):
    """吹哨单: as far as the whistle has come when it is issued."""

    level: str
    kind: str
    caller_unit: str
    caller: str
    caller_phone: str | None
    raised_at: str
    case_numbers: str | None
    site: str
    matter: str
    steps_taken: str | None
    units: list[CalledUnitLine]
    review: list[str]
    reviewed_by: str | None
    arrivals: list[ArrivalLine]
    consultation: str | None
    duties: list[DutyLine]
    result: list[str]
    result_note: str | None
    resolved_at: str | None
    responsive: list[str]
    satisfaction: list[str]
    rated_by: str | None
    filed: str | None
