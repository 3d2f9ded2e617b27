"""Promises about bookings that the database itself keeps (排期的触发器, DOMAIN.md 6.6).

The table of slots makes double bookings impossible; these see to it that no booking is without
its slots, and that capacity, ties and opening hours hold against foreign SQL too. A booking's
slots come first, in the same transaction, and its row after them: the row is refused unless they
are all there. When the hall is open stands in a table of its own (`store/open_spans.py`), a day of
which is only ever written as a whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from desk.rules.bookings import BOOKING_MOVES, LIVE_BOOKINGS

# Words in capitals with an underscore in front stand for what each engine, or each resource,
# writes in its own way.
_TIE = """
EXISTS (SELECT 1 FROM mediator_ties t WHERE t.mediator_id = NEW.mediator_id
  AND (t.valid_to IS NULL OR t.valid_to > _DAY)
  AND (
    (t.person_key IS NULL AND EXISTS (SELECT 1 FROM mediation_parties p
      WHERE p.mediation_id = NEW.mediation_id AND p.left_on IS NULL AND p.name = t.name))
    OR EXISTS (SELECT 1 FROM booking_slots s
      WHERE s.booking_id = NEW.id AND s.resource = 'person:' || t.person_key)))
"""
_DAY_OFF = """
coalesce(NEW.overtime_by, '') = '' AND EXISTS (SELECT 1 FROM calendar_days c
  WHERE c.street_id = NEW.street_id AND NOT c.is_working AND c.day = _DAY)
"""
_OUT_OF_HOURS = """
NEW.status IN (_LIVE) AND coalesce(NEW.overtime_by, '') = '' AND (
  SELECT coalesce(sum(_LESSER(o.end_slot, _END) - _GREATER(o.first_slot, _FIRST)), 0)
  FROM open_spans o WHERE o.street_id = NEW.street_id AND o.day = _DAY
  AND o.first_slot < _END AND o.end_slot > _FIRST) <> _END - _FIRST
"""
# Quarters of another day, another span's, or more spans than the day has.
_NOT_OF_THE_DAY = "NEW.first_slot < _MIDNIGHT OR NEW.end_slot > _MIDNIGHT + 96"
_NOT_WHOLE = """
EXISTS (SELECT 1 FROM open_spans o WHERE o.street_id = NEW.street_id AND o.day = NEW.day
  AND o.first_slot <> NEW.first_slot AND (o.parts <> NEW.parts
    OR o.first_slot <= NEW.end_slot AND o.end_slot >= NEW.first_slot))
OR (SELECT count(*) FROM open_spans o WHERE o.street_id = NEW.street_id AND o.day = NEW.day
  AND o.first_slot <> NEW.first_slot) >= NEW.parts
"""
_LACKS_SLOTS = """
NEW.status IN (_LIVE) AND _WHO IS NOT NULL AND (SELECT count(*) FROM booking_slots s
  WHERE s.street_id = NEW.street_id AND s.booking_id = NEW.id
  AND s.resource = '_KIND:' || _WHO
  AND s.slot >= _FIRST - _CLEARING AND s.slot < _END + _CLEARING)
