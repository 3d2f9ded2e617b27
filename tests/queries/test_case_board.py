"""The boards: rows and figures come from the same conditions, in one order, on both engines."""

from dataclasses import replace
from functools import partial

import pytest

from desk.actions.intake import Appellant
from desk.actions.set_aside import LinkRepeat
from desk.queries.board_columns import whole_board
from desk.queries.case_board import (
    BoardFilter,
    Tag,
    Whose,
    board_counts,
    board_page,
)
from desk.rules.codes import CaseStatus, Channel, ClockKind, Exit, Purpose, Urgency
from desk.rules.lifecycle import STAGES
from tests.ui.case_life import CaseLife

EVERYTHING = BoardFilter()


@pytest.fixture
def life(hall):
    return CaseLife(hall)


@pytest.fixture
def read(hall):
    """Read as a member of staff."""

    def as_person(name, query, **options):
        return hall.sign_in(name).read(partial(query, **options))

    return as_person


def seqs(rows):
    return [row.seq for row in rows]


def test_the_case_that_burns_first_stands_on_top(life, read):
    life.register()  # has been waiting longest
    life.hall.clock.forward(minutes=3)
    life.register(urgency=Urgency.URGENT)

    rows = read("周航", board_page, wanted=EVERYTHING)

    assert seqs(rows) == [1, 2]
    assert rows[0].next_due_at < rows[1].next_due_at


def test_each_row_carries_the_clock_that_is_due_next(life, read):
    life.register()

    (row,) = read("周航", board_page, wanted=EVERYTHING)

    assert row.next_clock is ClockKind.CONTACT
    assert row.clock.kind is ClockKind.CONTACT
    assert row.clock.facts.due_at == row.next_due_at
    assert row.clock.facts.rule_text.startswith("限 10 分钟")


def test_pages_walk_over_all_cases_once_those_without_a_clock_last(life, read):
    waiting_for_a_signature = life.at("signing")
    for _ in range(4):
        life.register()

    found, after = [], None
    while page := read("郑伟", board_page, wanted=EVERYTHING, after=after, size=2):
        found += page
        after = page[-1]

    assert len(found) == len({row.id for row in found}) == 5
    assert found[-1].id == waiting_for_a_signature
    assert found[-1].clock is None


@pytest.mark.parametrize(
    "wanted",
    [
        EVERYTHING,
        BoardFilter(whose=Whose.MINE),
        BoardFilter(whose=Whose.UNIT),
        BoardFilter(urgency=Urgency.URGENT),
        BoardFilter(only_overdue=True),
        BoardFilter(only_due_soon=True),
        BoardFilter(only_today=True),
        BoardFilter(with_tag=Tag.EARLY_ACTION),
        BoardFilter(without_tag=Tag.EARLY_ACTION, urgency=Urgency.FAST),
    ],
    ids=[
        "everything",
        "mine",
        "my-unit",
        "urgent",
        "overdue",
        "due-soon",
        "today",
        "early-action",
        "fast-without-early-action",
    ],
)
def test_the_figures_equal_the_rows(life, read, wanted):
    life.at("handling")
    life.register(urgency=Urgency.URGENT)
    life.hall.clock.forward(minutes=9)
    life.register(channel=Channel.EARLY_ACTION, appellant=Appellant())
    life.hall.clock.forward(minutes=4)

    rows = read("周航", board_page, wanted=wanted)
    counts = read("周航", board_counts, wanted=wanted)

    assert counts.open == len(rows)
    assert counts.overdue == sum(row.is_overdue(life.hall.clock()) for row in rows)
    assert counts.whose[wanted.whose] == len(rows)


def test_a_board_shows_the_first_page_of_each_column_as_pages_go_on(life, read, monkeypatch):
    monkeypatch.setattr("desk.queries.board_columns.PAGE", 2)
    for stage in ("handling", "signing", "sealing", "sealing"):
        life.at(stage)
    for urgency in (Urgency.URGENT, Urgency.FAST, Urgency.URGENT):
        life.register(urgency=urgency)
    stages = [statuses for _, statuses in STAGES]

    for sizes, shown in (((), 2), ((3, 0, 0, 0, 3), 3)):
        board = read("周航", whole_board, wanted=EVERYTHING, stages=stages, sizes=sizes)
        pages = [read("周航", board_page, wanted=EVERYTHING.of(s), size=shown) for s in stages]
        assert [list(column) for column in board.columns] == pages


def test_the_columns_of_a_board_gather_its_stages_and_their_counts(life, read):
    life.register()
    life.at("signing")
    life.at("sealing")

    board = read("周航", whole_board, wanted=EVERYTHING, stages=[s for _, s in STAGES])

    assert [len(column) for column in board.columns] == [1, 0, 0, 0, 2, 0]
    assert [board.counts.of(statuses)[0] for _, statuses in STAGES] == [1, 0, 0, 0, 2, 0]


def test_a_tag_divides_the_board_in_two(life, read):
    first, second = life.register(), life.register()
    life.do("周航", LinkRepeat, second, earlier=first)

    with_it = read("周航", board_page, wanted=BoardFilter(with_tag=Tag.REPEAT))
    without = read("周航", board_page, wanted=BoardFilter(without_tag=Tag.REPEAT))

    assert [row.id for row in with_it] == [second]
    assert [row.id for row in without] == [first]


def test_a_whole_branch_of_categories_can_be_asked_for(life, read):
    life.register()
    life.register(category=life.hall.category("占道经营"))

    branch = BoardFilter(category=life.hall.category("街面秩序"))

    assert seqs(read("周航", board_page, wanted=branch)) == [2]


def test_todays_figures_do_not_depend_on_the_stage(life, read):
    life.register()
    life.hall.clock.forward(days=1)
    life.register()

    counts = read("周航", board_counts, wanted=replace(EVERYTHING, only_overdue=True))

    assert counts.received_today == 1
    assert counts.closed_today == 0


def test_who_is_complained_about_does_not_find_the_case(life, read):
    life.register(accused_unit=life.hall.unit("城建办"))
    life.register(purpose=Purpose.REPORT)

    assert seqs(read("赵强", board_page, wanted=EVERYTHING)) == []
    assert read("赵强", board_counts, wanted=EVERYTHING).open == 0
    assert seqs(read("冯丽", board_page, wanted=EVERYTHING)) == [1]
    assert seqs(read("秦岚", board_page, wanted=EVERYTHING)) == [1, 2]


def test_closed_cases_are_found_when_they_are_asked_for(life, read):
    life.register(exit=Exit.ON_SPOT, answer="已当场断电并更换。")

    closed = BoardFilter(statuses=frozenset({CaseStatus.CLOSED}))

    assert seqs(read("何平", board_page, wanted=EVERYTHING)) == []
    assert seqs(read("何平", board_page, wanted=closed)) == [1]
