"""The history tells every row that hangs on a case (随案各行), and no words of it twice."""

from itertools import chain

from desk.actions.pauses import PauseClocks
from desk.rules.clock_codes import PauseReason
from desk.rules.codes import ContactWay
from desk.store.models import Assignment, Clock, Matter, Paper
from tests.actions.work import ZHAO, S


def rows(work, case, nth=-1):
    return work.history(case)[nth].payload.get("rows", {})


def test_a_line_names_what_it_added_and_how_that_stands(work):
    case = work.to(S.DISPATCHED)

    told, (part,) = rows(work, case), work.all(Assignment, case)

    assert told["assignments"][str(part.id)]["status"] == "waiting"
    assert told["assignments"][str(part.id)]["unit_id"] == work.unit("城建办")
    (slip,) = work.papers(case, "dispatch-slip")
    assert told["papers"][str(slip.id)]["number"] == slip.number
    first = rows(work, case, 0)
    assert first["cases"][str(case)]["status"] == "received"
    assert first["cases"][str(case)]["next_clock"] == "contact"
    assert [*first["matters"]] == [str(matter.id) for matter in work.all(Matter, case)]


def test_a_line_names_only_what_is_other_in_a_row_that_was_there(work):
    case = work.to(S.HANDLING)
    facts = {"told_way": ContactWay.PHONE, "told_at": work.clock()}
    work.ask(ZHAO, PauseClocks, case, reason=PauseReason.MATERIALS, note="等证明", **facts)

    told = rows(work, case)

    resting = [one for one in work.all(Clock, case) if one.paused_since]
    assert told["clocks"] == {
        str(one.id): {"paused_since": one.paused_since.isoformat()} for one in resting
    }
    assert len(told["clock_pauses"]) == len(resting)


def test_words_stand_in_their_row_alone_and_papers_of_the_hall_are_no_case_s(work):
    case = work.to(S.DELIVERING)

    for line in work.history(case):
        told = str(line.payload.get("rows", {}))
        assert "陈桂芳" not in told
        assert "配电箱" not in told
    told = [line.payload["rows"].get("papers", {}) for line in work.history(case)]
    assert {*chain(*told)} == {str(paper.id) for paper in work.all(Paper, case)}
