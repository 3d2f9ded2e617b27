"""What surrounds the handling: notes, corrections, looks."""

from dataclasses import dataclass

from desk.actions.clocks import moved_words, recompute_clocks
from desk.actions.intake_checks import require_row
from desk.actions.looking import open_for_a_look
from desk.actions.search_doc import write_search_doc
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.identity import shown_name
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.models import Case, Category, PrivateFacts
from desk.store.requests import CaseRequest, Changes, action
from desk.store.sealing import is_sealed, may_unseal
from desk.store.transaction import Transaction, stand_of

_SEALED = "这一件已封存，只有原来的经办人、档案员、信联办、分管领导和纪工委可以写理由查看。"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(CaseRequest):
    """Write a note into the history (批注)."""

    note: str = words("批注", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectCase(CaseRequest):
    """Correct facts of a case; the history keeps before and after.

    Attributes:
        hides_appellant: he asks only now to be hidden, or no longer does (要求保密).
    """

    details: str | None = words("诉求内容", Field.BODY, default=None)
    summary: str | None = words("标题", default=None)
    category: int | None = None
    name: str | None = words("诉求人", Field.NAME, default=None)
    phone: str | None = words("电话", longest=40, default=None)
    address: str | None = words("地址", default=None)
    hides_appellant: bool | None = None
    reason: str = words("更正理由", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealPrivate(CaseRequest):
    """Look at the contact data of a case that is not one's own work, with a reason (9.4)."""

    reason: str = words("查看理由")


@action(AddNote, "case.noted", may_wait=True)
def add_note(tx: Transaction, request: AddNote) -> Changes:
    """Write a note into the case's history."""
    case = tx.open_case(request.case, None, Deed.NOTE)
    if not request.note.strip():
        raise RuleBroken("批注还没有写。", field="note")
    return Changes("批注", cases=(case.id,), detail=request.note)


@action(CorrectCase, "case.corrected")
def correct_case(tx: Transaction, request: CorrectCase) -> Changes:
    """Correct facts; each one shows in the history with what it was before.

    Raises:
        RuleBroken: nothing differs, no reason was given, or a report would be shown.
    """
    case = tx.open_case(request.case, request.seen, Deed.CORRECT)
    if not request.reason.strip():
        raise RuleBroken("请写一句更正的理由，原来的内容会留在办理过程里。", field="reason")
    require_row(tx, Category, request.category, "类别", "category")
    facts = tx.session.get_one(PrivateFacts, case.id)
    tx.watch(facts)
    changed = _correct(case, facts, request)
    if not changed:
        raise RuleBroken("没有不同的内容，不用保存。")
    # some limits are for one category
    moved = recompute_clocks(tx, case) if "类别" in changed else []
    write_search_doc(tx, case)
    return Changes(
        f"更正 {'、'.join(changed)}",
        cases=(case.id,),
        detail="\n".join(filter(None, (request.reason, moved_words(moved, tx.now)))),
    )


@action(RevealPrivate, "private.revealed")
def reveal_private(tx: Transaction, request: RevealPrivate) -> Changes:
    """Record who looked at the appellant's contact data, and why (DOMAIN.md 9.4).

    The case does not change: what a colleague is writing about it stays as it is.

    Raises:
        NotAllowed: it is under seal, and the person neither handled it nor keeps the files.
        RuleBroken: no reason was given.
    """
    case = tx.look_at(request.case, Deed.REVEAL)
    sealed = is_sealed(tx.session, case, tx.now)
    if sealed and not may_unseal(tx.person, case, stand_of(tx.session, case)):
        raise NotAllowed(_SEALED)
    if not request.reason.strip():
        raise RuleBroken("请写明查看联系方式的理由，查看会留痕。", field="reason")
    made = {"case": case.id, "number": case.number}
    beyond = open_for_a_look(tx, case, request.reason)
    what = "解封查看诉求人信息" if sealed else "查看诉求人信息"
    return Changes(f"{what}{beyond}", made=made, detail=request.reason)


def _correct(case: Case, facts: PrivateFacts, request: CorrectCase) -> list[str]:
    wanted = (
        (case, "details", request.details, "诉求内容"),
        (case, "summary", request.summary, "标题"),
        (case, "category_id", request.category, "类别"),
        (facts, "name", request.name, "诉求人"),
        (facts, "phone", request.phone, "电话"),
        (facts, "address", request.address, "地址"),
    )
    changed = []
    for row, name, value, what in wanted:
        if value is not None and value != (getattr(row, name) or ""):
            if row is case and not value:
                raise RuleBroken(f"“{what}”不能改成空的。", field=name)
            setattr(row, name, value or None)
            changed.append(what)
    asks = request.hides_appellant
    if asks is not None and asks is not case.hides_appellant:
        if case.is_secret:
            raise RuleBroken("举报件的诉求人一律保密，不能取消。", field="hides_appellant")
        case.hides_appellant = asks
        changed.append("要求保密")
    case.appellant_shown = shown_name(facts.name, is_hidden=case.hides_appellant)
    case.is_anonymous = not facts.name
    return changed
