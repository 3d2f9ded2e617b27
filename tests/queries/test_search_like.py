"""What is found is exactly what LIKE would find: any piece, on both engines, for everybody's sight.

On the shared database the function is made with a short walk here, so that of a dozen cases some
are found by the walk and the others by the index.
"""

import random
import threading
from functools import partial

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from desk.actions.intake import Appellant
from desk.queries.case_board import BoardFilter, board_cases
from desk.queries.health import search_findings
from desk.queries.search import find
from desk.rules.codes import CaseStatus, Purpose
from desk.rules.search_text import search_terms
from desk.store.models import Case, CaseSearch
from desk.store.search_functions import SEARCH_FUNCTIONS, WALK
from desk.store.search_index import NEWEST, search
from desk.store.search_rebuild import rebuild_search
from desk.store.sight import in_own_hands, seen_by
from desk.store.stopping import NoLongerWanted, Stop
from tests.actions.conftest import shared_hall
from tests.actions.work import CHEN, FENG, HE, LI, QIN, SUN, XU, ZHAO, ZHOU, Work

__all__ = ["shared_hall"]

EVERYBODY = (LI, ZHOU, ZHAO, SUN, CHEN, FENG, HE, QIN, XU)
PEOPLE = ("曾国强", "单雄信", "王喆", "陈桂芳", "李𠮷", "阿依古丽·买买提")
ADDRESSES = ("榕荫里小区 7 栋 401", "码头新村２栋", "Ａ座 12-3 室", "新桥路口")
SAID = (
    "电梯停在半空，按 110% 的价钱收费_不合理。",
    "楼道漏电，手背发麻。",
    "路灯不亮；反映过 3 次\\没人管。",
    "有人举报乱收费。",
)
ODD = ("%", "_", "\\", "gq", "zeng", "shan", "吉吉", "Q", "00", "榕里", "栋4", "〔2026〕")


@pytest.fixture(scope="module")
def hall(shared_hall):
    """A dozen cases of half a year, every third of a hidden appellant, every sixth a report."""
    work = Work(shared_hall, shared_hall.clock)
    for at in range(12):
        shared_hall.clock.set(f"2026-{6 + at // 2:02}-02 09:{at:02}")
        name, where, said = (kinds[at % len(kinds)] for kinds in (PEOPLE, ADDRESSES, SAID))
        phone = f"138000000{10 + at * 7}"
        work.register(
            LI,
            details=said,
            appellant=Appellant(name=name, phone=phone, address=where),
            hides_appellant=at % 3 == 0,
            purpose=Purpose.REPORT if at % 6 == 5 else Purpose.COMPLAINT,
        )
    if work.is_postgresql:
        (whole,) = (made for name, made in SEARCH_FUNCTIONS.items() if "search_cases(" in name)
        with shared_hall.engine.begin() as connection:
            connection.exec_driver_sql(whole.replace(f" {WALK}", " 4").replace("%", "%%"))
    return shared_hall


def texts(hall):
    with Session(hall.engine) as session:
        rows = session.execute(
            select(CaseSearch.case_id, CaseSearch.is_kept, CaseSearch.doc).order_by(
                CaseSearch.seek.desc()
            )
        )
        return [tuple(row) for row in rows]


def known(reader):
    """Return for each case that somebody sees which of its texts is his."""
    may_know = Case.hides_appellant & in_own_hands(reader.person)
    rows = reader.session.execute(
        select(Case.id, func.coalesce(may_know, False)).where(seen_by(reader.person))
    )
    return {row[0]: bool(row[1]) for row in rows}


def pieces(docs):
    """Yield pieces of one to four letters of what stands somewhere, and two of them together."""
    dice = random.Random(7)  # noqa: S311 - the same pieces each time, and no secret

    def piece():
        doc = dice.choice(docs)
        start = dice.randrange(len(doc))
        return doc[start : start + dice.randint(1, 4)]

    for _ in range(40):
        yield piece()
        yield f"{piece()} {piece()}"
    yield from ODD


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_is_found_is_what_like_finds(hall, who):
    rows = texts(hall)
    database = hall.sign_in(who)
    mine = database.read(known)
    asked = [one for one in pieces([doc for *_, doc in rows]) if search_terms(one)]

    def all_of(reader):
        return {
            one: [
                hit.case
                for hit in search(
                    reader.session, reader.person, search_terms(one), now=reader.now, most=50
                )
            ]
            for one in asked
        }

    found = database.read(all_of)
    expected = {
        one: [
            case
            for case, is_kept, doc in rows
            if mine.get(case) is is_kept and all(t.word in doc for t in search_terms(one))
        ]
        for one in asked
    }
    assert found == expected


