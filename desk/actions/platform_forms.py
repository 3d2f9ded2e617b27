"""Forms of other platforms (平台格式): which of their columns is which of ours, for the whole hall.

A form that is changed is a new row; the old one is ended and stays, as what was imported by it.
"""

from dataclasses import dataclass

from sqlalchemy import select

from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.platform_forms import (
    LONGEST_NAME,
    SEPARATORS,
    copy_lines,
    fixed_values,
    import_lines,
)
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import PlatformForm
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_GONE = "找不到这个平台格式，可能已停用。请刷新后再试。"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlatformForm(Request):
    """Add a form of another platform, or put another one in its place.

    Attributes:
        form: which one is replaced; None for a new one.
        is_import: a file of theirs is read by it; else cases are copied out by it.
        kind: the ledger that is meant.
        lines: as `rules.platform_forms` writes them.
        fixed: what holds for all rows of an import, “our column = value”.
        separator: between several columns of ours, by its name.
    """

    form: int | None = None
    is_import: bool
    name: str = words("平台", longest=LONGEST_NAME)
    kind: str
    lines: tuple[str, ...] = words("栏目对应", Field.TITLE)
    fixed: tuple[str, ...] = words("整份相同的内容", Field.TITLE, default=())
    separator: str = "分号"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPlatformForm(Request):
    """Stop offering a form (停用)."""

    form: int


@action(SetPlatformForm, "platform.set")
def set_platform_form(tx: Transaction, request: SetPlatformForm) -> Changes:
    """Add or replace a form.

    Raises:
        NotAllowed: the person keeps neither the library nor imports.
        RuleBroken: it has no name, another one has it, or a line cannot be read.
    """
    require_hall(Deed.EDIT_LIBRARY, tx.person)
    if not request.name.strip():
        raise RuleBroken("请写明这是哪个平台的，例如：信访信息系统。", field="name")
    if request.separator not in SEPARATORS:
        raise RuleBroken(f"间隔可选：{'、'.join(SEPARATORS)}。", field="separator")
    read = import_lines if request.is_import else copy_lines
    lines = read(request.lines)
    fixed = fixed_values(request.fixed)
    _require_free(tx, request)
    if request.form is not None:
        old = _form(tx, request.form)
        tx.watch(old)
        old.valid_to = tx.today
    row = PlatformForm(
        id=new_id(),
        street_id=tx.street_id,
        is_import=request.is_import,
        name=request.name,
        kind=request.kind,
        lines=[[line.heading, list(line.columns)] for line in lines],
        fixed=dict(fixed),
        separator=request.separator,
    )
    tx.add(row)
    verb = "增加" if request.form is None else "更改"
    what = "导入对应" if request.is_import else "回填模板"
    return Changes(f"{verb}{what} {row.name}", made={"form": row.id})


@action(EndPlatformForm, "platform.ended")
def end_platform_form(tx: Transaction, request: EndPlatformForm) -> Changes:
    """Stop offering a form.

    Raises:
        NotAllowed: the person keeps neither the library nor imports.
        RuleBroken: it is not there.
    """
    require_hall(Deed.EDIT_LIBRARY, tx.person)
    row = _form(tx, request.form)
    tx.watch(row)
    row.valid_to = tx.today
    return Changes(f"停用平台格式 {row.name}")


def _form(tx: Transaction, form: int) -> PlatformForm:
    row = tx.own(PlatformForm, form, _GONE)
    if row.valid_to is not None:
        raise RuleBroken(_GONE)
    return row


def _require_free(tx: Transaction, request: SetPlatformForm) -> None:
    same = select(PlatformForm.id).where(
        PlatformForm.street_id == tx.street_id,
        PlatformForm.is_import.is_(request.is_import),
        PlatformForm.name == request.name,
        PlatformForm.valid_to.is_(None),
        PlatformForm.id.is_distinct_from(request.form),
    )
    if tx.session.scalar(same) is not None:
        raise RuleBroken(f"“{request.name}”已经有了，请换个名称，或改原来的那个。", field="name")
