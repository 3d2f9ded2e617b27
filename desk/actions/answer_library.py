"""The answer library (答复口径库): statutes, standard answers, phrases, each with its validity."""

from dataclasses import dataclass
from datetime import date

from desk.actions.intake_checks import require_row
from desk.rules.codes import LibraryKind
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.pinyin import initials
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Category, LibraryText
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLibraryText(Request):
    """Add a text to the library, or put a new wording in the place of an old one."""

    text: int | None = None
    kind: LibraryKind
    title: str = words("标题")
    body: str = words("正文", Field.BODY)
    source: str = words("出处", default="")
    category: int | None = None
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLibraryText(Request):
    """End the validity of a text (失效) from today; it can still be read, marked as ended."""

    text: int


@action(SetLibraryText, "library.set")
def set_library_text(tx: Transaction, request: SetLibraryText) -> Changes:
    """Add a text, or end the old wording and begin the new one on its day.

    Raises:
        RuleBroken: title, body or the source of a statute is missing, or the days do not fit.
    """
    require_hall(Deed.EDIT_LIBRARY, tx.person)
    _check(request)
    require_row(tx, Category, request.category, "类别", "category")
    old = None if request.text is None else _text(tx, request.text)
    if old is not None:
        tx.watch(old)
        if request.valid_from < old.valid_from:
            raise RuleBroken(
                f"生效日期不能早于原来的 {old.valid_from:%Y-%m-%d}。", field="valid_from"
            )
        old.valid_to = request.valid_from
    row = LibraryText(
        id=new_id(),
        street_id=tx.street_id,
        kind=request.kind,
        title=request.title,
        body=request.body,
        source=request.source or None,
        category_id=request.category,
        pinyin=initials(request.title),
        written_by=tx.person.staff_id,
        valid_from=request.valid_from,
        valid_to=request.valid_to,
    )
    tx.add(row)
    verb = "增加" if old is None else "更改"
    return Changes(f"{verb}答复口径 {request.title}", made={"text": row.id})


@action(EndLibraryText, "library.ended")
def end_library_text(tx: Transaction, request: EndLibraryText) -> Changes:
    """End a text's validity.

    Raises:
        RuleBroken: it is not there.
    """
    require_hall(Deed.EDIT_LIBRARY, tx.person)
    row = _text(tx, request.text)
    tx.watch(row)
    row.valid_to = max(tx.today, row.valid_from)
    return Changes(f"停用答复口径 {row.title}")


def _check(request: SetLibraryText) -> None:
    if not request.title.strip():
        raise RuleBroken("标题还没有写，查找时要用。", field="title")
    if not request.body.strip():
        raise RuleBroken("正文还没有写。", field="body")
    if request.kind is LibraryKind.STATUTE and not request.source.strip():
        raise RuleBroken("法规条文请写出处（名称、条款、文号）。", field="source")
    if request.valid_to is not None and request.valid_to <= request.valid_from:
        raise RuleBroken("失效日期要晚于生效日期。", field="valid_to")


def _text(tx: Transaction, text_id: int) -> LibraryText:
    return tx.own(LibraryText, text_id, "找不到这一条，请刷新后再试。")
