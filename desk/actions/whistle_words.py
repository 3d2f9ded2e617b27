"""What a whistle says (哨单): level, place, matter, whom it calls; checked before it is out."""

from dataclasses import dataclass
from datetime import datetime

from desk.rules.errors import RuleBroken
from desk.rules.text_gate import Field
from desk.rules.whistle_codes import WhistleKind
from desk.rules.whistle_settings import LEVELS
from desk.rules.whistling import Draft, require_whistle
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.models import Place, Unit, Whistle
from desk.store.transaction import Transaction

PICK_UNIT = "请从列表里选单位。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A unit that is called.

    Attributes:
        required_at: by when its people should be there.
        contact: whom to ring, with an office's number.
    """

    unit: int
    required_at: datetime
    contact: str = words("联系人", longest=100, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class WhistleWords:
    """What a whistle says: where, why, who is called.

    Attributes:
        matter: what it is about, never about whom: every called unit reads it.
        place: the estate, where it is in one.
        caller: who calls, and under which office's number.
    """

    level: str = words("吹哨级别", longest=40)
    kind: WhistleKind
    caller: str = words("吹哨人", Field.NAME)
    caller_phone: str = words("吹哨人电话", Field.CODE, longest=40, default="")
    place: int | None = None
    site: str = words("地点", longest=200)
    matter: str = words("事由", Field.BODY)
    steps_taken: str = words("已采取措施", Field.BODY, default="")
    units: tuple[Call, ...]


def require_words(
    tx: Transaction, said: WhistleWords, caller_unit: int, raised_at: datetime
) -> None:
    """Raise RuleBroken unless it is said where, why and whom, in words and rows of this street."""
    levels = setting(tx.session, tx.street_id, LEVELS, tx.today)
    draft = Draft(
        level=said.level,
        site=said.site,
        matter=said.matter,
        caller_unit=caller_unit,
        units=said.units,
        raised_at=raised_at,
    )
    require_whistle(draft, levels)
    for one in said.units:
        tx.own(Unit, one.unit, PICK_UNIT, field="units")
    if said.place is not None:
        tx.own(Place, said.place, "请从列表里选小区。", field="place")
    if not said.caller.strip():
        raise RuleBroken("请写吹哨人姓名，到场的人好找他。", field="caller")


def say(whistle: Whistle, said: WhistleWords) -> None:
    """Write down what a whistle says."""
    whistle.level, whistle.kind = said.level, said.kind
    whistle.caller, whistle.caller_phone = said.caller, said.caller_phone or None
    whistle.place_id, whistle.site = said.place, said.site
    whistle.matter, whistle.steps_taken = said.matter, said.steps_taken or None
