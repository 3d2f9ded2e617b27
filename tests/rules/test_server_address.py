"""The address of the hall's server: written by a person, kept by the program, shown again."""

import pytest

from desk.rules.errors import RuleBroken
from desk.rules.server_address import (
    ServerAddress,
    address_url,
    known_address,
    written_address,
)


def test_one_server_needs_only_its_name():
    address = written_address(" hall-a ", "", "")
    assert address == ServerAddress(("hall-a",), "5432", "hall")
    assert address_url(address) == "postgresql://hall-a:5432/hall"


@pytest.mark.parametrize("written", ["hall-a、10.2.3.4", "hall-a，10.2.3.4", "hall-a 10.2.3.4"])
def test_of_two_servers_whichever_may_write_is_used(written):
    url = address_url(written_address(written, "5433", "hall_2"))
    assert url == (
        "postgresql:///hall_2?host=hall-a,10.2.3.4&port=5433,5433&target_session_attrs=read-write"
    )


@pytest.mark.parametrize(
    "address",
    [ServerAddress(("hall-a",), "5433", "h"), ServerAddress(("hall-a", "hall-b"), "5432", "hall")],
)
def test_what_is_kept_is_shown_as_it_was_written(address):
    assert known_address(address_url(address)) == address


def test_a_file_has_no_server():
    assert known_address("sqlite:///hall.db") == ServerAddress()
    assert known_address("postgresql:///") == ServerAddress()


@pytest.mark.parametrize(
    ("hosts", "port", "database", "field"),
    [
        ("", "", "", "hosts"),
        ("hall a?x=1/..", "", "", "hosts"),
        ("hall", "x", "", "port"),
        ("hall", "0", "", "port"),
        ("hall", "70000", "", "port"),
        ("hall", "", "h?x=1", "database"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(hosts, port, database, field):
    with pytest.raises(RuleBroken) as refused:
        written_address(hosts, port, database)
    assert refused.value.field == field
