"""What an intake must have before it is kept; each refusal names the field (DOMAIN.md 9.1, 9.4)."""

import unicodedata
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from desk.rules.codes import Exit, Purpose
from desk.rules.errors import RuleBroken
from desk.rules.wording import label
from desk.store.models import Category, OutsideNumber, Place, ServiceItem, Staff, Unit
from desk.store.people import units_about
from desk.store.transaction import Transaction

if TYPE_CHECKING:
    from desk.actions.intake import RegisterCase

_AHEAD = timedelta(minutes=5)  # clocks of two machines may differ by this much
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_MOST_MATTERS = 99
_JOINERS = "\u200c\u200d"
SUMMARY_LENGTH = 40


def check_intake(tx: Transaction, request: "RegisterCase") -> None:
    """Refuse an intake that lacks what its exit needs, or that names what is not there.

    Raises:
        RuleBroken: `field` names what to mend.
    """
    if not has_words(request.details):
        raise RuleBroken("请写下诉求内容，诉求人怎么说就怎么写。", field="details")
    if not _EARLIEST <= request.happened_at <= tx.now + _AHEAD:
        raise RuleBroken(
            "发生时间在现在之后，或早得不合常理，请改成诉求人来到或来电的时间。",
            field="happened_at",
        )
    if len(request.matters) > _MOST_MATTERS:
        raise RuleBroken(f"一件最多 {_MOST_MATTERS} 个事项，请分开登记。", field="matters")
    _check_exit(request)
    _check_responder(tx, request)
    _check_choices(tx, request)
    _check_accused(tx, request)
    _check_outside_number(tx, request)
    if request.repeat_of is not None:
        tx.earlier_case(request.repeat_of, field="repeat_of")


def has_words(text: str) -> bool:
    """Return whether a text says anything that can be read."""
    return any(unicodedata.category(mark)[0] not in "ZC" for mark in text)


def summary_of(details: str) -> str:
    """Return a heading for an appeal: its first sentence, at most 40 characters, or the start."""
    lines = [line for line in details.splitlines() if has_words(line)]
    shown = "".join(
        mark
        for mark in (lines[0] if lines else "").replace("\t", " ").strip()
        if mark in _JOINERS or unicodedata.category(mark)[0] != "C"
    )
    first = shown
    for mark in "。；！？;!?":
        first = first.split(mark)[0]
    first = first.strip() if has_words(first) else shown
    return first if len(first) <= SUMMARY_LENGTH else first[: SUMMARY_LENGTH - 1] + "…"


def _check_exit(request: "RegisterCase") -> None:
    if request.exit is Exit.ON_SPOT and not has_words(request.answer):
        raise RuleBroken("现场答复要写下答复的内容，登记表上会印出来。", field="answer")
    if request.exit is not Exit.GUIDANCE:
        return
    if not has_words(request.answer):
        raise RuleBroken("引导对接要写下向诉求人解释了什么。", field="answer")
    if not has_words(request.guided_to):
        raise RuleBroken("请写明引导到哪里（单位、对接人、电话）。", field="guided_to")


def _check_responder(tx: Transaction, request: "RegisterCase") -> None:
    if request.first_responder in {None, request.made_by}:
        return
    if not has_words(request.first_responder_reason):
        raise RuleBroken(
            "首问人不是您本人，请写一句理由（如代为登记、接访会补录）。",
            field="first_responder_reason",
        )
    require_row(tx, Staff, request.first_responder, "首问人", "first_responder")


def _check_choices(tx: Transaction, request: "RegisterCase") -> None:
    require_row(tx, Category, request.category, "类别", "category")
    require_row(tx, Place, request.place, "小区", "place")
    require_row(tx, ServiceItem, request.service_item, "事项", "service_item")
    require_row(tx, Staff, request.accused_staff, "被反映人员", "accused_staff")
    chosen = {
        name: getattr(request, name) for name in ("first_unit", "community", "grid", "accused_unit")
    }
    known = set(
        tx.session.scalars(
            select(Unit.id).where(Unit.street_id == tx.street_id, Unit.id.in_(chosen.values()))
        )
    )
    for name, unit in chosen.items():
        if unit is not None and unit not in known:
            raise RuleBroken("所选的单位不在单位表里，请重新选择。", field=name)


def require_row(tx: Transaction, table: Any, row_id: int | None, what: str, field: str) -> None:
    """Refuse a choice that is not, or no longer, in its table."""
    if row_id is None:
        return
    tx.own(table, row_id, f"所选的{what}已不在表里，请重新选择。", field=field)


def _check_accused(tx: Transaction, request: "RegisterCase") -> None:
    """Who is complained about neither answers nor handles the complaint (9.4)."""
    if request.exit not in {Exit.ON_SPOT, Exit.OWN_UNIT}:
        return
    responder = request.first_responder or tx.person.staff_id
    if request.accused_staff == responder:
        raise RuleBroken("被反映的人不能答复或办理这一件，请选“受理转办”。", field="accused_staff")
    accused = request.accused_unit
    if accused is not None and request.first_unit in units_about(tx.session, accused, tx.today):
        raise RuleBroken("被反映的单位不能答复或办理这一件，请选“受理转办”。", field="accused_unit")
    _check_confidential(request)


def _check_confidential(request: "RegisterCase") -> None:
    """Refuse to keep a report or a complaint about a colleague: its keepers name who (9.4)."""
    if request.purpose is Purpose.REPORT:
        raise RuleBroken(
            "举报件不在窗口答复，也不由本单位自办，请选“受理转办”，由纪工委或领导指定谁来办。",
            field="purpose",
        )
    if request.exit is not Exit.OWN_UNIT:
        return
    for field in ("accused_unit", "accused_staff"):
        if getattr(request, field) is not None:
            raise RuleBroken(
                "反映本街道单位、人员的件不由本单位自办，请选“受理转办”，"
                "由纪工委或领导指定谁来办。",
                field=field,
            )


def _check_outside_number(tx: Transaction, request: "RegisterCase") -> None:
    if not request.outside_number:
        return
    platform = request.platform or label(request.channel)
    known = tx.session.scalar(
        select(OutsideNumber.id).where(
            OutsideNumber.street_id == tx.street_id,
            OutsideNumber.platform == platform,
            OutsideNumber.number == request.outside_number,
        )
    )
    if known is not None:
        raise RuleBroken(
            f"{platform}的编号 {request.outside_number} 已登记过，请先按这个编号查找。",
            field="outside_number",
        )
