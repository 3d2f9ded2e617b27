"""Saying why the chain of the log does not fit what was noted outside (留痕链情况说明)."""

from dataclasses import dataclass

from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.rights import require_hall
from desk.store.gate import words
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainChain(Request):
    """Say why, after it was found out: a restored copy, or what the 纪工委 has established."""

    reason: str = words("情况说明")


@action(ExplainChain, "chain.explained")
def explain_chain(tx: Transaction, request: ExplainChain) -> Changes:
    """Write the explanation into the log: what was noted before no longer raises the alarm.

    Raises:
        NotAllowed: the asker neither leads the street nor inspects it.
        RuleBroken: nothing was said.
    """
    require_hall(Deed.EXPLAIN_CHAIN, tx.person)
    if not request.reason.strip():
        raise RuleBroken("请写明查到的情况，例如从哪天的备份恢复、谁核对过。", field="reason")
    return Changes("说明留痕链不一致的情况", detail=request.reason)
