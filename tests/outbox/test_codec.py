"""Every request survives being written down, and no password ever is."""

import pkgutil
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from importlib import import_module
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest

import desk.actions
from desk.actions.closing import AddNote
from desk.actions.followup import RecordFollowUp
from desk.actions.intake import RegisterCase
from desk.outbox.codec import (
    UnknownPayload,
    holds_secret,
    read_request,
    read_value,
    write_request,
    write_value,
)
from desk.rules.suggestions import WordUse
from desk.store.requests import ACTIONS

for module in pkgutil.iter_modules(desk.actions.__path__):
    import_module(f"desk.actions.{module.name}")

NIGHT = datetime(2026, 11, 2, 23, 59, 59, 123456, tzinfo=UTC)
SAMPLES = {
    int: 2**62 + 7,
    str: "七栋“漏电”\n😀 第二行\t末尾",
    bool: True,
    bytes: b"%PDF\x00\xff",
    datetime: NIGHT,
    date: date(2026, 2, 28),
    UUID: UUID("12345678-1234-4234-8234-123456789abc"),
    Any: {"由": ["一", 2, None, True]},
}


def sample(hint: Any) -> Any:
    """Return a value of this type with every field filled."""
    inner = [part for part in get_args(hint) if part not in {NoneType, Ellipsis}]
    if get_origin(hint) in {Union, UnionType}:
        return sample(inner[0])
    if get_origin(hint) is tuple:
        is_any_length = get_args(hint)[-1] is Ellipsis
        return tuple(sample(part) for part in (inner * 2 if is_any_length else inner))
    if get_origin(hint) is not None:
        return {"甲": "乙"}
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(**{part.name: sample(hints[part.name]) for part in fields(hint) if part.init})
    if isinstance(hint, type) and issubclass(hint, Enum):
        return list(hint)[-1]
    return SAMPLES[hint]


KEPT = [kind for kind in ACTIONS if not holds_secret(kind)]


@pytest.mark.parametrize("kind", KEPT, ids=lambda kind: kind.__name__)
def test_a_request_reads_as_it_was_written(kind):
    asked = sample(kind)
    assert read_request(kind.__name__, write_request(asked)) == asked


def test_half_a_character_is_kept_as_it_was_typed():
    asked = AddNote(made_by=1, happened_at=NIGHT, case=2, seen=3, note="半个\ud83d字")
    written = write_request(asked)
    assert written.isascii()
    assert read_request("AddNote", written) == asked


def test_what_an_older_program_wrote_is_read_with_what_is_new_left_at_its_default():
    written = '{"made_by": 1, "happened_at": "2026-11-02T09:00:00+08:00", "case": 2, "seen": 3,'
    asked = read_request("AddNote", written + '"note": "门坏了", "was_once_a_field": 5}')
    assert isinstance(asked, AddNote)
    assert (asked.note, asked.saved_at) == ("门坏了", None)


@pytest.mark.parametrize(("kind", "version"), [("NobodyKnowsThis", 1), ("AddNote", 99)])
def test_what_a_newer_program_wrote_is_left_alone(kind, version):
    with pytest.raises(UnknownPayload):
        read_request(kind, "{}", version)


def test_only_these_are_never_written_down():
    secret = {kind.__name__ for kind in ACTIONS if holds_secret(kind)}
    assert secret == {"AddStaff", "ChangePassword", "FoundStreet", "ResetPassword"}


def test_only_what_adds_may_wait_for_the_server():
    waits = {kind.__name__ for kind, registered in ACTIONS.items() if registered.may_wait}
    assert waits == {"RegisterCase", "AddNote", "RecordContact", "RecordFollowUp"}
    assert not any(holds_secret(kind) for kind in (RegisterCase, AddNote, RecordFollowUp))


def test_counts_of_words_are_read_as_they_were_written():
    use = WordUse()
    use.cases[7] += 2
    use.by_label[7] = type(use.cases)({"漏电": 3})
    assert read_value(WordUse, write_value(use)) == use
