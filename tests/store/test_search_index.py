"""The index by which cases are found stays in step with them, on both engines."""

import pytest
from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from desk.actions.closing import CorrectCase
from desk.rules.search_text import IDEOGRAPHS, canonical, search_terms, tokens
from desk.store.engine import WRITES
from desk.store.models import CaseSearch
from desk.store.search_docs import cases_without_text
from desk.store.search_index import search
from desk.store.upgrade import upgrade
from tests.actions.work import LI, ZHAO, Work

EDGES = "".join(chr(letter) for span in IDEOGRAPHS for letter in span)
TEXTS = (
    "",
    "a",
    "陈",
    "电梯停在3楼半空\n13800000023\nA座ab",
    "𠮷田·阿依古丽\n鿃㐀",
    f"楼{EDGES}x{EDGES}12345",
    "ß straße ǆ 电話 ｶﾀｶﾅ",
)


@pytest.fixture
def work(hall, clock):
    return Work(hall, clock)


def hits(work, words, who=LI, **more):
    limits = {"most": 20} | more
    return work.desk(who).read(
        lambda reader: search(
            reader.session, reader.person, search_terms(words), now=reader.now, **limits
        )
    )


def found(work, words, who=LI, **more):
    return [hit.case for hit in hits(work, words, who, **more)]


def test_both_engines_cut_a_text_into_the_same_tokens(hall):
    for said in TEXTS:
        doc = canonical(said)
        with Session(hall.engine) as session:
            there = session.scalar(select(func.search_tokens(doc)))
        assert set(there.split() if isinstance(there, str) else there) == tokens(doc)


def test_a_case_is_found_under_its_new_words_after_a_correction(work):
    case = work.register(details="路灯不亮")
    assert found(work, "路灯不") == [case]
    work.ask(LI, CorrectCase, case, summary="井盖松动", details="井盖松动", reason="记错了")
    assert found(work, "井盖松") == [case]
    assert found(work, "陈桂芳 井盖") == [case]


def test_the_newest_come_first_and_the_search_goes_on_behind_them(work):
    cases = []
    for _ in range(5):
        cases.append(work.register(details="楼道堆物"))
        work.clock.forward(seconds=1)
    first = hits(work, "楼道堆物", most=2)
    rest = hits(work, "楼道堆物", before=first[-1].seek)
    assert [hit.case for hit in first + rest] == cases[::-1]


def test_cases_of_one_moment_are_all_found(work):
    cases = {work.register(details="井盖松动") for _ in range(3)}
    assert set(found(work, "井盖松动")) == cases


def test_who_gets_a_case_to_handle_finds_it_from_then_on(work):
    case = work.register(details="路灯不亮")
    assert found(work, "路灯不亮", ZHAO) == []
    work.to("handling", case)
    assert found(work, "路灯不亮", ZHAO) == [case]


def test_texts_that_are_missing_are_written_by_the_upgrade(work, hall_url):
    case = work.register(details="路灯不亮")
    with Session(work.hall.engine.execution_options(**{WRITES: True})) as session, session.begin():
        session.execute(delete(CaseSearch))
        assert cases_without_text(session) == [case]
    assert found(work, "路灯不亮") == []

    upgrade(hall_url)

    assert found(work, "路灯不亮") == [case]


def test_nobody_reads_the_texts_themselves_on_the_server(work):
    case = work.register(details="路灯不亮")
    seen = "SELECT count(*) FROM case_search WHERE case_id = :case"
    with work.desk(LI).engine.connect() as connection:
        there = connection.scalar(text(seen), {"case": case})
    assert there == (0 if work.is_postgresql else 1)
