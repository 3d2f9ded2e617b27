"""Supervision and urging in sentences (督办、催办的话), the same on every page."""

from datetime import datetime

from desk.queries.case_file import CaseFile
from desk.queries.steering_board import SteeringToday
from desk.queries.supervisions import SupervisionView, UrgingView
from desk.rules.assessment_codes import SupervisionState
from desk.rules.deeds import Deed
from desk.rules.moments import say_due, say_moment
from desk.rules.wording import label

S = SupervisionState


def unsteered_deeds(file: CaseFile) -> set[Deed]:
    """Return what is not offered: nothing to sign for, to report, to end or to explain."""
    view = file.steering
    waits = {
        Deed.TAKE_SUPERVISION: view.to_sign_for,
        Deed.REPORT_SUPERVISION: view.to_report,
        Deed.DECIDE_SUPERVISION: view.to_decide,
        Deed.EXPLAIN_URGING: view.to_explain,
    }
    return {deed for deed, one in waits.items() if one is None}


def is_steered(file: CaseFile) -> bool:
    """Return whether a case was ever supervised or urged."""
    return bool(file.steering.supervisions or file.steering.urgings)


def steering_hint(file: CaseFile, now: datetime) -> str:
    """Say in one line what is still open of it; empty: nothing is."""
    view = file.steering
    said = [supervision_head(one, now) for one in view.supervisions if one.is_open]
    said += [urging_head(one, now) for one in view.urgings if one.waits]
    return "　".join(said)


def supervision_head(one: SupervisionView, now: datetime) -> str:
    """Say who must report until when: “区督办 区督〔2026〕118号：城建办整改中，限 …反馈。”."""
    source = f"{label(one.source)} {one.outside_number or one.number}".strip()
    late = "，已超" if one.waits_for_unit and one.due_at < now else ""
    until = f"，限 {say_due(one.due_at, seen_at=now)} 反馈{late}" if one.waits_for_unit else ""
    return f"{source}：{one.unit}{label(one.state)}{until}。"


def urging_head(one: UrgingView, now: datetime) -> str:
    """Say how a unit was urged, and until when it explains itself."""
    until = f"，限 {say_due(one.explain_by, seen_at=now)} 说明" if one.explain_by else ""
    late = "，已超" if one.waits and one.explain_by and one.explain_by < now else ""
    return f"{label(one.way)}：{one.unit}{until}{late}。"


def supervision_lines(one: SupervisionView, now: datetime) -> list[str]:
    """Return a supervision as whoever acts on it reads it, line by line."""

    def at(moment: datetime | None) -> str:
        return say_moment(moment, seen_at=now) if moment is not None else ""

    why = "、".join(label(ground) for ground in one.grounds)
    said = [
        supervision_head(one, now),
        f"要求：{one.requirement}",
        f"依据：{why}。{one.issued_by} {at(one.issued_at)} 签发，编号 {one.number}。",
    ]
    if one.copied_to:
        said.append(f"抄送：{one.copied_to}")
    if one.taken_at is not None:
        said.append(f"签收：{one.taken_by} {at(one.taken_at)}")
    if one.report:
        said.append(f"反馈：{one.report}（{one.reported_by} {at(one.reported_at)}）")
    if one.end_note:
        said.append(f"{'退回' if one.is_open else label(one.state)}：{one.end_note}")
    return said


def urging_lines(one: UrgingView, now: datetime) -> list[str]:
    """Return an urging as the unit reads it, line by line."""
    said = [
        urging_head(one, now),
        f"{one.note}（{one.made_by} {say_moment(one.made_at, seen_at=now)}）",
    ]
    if one.explained_at is not None:
        explained = say_moment(one.explained_at, seen_at=now)
        said.append(f"说明：{one.explanation}（{one.explained_by} {explained}）")
    return said


def today_words(today: SteeringToday, now: datetime) -> str:
    """Say what of it waits for somebody today; empty: nothing does."""
    said = []
    if today.to_do:
        first = today.first_due
        verb = "已到期" if first is not None and first < now else "到期"
        until = f"，最早的 {say_due(first, seen_at=now)} {verb}" if first is not None else ""
        said.append(f"督办、催办 {today.to_do} 件等本部门签收、反馈或说明{until}")
    if today.to_decide:
        said.append(f"督办 {today.to_decide} 件已反馈，等您销号")
    if today.late:
        said.append(f"督办 {today.late} 件超过时限没有反馈")
    return "；".join(said) + "。" if said else ""
