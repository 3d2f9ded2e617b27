"""Where the rows of a mediation's papers come from (调解文书的数据): parties, helpers, rooms."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from desk.rules.codes import Sex
from desk.rules.mediation_codes import (
    BookingStatus,
    CompanionRole,
    PartyKind,
    PartySide,
)
from desk.rules.money import capital_amount
from desk.rules.wording import label
from desk.store.models import (
    Booking,
    Letterhead,
    Mediation,
    MediationCompanion,
    MediationContent,
    MediationParty,
    Mediator,
    Room,
    Staff,
)
from desk.store.paper_source import Row, Writing, on_paper

# A booking that was moved, cancelled or let go is no appointment to invite anybody to.
_GONE = frozenset({BookingStatus.CANCELLED, BookingStatus.EXPIRED, BookingStatus.MOVED})
_TITLES = {Sex.FEMALE: "女士", Sex.MALE: "先生"}
_SPEAKERS = frozenset({CompanionRole.AGENT, CompanionRole.GUARDIAN, CompanionRole.INTERPRETER})
SIGN = "（签名、盖章或按指印）"


@dataclass(frozen=True, slots=True)
class MediationSource:
    """Everything a paper of a mediation is made from.

    Attributes:
        head: the letterhead of the committee; the street's own stands on none of these papers.
        about: the sitting, inquiry, party, application or visit that the paper is about.
    """

    tx: Writing
    mediation: Mediation
    content: MediationContent
    head: Letterhead
    about: Any
    rows: dict[Any, list[Any]] = field(default_factory=dict)

    def all(self, table: Any) -> list[Any]:
        """Return the mediation's rows of a table, oldest first."""
        if table not in self.rows:
            query = select(table).where(table.mediation_id == self.mediation.id)
            order = getattr(table, "seq", table.id) if hasattr(table, "id") else None
            found = self.tx.session.scalars(query if order is None else query.order_by(order))
            self.rows[table] = list(found)
        return self.rows[table]

    def parties(self, *sides: PartySide) -> list[MediationParty]:
        """Return the parties still in it, as they were entered; of some sides, or of all."""
        found = sorted(self.all(MediationParty), key=lambda party: party.position)
        return [
            party for party in found if party.left_on is None and (party.side in sides or not sides)
        ]

    def between(self) -> str:
        """Return the names of all parties: 张桂芳、李卫东."""
        return "、".join(party.name for party in self.parties())

    def opponents(self, party: MediationParty) -> str:
        """Return the names of those on the other sides than a party."""
        return "、".join(other.name for other in self.parties() if other.side is not party.side)

    def companions(self, party: MediationParty) -> list[MediationCompanion]:
        """Return who comes along with a party."""
        return [
            one
            for one in self.all(MediationCompanion)
            if one.party_id == party.id and one.left_on is None
        ]

    def staff(self, staff_id: int | None) -> str | None:
        """Return the name of a member of staff, or None."""
        row = self.tx.session.get(Staff, staff_id) if staff_id else None
        return row.name if row else None

    def mediator(self) -> str | None:
        """Return the name of the case's mediator, or None before there is one."""
        return self.mediator_name(self.mediation.mediator_id)

    def mediator_name(self, mediator_id: int | None) -> str | None:
        """Return the name of a mediator, or None."""
        row = self.tx.session.get(Mediator, mediator_id) if mediator_id else None
        return row.name if row else None

    def contact(self) -> str:
        """Return where the committee is found and rung up."""
        return f"{self.head.address}，电话{self.head.phone}"

    def appointment(self) -> Booking | None:
        """Return the newest appointment that still stands."""
        standing = [row for row in self.all(Booking) if row.status not in _GONE]
        return max(standing, key=lambda row: row.starts_at, default=None)


def party_cells(source: MediationSource, party: MediationParty) -> Row:
    """Return a party for the columns of a form."""
    is_person = party.kind is PartyKind.PERSON
    head = f"法定代表人：{party.represented_by}" if party.represented_by else None
    return {
        "side": label(party.side),
        "name": party.name,
        "sex": label(party.sex) if party.sex and is_person else None,
        "ethnicity": party.ethnicity if is_person else None,
        "age": f"{_age(source, party)}岁" if is_person and party.birth_year else None,
        "occupation": party.occupation if is_person else head,
        "phone": party.phone,
        "address": party.address,
    }


def party_words(
    source: MediationSource, party: MediationParty, *, to_court: bool = False, alone: bool = False
) -> Row:
    """Return a party as one sentence of a letter, with who comes along with him.

    Args:
        to_court: say as well where the court's letters reach him (送达地址).
        alone: leave out who comes along.
    """
    is_person = party.kind is PartyKind.PERSON
    said = [
        f"{label(party.side)}：{party.name}",
        label(party.sex) if is_person and party.sex else "",
        party.ethnicity if is_person else "",
        f"{_age(source, party)}岁" if is_person and party.birth_year else "",
        party.occupation if is_person else "",
        _named("法定代表人", None if is_person else party.represented_by),
        _named("身份证号码" if is_person else "统一社会信用代码", party.id_number),
        _named("联系方式", party.phone),
        _named("住址" if is_person else "住所", party.address),
        _named("送达地址", (party.serve_address or party.address) if to_court else None),
    ]
    with_him = [
        f"{label(one.role)}：{'，'.join(filter(None, (one.name, one.phone)))}"
        for one in source.companions(party)
        if one.role in _SPEAKERS and not alone
    ]
    return {"about": "；".join(["，".join(filter(None, said)), *with_him]) + "。"}


def party_signers(source: MediationSource, *, way: str = SIGN) -> list[Row]:
    """Return a line to sign on for every party."""
    return [{"caption": f"{label(party.side)} {party.name}{way}"} for party in source.parties()]


def salutation_of(party: MediationParty) -> str:
    """Return how a party is addressed: 张桂芳女士, 青榕物业服务有限公司."""
    title = _TITLES.get(party.sex, "") if party.sex and party.kind is PartyKind.PERSON else ""
    return party.name + title


def place_of(source: MediationSource, booking: Booking | None) -> str | None:
    """Return where an appointment is, as a party finds it: the address, the floor, the room."""
    room = source.tx.session.get(Room, booking.room_id) if booking else None
    if room is None:
        return None
    return "".join(filter(None, (source.head.address, room.place, room.name)))


def money_words(fen: int) -> tuple[str, str]:
    """Return an amount in figures and in capitals: 5,000.00元, 人民币伍仟元整."""
    return f"{fen // 100:,}.{fen % 100:02}元", f"人民币{capital_amount(fen)}"


def on_day(day: date | None) -> str | None:
    """Return a day as rows carry it."""
    return None if day is None else day.isoformat()


def meeting(source: MediationSource, booking: Booking | None) -> Row:
    """Return when and where the parties are to come."""
    return {
        "starts_at": on_paper(booking.starts_at) if booking else None,
        "ends_at": on_paper(booking.ends_at) if booking else None,
        "place": place_of(source, booking),
    }


def _age(source: MediationSource, party: MediationParty) -> int:
    return source.tx.today.year - (party.birth_year or 0)


def _named(caption: str, words: str | None) -> str:
    return f"{caption}：{words}" if words else ""