<> _END - _FIRST + 2 * _CLEARING
"""
# parties come to a mediation whose room is booked, and leave it; nothing else comes or goes
_HOLDS = """
substr(OLD.resource, 1, 7) <> 'person:'
AND EXISTS (SELECT 1 FROM bookings b WHERE b.id = OLD.booking_id AND b.status IN (_LIVE))
"""
_IS_THERE = """
substr(NEW.resource, 1, 7) <> 'person:'
AND EXISTS (SELECT 1 FROM bookings b WHERE b.id = NEW.booking_id)
"""
_TOO_MANY = "NEW.attendees > (SELECT capacity FROM rooms WHERE id = NEW.room_id)"
_CLEARED = "(NEW.buffer_minutes / 15)"
_ACCOUNT = "(SELECT m.staff_id FROM mediators m WHERE m.id = NEW.mediator_id)"
# name, resource, who or which it is, quarters for clearing
_RESOURCES = (
    ("room", "room", "NEW.room_id", _CLEARED),
    ("caucus", "room", "NEW.caucus_room_id", _CLEARED),
    ("mediator", "mediator", "NEW.mediator_id", "0"),
    ("account", "staff", _ACCOUNT, "0"),
    ("recorder", "staff", "NEW.recorder_id", "0"),
)
_WORDS = {
    "sqlite": {
        "_DAY": "date(NEW.starts_at, '+8 hours')",
        "_FIRST": "(CAST(strftime('%s', NEW.starts_at) AS INTEGER) / 900)",
        "_END": "(CAST(strftime('%s', NEW.ends_at) AS INTEGER) / 900)",
        "_MIDNIGHT": "(CAST(strftime('%s', NEW.day) AS INTEGER) / 900 - 32)",
        "_LESSER": "min",
        "_GREATER": "max",
    },
    "postgresql": {
        "_DAY": "CAST(NEW.starts_at AT TIME ZONE 'Asia/Shanghai' AS date)",
        "_FIRST": "CAST(floor(extract(epoch FROM NEW.starts_at) / 900) AS integer)",
        "_END": "CAST(floor(extract(epoch FROM NEW.ends_at) / 900) AS integer)",
        "_MIDNIGHT": "((NEW.day - DATE '1970-01-01') * 96 - 32)",
        "_LESSER": "LEAST",
        "_GREATER": "GREATEST",
    },
}
_LIVE = ", ".join(f"'{status.value}'" for status in sorted(LIVE_BOOKINGS))
FIXED_OF_BOOKINGS = (
    "street_id",
    "room_id",
    "caucus_room_id",
    "purpose",
    "mediation_id",
    "starts_at",
    "ends_at",
    "buffer_minutes",
    "mediator_id",
    "recorder_id",
    "attendees",
    "overtime_by",
    "series_id",
    "occurrence_on",
    "made_by",
    "made_at",
    "desk_name",
)


@dataclass(frozen=True, slots=True)
class BookingPromise:
    """One trigger: when it looks, under which condition it refuses, and with which sentence."""

    name: str
    table: str
    event: str
    condition: str
    sentence: str


def booking_promises(dialect: str) -> Iterator[BookingPromise]:
    """Yield the promises with conditions as one engine writes them."""
    words = _WORDS[dialect] | {"_LIVE": _LIVE}
    for promise in (*_about_slots(), *_about_open_spans(), *_about_bookings()):
        yield replace(promise, condition=_written(promise.condition, words))


def booking_moves() -> str:
    """Return the condition under which a booking's change of status is refused."""
    pairs = ", ".join(
        sorted(
            f"'{current.value}>{target.value}'"
            for current, targets in BOOKING_MOVES.items()
            for target in targets
        )
    )
    return f"NEW.status <> OLD.status AND (OLD.status || '>' || NEW.status) NOT IN ({pairs})"


def _about_slots() -> Iterator[BookingPromise]:
    table = "booking_slots"
    yield BookingPromise(f"{table}_held", table, "DELETE", _HOLDS, "排期还有效，不能释放时段")
    yield BookingPromise(f"{table}_first", table, "INSERT", _IS_THERE, "时段要先于排期占住")
    yield BookingPromise(f"{table}_frozen", table, "UPDATE", "1 = 1", "时段只能占住或释放")


def _about_open_spans() -> Iterator[BookingPromise]:
    table = "open_spans"
    insert = (table, "INSERT")
    yield BookingPromise(f"{table}_day", *insert, _NOT_OF_THE_DAY, "开放时段不在这一天之内")
    yield BookingPromise(f"{table}_whole", *insert, _NOT_WHOLE, "一天的开放时段只能整天重写")
    yield BookingPromise(f"{table}_frozen", table, "UPDATE", "1 = 1", "一天的开放时段只能整天重写")


def _about_bookings() -> Iterator[BookingPromise]:
    insert = ("bookings", "INSERT")
    yield BookingPromise("bookings_capacity", *insert, _TOO_MANY, "到场人数超过房间容量")
    yield BookingPromise("bookings_tie", *insert, _TIE, "调解员应当回避")
    yield BookingPromise("bookings_day_off", *insert, _DAY_OFF, "大厅当天不开放")
    yield BookingPromise("bookings_hours", *insert, _OUT_OF_HOURS, "不在大厅开放的时段内")
    for name, kind, who, clearing in _RESOURCES:
        words = {"_KIND": kind, "_WHO": who, "_CLEARING": clearing}
        condition = _written(_LACKS_SLOTS, words)
        yield BookingPromise(f"bookings_has_{name}", *insert, condition, "排期没有占住时段")


def _written(template: str, words: Mapping[str, str]) -> str:
    for word, meant in words.items():
        template = template.replace(word, meant)
    return " ".join(template.split())
