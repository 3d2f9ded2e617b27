"""What a mediation says about itself (调解卷的话): plain functions, no widgets."""

from collections.abc import Sequence
from datetime import datetime

from desk.queries.case_views import StepView
from desk.queries.mediation_file import MediationHead, WholeMediation
from desk.queries.mediation_list import MediationRow
from desk.queries.mediation_views import InstalmentView, PartyView
from desk.rules.clock_faces import ClockFace, clock_face
from desk.rules.mediation_codes import MediationSource, MediationStatus
from desk.rules.mediation_due import due_facts
from desk.rules.mediation_life import IN_HAND
from desk.rules.moments import day_of, in_shanghai, say_moment
from desk.rules.money import show_amount
from desk.rules.wording import label
from desk.ui.widgets.timeline import TimelineEntry
from desk.ui.work_list import WorkRow

NEVER_READ = "卷内内容只对本案调解员、秘书和调委会主任可见。"
_QUIET = frozenset({"mediation.looked", "mediation.corrected", "mediation.party_changed"})
_CLOCK_ONLY = len("09:46")


def list_row(row: MediationRow) -> WorkRow:
    """Return a line of the list: what it is about, between whom, and how much time is left."""
    is_running = row.status in IN_HAND
    return WorkRow(
        row.id,
        row.title or f"{label(row.kind)}纠纷",
        tag=label(row.status),
        corner=row.parties or short_number(row.number, row.seq),
        note=row.lacks,
        facts=due_facts(row.accepted_on, row.due_on) if is_running else None,
    )


def short_number(number: str, seq: int) -> str:
    """Return the running number alone where the whole would take the line's room."""
    return f"第 {seq} 号" if str(seq) in number else number


def list_rows(rows: Sequence[MediationRow]) -> list[WorkRow]:
    """Return the lines, open ones under their own heading."""
    found: list[WorkRow] = []
    for words, inside in (
        ("在办", [row for row in rows if row.is_open]),
        ("已结束", [row for row in rows if not row.is_open]),
    ):
        if inside:
            found.append(WorkRow(None, words, note=str(len(inside))))
            found += [list_row(row) for row in inside]
    return found


def due_face(head: MediationHead, now: datetime) -> ClockFace | None:
    """Return what the chip of the thirty days shows; None before it is accepted.

    An old ledger says when, but not until when.
    """
    if head.accepted_on is None or head.due_on is None:
        return None
    over = head.effective_on or head.ended_on or head.due_on
    stopped = None if head.status in IN_HAND else over
    return clock_face(due_facts(head.accepted_on, head.due_on, stopped), now)


def title_of(file: WholeMediation) -> str:
    """Return the heading of the file."""
    if file.body is None:
        return f"{label(file.head.kind)}纠纷"
    return file.body.content.title


def source_words(head: MediationHead) -> str:
    """Return where it came from."""
    if head.source is MediationSource.ENTRUSTED and head.entrusted_by is not None:
        return f"{label(head.entrusted_by)}委托移送"
    return label(head.source)


def due_words(head: MediationHead) -> str:
    """Return until when it should be settled, with the day that was first due and the limit."""
    limit = f"　{head.limit}" if head.limit else ""
    if head.due_on is None:
        return f"受理后起算{limit}" if head.status is MediationStatus.APPLIED else ""
    first = head.original_due_on
    if first is not None and first != head.due_on:
        return f"{head.due_on:%Y-%m-%d}（原 {first:%Y-%m-%d}，已延长）{limit}"
    return f"{head.due_on:%Y-%m-%d}{limit}"


def party_words(party: PartyView) -> str:
    """Return what is known of a party beside the name, in one line."""
    sex = label(party.sex) if party.sex is not None else ""
    born = f"{party.birth_year} 年生" if party.birth_year else ""
    asks = "、".join(f"{label(one.role)} {one.name}" for one in party.companions)
    needs = f"需要{party.needs}" if party.needs else ""
    head = f"法定代表人 {party.represented_by}" if party.represented_by else ""
    parts = (sex, party.ethnicity, born, party.occupation, head, needs, asks)
    return "，".join(part for part in parts if part)


def consent_words(party: PartyView) -> str:
    """Return whether the party has agreed, in a few words."""
    if party.agreed_on is None:
        return "未记同意"
    return f"{party.agreed_on:%m-%d} 同意调解"


def outcome_words(head: MediationHead) -> str:
    """Return how it ended, as leaders may read it."""
    if head.agreement_kind is not None:
        amount = f"，{head.amount_fen / 100:,.2f} 元" if head.amount_fen else ""
        kept = f"，{label(head.performance)}" if head.performance is not None else ""
        return f"{label(head.agreement_kind)}{amount}{kept}"
    if head.end_reason is not None:
        return label(head.end_reason)
    if head.status is MediationStatus.ARCHIVED:
        return "没有达成协议"
    ended = {MediationStatus.REFUSED, MediationStatus.WITHDRAWN, MediationStatus.HANDED_OVER}
    return label(head.status) if head.status in ended else "还没有结果"


def entries(steps: Sequence[StepView], now: datetime) -> list[TimelineEntry]:
    """Return the steps as the timeline shows them, the newest first."""
    found = []
    for at, step in enumerate(steps):
        said = say_moment(step.happened_at, seen_at=now)
        details, at_time = [step.detail] if step.detail else [], ""
        if len(said) > _CLOCK_ONLY and day_of(step.happened_at) != day_of(now):
            wall = in_shanghai(step.happened_at)
            said, at_time = f"{wall:%m-%d}", f"　{wall:%H:%M}"
        who = " · ".join(word for word in (step.who, step.unit) if word) + at_time
        found.append(
            TimelineEntry(said, step.title, who, details, is_now=at == 0,
                          is_quiet=step.kind in _QUIET)
        )  # fmt: skip
    return found


def paid_words(row: InstalmentView) -> str:
    """Return what was paid of an instalment by now."""
    if row.paid_fen == row.amount_fen:
        return f"{row.paid_on:%Y-%m-%d} 已付清" if row.paid_on else "已付清"
    return f"已付 {show_amount(row.paid_fen)}" if row.paid_fen else "还没有付"
