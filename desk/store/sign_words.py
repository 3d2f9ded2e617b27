"""What leaders wrote on an opinion, as it is printed (签批意见): the word, whose it is, the day."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from desk.rules.moments import in_shanghai
from desk.rules.sign_route import signed_by
from desk.store.models import Opinion, SignStep, Staff
from desk.store.paper_source import Source


def leader_words(source: Source, opinion: Opinion) -> str | None:
    """Return one line for each leader who agreed to this opinion, in their order.

    An opinion that passed no desks (旧件、随主件一并答复) was signed by one.
    """
    owner, hand = aliased(Staff), aliased(Staff)
    rows = source.tx.session.execute(
        select(SignStep, owner.name, hand.name)
        .join(hand, hand.id == SignStep.signed_by)
        .outerjoin(owner, owner.id == SignStep.signer_id)
        .where(SignStep.opinion_id == opinion.id)
        .order_by(SignStep.seq)
    ).all()
    ended = max((step.seq for step, _, _ in rows if step.is_agreed is False), default=0)
    lines = [
        _line(step, whose or hand_name, hand_name)
        for step, whose, hand_name in rows
        if step.seq > ended
    ]
    if lines or opinion.signed_at is None:
        return "\n".join(lines) or opinion.remark
    name = source.staff(opinion.signed_by) or ""
    return _said(opinion.remark, name, opinion.signed_at)


def _line(step: SignStep, whose: str, hand: str) -> str:
    assert step.signed_at is not None  # noqa: S101 - a name stands there with its day
    return _said(step.remark, signed_by(whose, hand if whose != hand else ""), step.signed_at)


def _said(remark: str | None, who: str, at: datetime) -> str:
    day = in_shanghai(at)
    return f"{remark or '同意'}　{who}　{day.month} 月 {day.day} 日"
