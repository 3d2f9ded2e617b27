"""The first words of an opinion, composed from what is on record (DOMAIN.md 2.4)."""

from dataclasses import dataclass

from sqlalchemy import select

from desk.rules.codes import ContactResult, HandlingResult
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.store.models import Case, Contact, Matter, PrivateFacts, Round
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

_NUMERALS = "零一二三四五六七八九"
_TITLE_ROOM = 200
_SUPPORT_WORDS = {
    HandlingResult.SOLVED: "您反映的问题已解决。",
    HandlingResult.PARTLY: "您反映的问题已部分解决。",
    HandlingResult.MEASURES: "已采取措施，结果将再次复查。",
    HandlingResult.EXPLAINED: "依照现行政策，该请求不能支持，已向您说明。",
    HandlingResult.LEGAL_WAY: "该事项应当通过法定途径解决，已向您说明。",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """The sections of a drafted opinion."""

    title: str
    acceptance: str
    findings: str
    decision: str


def drafted(tx: Transaction, case: Case, round_row: Round) -> Draft:
    """Return the opinion as the record alone would write it."""
    facts = tx.session.get(PrivateFacts, case.id)
    name = (facts.name if facts else None) or "诉求人"
    matters = list(
        tx.session.scalars(select(Matter).where(Matter.case_id == case.id).order_by(Matter.seq))
    )
    return Draft(
        title=_title(name, case.summary),
        acceptance=_acceptance(tx, case, matters),
        findings=_findings(tx, case, round_row),
        decision=_decision(case, round_row, matters),
    )


def _title(name: str, summary: str) -> str:
    frame = "关于{}反映{}问题的处理意见书"
    room = _TITLE_ROOM - len(frame.format(name, ""))
    fits = len(summary) <= room
    return frame.format(name, summary if fits else summary[: room - 1] + "…")


def numeral(number: int) -> str:
    """Return a number below a hundred in Chinese words, as items of a letter are counted."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def _acceptance(tx: Transaction, case: Case, matters: list[Matter]) -> str:
    received = in_shanghai(case.received_at)
    unit = unit_name(tx.session, case.lead_unit_id or case.first_unit_id, tx.today)
    opening = (
        f"{received:%Y}年{received.month}月{received.day}日，您通过{label(case.channel)}反映"
        f"{case.summary}，请求处理。本街道当日受理，由{unit}承办。"
    )
    if len(matters) == 1:
        return opening
    lines = [f"({numeral(m.seq)}){m.content}" for m in matters]
    return "\n".join([opening, *lines])


def _findings(tx: Transaction, case: Case, round_row: Round) -> str:
    contacts = tx.session.scalars(
        select(Contact)
        .where(Contact.case_id == case.id, Contact.result == ContactResult.REACHED)
        .order_by(Contact.happened_at)
    ).all()
    lines = []
    if contacts:
        at = in_shanghai(contacts[0].happened_at)
        lines.append(f"{at.month}月{at.day}日{at.hour}时{at.minute:02}分，工作人员与您取得联系。")
    if round_row.verified_at and round_row.verify_note:
        at = in_shanghai(round_row.verified_at)
        lines.append(f"{at.month}月{at.day}日，经核实：{round_row.verify_note}")
    return "\n".join(lines) or "经核实，情况如下："


def _decision(case: Case, round_row: Round, matters: list[Matter]) -> str:
    closing = _SUPPORT_WORDS.get(case.result, "") if case.result else ""
    if len(matters) == 1:
        return f"{round_row.measures or ''}{closing}"
    lines = [
        f"({numeral(m.seq)}){m.answer or ''}{_SUPPORT_WORDS.get(m.result, '') if m.result else ''}"
        for m in matters
    ]
    return "\n".join(lines)
