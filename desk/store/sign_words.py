"""What leaders wrote on an opinion, as it is printed (签批意见): the word, whose it is, the day."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from desk.rules.moments import in_shanghai
from desk.rules.sign_route import signed_by
from desk.store.models import Opinion, SignStep, Staff
from desk.store.paper_source import Source


def leader_words(source: Source, opinion: Opinion) -> str | None:
    """Return one line for each leader who agreed to this opinion, in their order.

    Opinions from before there were desks (导入、旧件) say what stands on them.
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
    return "\n".join(lines) or opinion.remark


def _line(step: SignStep, whose: str, hand: str) -> str:
    assert step.signed_at is not None  # noqa: S101 - a name stands there with its day
    day = in_shanghai(step.signed_at)
    who = signed_by(whose, hand if whose != hand else "")
    return f"{step.remark or '同意'}　{who}　{day.month} 月 {day.day} 日"