@pytest.mark.parametrize("who", [LI, SUN, QIN, ZHOU])
def test_a_board_narrowed_by_words_holds_what_like_finds(hall, who):
    rows = texts(hall)
    database = hall.sign_in(who)
    mine = database.read(known)
    asked = [one for one in pieces([doc for *_, doc in rows]) if search_terms(one)][:30]
    for one in asked:
        wanted = BoardFilter(statuses=frozenset(CaseStatus), words=one)
        assert set(database.read(partial(board_cases, wanted=wanted))) == {
            case
            for case, is_kept, doc in rows
            if mine.get(case) is is_kept and all(t.word in doc for t in search_terms(one))
        }, one


def test_pages_follow_one_another_without_a_gap_or_a_second_time(hall):
    def paged(reader):
        terms, seen, before = search_terms("1380"), [], NEWEST
        while hits := search(
            reader.session, reader.person, terms, now=reader.now, most=2, before=before
        ):
            seen += [hit.case for hit in hits]
            before = hits[-1].seek
        return seen, [
            hit.case
            for hit in search(reader.session, reader.person, terms, now=reader.now, most=50)
        ]

    seen, whole = hall.sign_in(LI).read(paged)
    assert seen == whole
    assert len(seen) > 4


def test_the_box_goes_on_where_it_ended(hall):
    database, shown, before = hall.sign_in(LI), [], None
    while True:
        found = database.read(partial(find, text="1380", most=5, before=before))
        shown += [hit.seq for hit in found.cases]
        before = found.goes_on
        if before is None:
            break
    assert shown == sorted(shown, reverse=True)
    assert len(shown) == len(set(shown)) == 12


@pytest.mark.parametrize("asked", ["zengguoqiang", "shan", "吉吉", "aygl", "曾国", "码头"])
def test_names_are_found_as_they_are_said_and_by_their_parts(hall, asked):
    assert hall.sign_in(LI).read(partial(find, text=asked)).cases


def test_a_rebuild_writes_only_what_is_missing_or_wrong_and_the_health_page_says_so(hall):
    before = texts(hall)
    first, second = sorted({case for case, is_kept, _ in before if not is_kept})[:2]
    administrator = hall.sign_in(XU)
    assert administrator.read(search_findings) == []
    with Session(hall.engine) as session, session.begin():
        session.execute(delete(CaseSearch).where(CaseSearch.case_id == first))
        session.execute(
            update(CaseSearch).where(CaseSearch.case_id == second).values(doc="别的", fields="c")
        )
    (finding,) = administrator.read(search_findings)
    assert "还有 1 件查不到" in finding.sentence
    told = []
    done = rebuild_search(hall.engine, lambda at, whole: told.append((at, whole)))
    assert (done.cases, done.written, told) == (12, 2, [(12, 12)])
    assert {row[::2] for row in texts(hall)} == {row[::2] for row in before}
    assert administrator.read(search_findings) == []
    assert rebuild_search(hall.engine, lambda _at, _whole: None).written == 0


ENDLESS = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) "
    "SELECT count(*) FROM n"
)


def test_a_search_that_nobody_waits_for_is_ended_while_it_runs(hall):
    stop = Stop()

    def endless(reader):
        threading.Timer(0.05, stop.stop).start()
        return reader.session.scalar(ENDLESS)

    database = hall.sign_in(LI)
    with pytest.raises(NoLongerWanted):
        database.read(endless, stop=stop)
    assert database.read(partial(find, text="曾国")).cases  # the connection is as good as before


def test_a_search_that_was_dropped_before_its_turn_never_begins(hall):
    stop, asked = Stop(), []
    stop.stop()
    with pytest.raises(NoLongerWanted):
        hall.sign_in(LI).read(asked.append, stop=stop)
    assert asked == []
