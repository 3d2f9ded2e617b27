"""Lines about requests for more time and what stands still (延期挂账), and what to do at once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from desk.actions.extensions import DecideExtension, ReviewExtension
from desk.queries.case_file import CaseFile
from desk.queries.standing_still import StandingRow
from desk.rules.clock_codes import ExtensionState
from desk.rules.clock_faces import ClockFace, ClockState
from desk.rules.codes import CaseStatus
from desk.rules.deeds import Deed
from desk.rules.extensions import granted_words
from desk.rules.moments import day_of, say_length
from desk.rules.rights import deeds_now
from desk.rules.wording import label
from desk.ui.case.deed_panel import OnCase
from desk.ui.case.extension_deeds import moot_deeds
from desk.ui.desk import Desk
from desk.ui.keys import ActionKey, GlobalKey
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.work_list import WorkRow

WAITING = "待批的延期、挂账"


def request_rows(rows: Sequence[StandingRow], now: datetime) -> list[WorkRow]:
    """Return a line for each request: whose, what for, and where it lies."""
    return [_request_row(row, now) for row in rows]


def _request_row(row: StandingRow, now: datetime) -> WorkRow:
    one = row.request
    asked = granted_words(one.kind, one.until, one.review_on, seen_at=now) if one else ""
    return WorkRow(
        row.case_id,
        row.summary,
        left=f"{row.seq:05} {asked}",
        urgency=row.urgency,
        facts=row.clock.facts if row.clock is not None else None,
    )


def still_row(row: StandingRow, now: datetime) -> WorkRow:
    """Return a line for a case that is parked or paused: until which review, why, since when."""
    one, pause = row.request, row.pause
    facts = row.clock.facts if row.clock is not None else None
    face = _late_face(row, now) if row.is_late else None
    if row.status is CaseStatus.PARKED and one is not None:
        day = one.review_on
        review = f"{day.month} 月 {day.day} 日复核" if day else "没有复核日期"
        words = f"{review} {label(one.reason)}"
    elif pause is not None:
        words = f"{label(pause.reason)} 已 {say_length(now - pause.since)}"
    else:
        words = label(row.status)
    left = f"{row.seq:05} {row.unit} {words}"
    return WorkRow(row.case_id, row.summary, left=left, facts=None if face else facts, face=face)


def _late_face(row: StandingRow, now: datetime) -> ClockFace:
    """Return the red chip of a review that is overdue, or of a pause that lasts too long."""
    day = row.request.review_on if row.request is not None else None
    if row.status is CaseStatus.PARKED and day is not None:
        over = (day_of(now) - day).days
        words = f"超 {over} 天" if over else "今天"
        return ClockFace("复核", ClockState.OVER, words, f"复核：定在 {day}，请复核。")
    return ClockFace("暂停", ClockState.OVER, "太久", "暂停得太久，请问一问进展。")


def where_words(row: StandingRow) -> str:
    """Return where a request lies."""
    one = row.request
    if one is None or one.state is ExtensionState.OFFICE:
        return "待信联办审核"
    return f"在{one.leader}处" if one.leader else "待分管领导审批"


def answers_to(
    desk: Desk, file: CaseFile | None, said: Callable[[str], Any], opened: Callable[[], Any]
) -> list[ActionItem]:
    """Return what this person may answer at once to the request of a case that waits."""
    if file is None:
        return []
    allowed = set(deeds_now(file.stand, desk.person)) - moot_deeds(file)
    head = OnCase(**desk.by_me(), case=file.id, seen=file.version)
    request: ReviewExtension | DecideExtension
    if Deed.DECIDE_EXTENSION in allowed:
        verb, other = "照申请批准", "改早、不同意"
        request = DecideExtension(**head, is_granted=True)
    elif Deed.REVIEW_EXTENSION in allowed:
        verb, other = "情况属实，转分管领导", "写意见、不同意"
        request = ReviewExtension(**head, is_passed=True)
    else:
        return []

    def answer() -> None:
        desk.act(
            request,
            owner=desk,
            done=lambda changes: said(f"{file.seq:05} {changes.title}。"),
            failed=lambda error: said(str(error)),
        )

    return [
        ActionItem(verb, GlobalKey.FINISH, answer, "sign", is_main=True),
        ActionItem(other, ActionKey.EXTEND, opened, "extend"),
    ]
