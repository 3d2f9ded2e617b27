"""The first words of an opinion, composed from what is on record (DOMAIN.md 2.4)."""

from dataclasses import dataclass, replace

from desk.actions.matter_answers import has_several, items_of, matters_of_round
from desk.rules.codes import ContactResult, HandlingResult
from desk.rules.matters import OpinionItem, composed
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.store.models import Case, Contact, PrivateFacts, Round
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

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
    """The sections of a drafted opinion; with several matters, its items one by one."""

    title: str
    acceptance: str
    findings: str
    decision: str
    items: tuple[OpinionItem, ...]


def drafted(tx: Transaction, case: Case, round_row: Round) -> Draft:
    """Return the opinion as the record alone would write it."""
    facts = tx.session.get(PrivateFacts, case.id)
    named = facts.name if facts and not case.hides_appellant else None  # his letter greets him
    name = named or "诉求人"
    items = _items(tx, case)
    return Draft(
        title=_title(name, case.summary),
        acceptance=_acceptance(tx, case),
        findings=_findings(tx, case, round_row),
        decision=composed(items) if items else _decision(case, round_row),
        items=items,
    )


def _title(name: str, summary: str) -> str:
    frame = "关于{}反映{}问题的处理意见书"
    room = _TITLE_ROOM - len(frame.format(name, ""))
    fits = len(summary) <= room
    return frame.format(name, summary if fits else summary[: room - 1] + "…")


def _acceptance(tx: Transaction, case: Case) -> str:
    received = in_shanghai(case.received_at)
    unit = unit_name(tx.session, case.lead_unit_id or case.first_unit_id, tx.today)
    return (
        f"{received:%Y}年{received.month}月{received.day}日，您通过{label(case.channel)}反映"
        f"{case.summary}，请求处理。本街道当日受理，由{unit}承办。"
    )


def _findings(tx: Transaction, case: Case, round_row: Round) -> str:
    reached = [
        contact.happened_at
        for contact in tx.rows(Contact, case)
        if contact.round_no == round_row.number and contact.result is ContactResult.REACHED
    ]
    lines = []
    if reached:
        at = in_shanghai(min(reached))
        lines.append(f"{at.month}月{at.day}日{at.hour}时{at.minute:02}分，工作人员与您取得联系。")
    if round_row.verified_at and round_row.verify_note:
        at = in_shanghai(round_row.verified_at)
        lines.append(f"{at.month}月{at.day}日，经核实：{round_row.verify_note}")
    return "\n".join(lines) or "经核实，情况如下："


def _decision(case: Case, round_row: Round) -> str:
    return (round_row.measures or "") + _closing(case.result)


def _items(tx: Transaction, case: Case) -> tuple[OpinionItem, ...]:
    """Return the matters of the round with a closing sentence each; nothing for a single one."""
    if not has_several(tx, case):
        return ()
    return tuple(
        item
        if _closing(item.result) in item.answer
        else replace(item, answer=item.answer + _closing(item.result))
        for item in items_of(tx, matters_of_round(tx, case))
    )


def _closing(result: HandlingResult | None) -> str:
    return _SUPPORT_WORDS.get(result, "") if result else ""
