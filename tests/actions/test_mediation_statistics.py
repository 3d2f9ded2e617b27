"""The table of mediations on paper says what the screen says, and stays as it was printed."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from desk.actions.mediation_statistics import IssueMediationStatistics
from desk.queries.mediation_figures import mediation_figures
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.mediation_codes import MediationStatus
from desk.store.models import Paper
from tests.actions.mediations import MENG, Mediations
from tests.actions.work import LI, ZHENG

DAY = date(2026, 11, 2)


@pytest.fixture
def work(shared_hall):
    shared_hall.clock.set("2026-11-02 09:00")
    return Mediations(shared_hall, shared_hall.clock)


def printed(work, who=ZHENG, first=DAY, last=DAY):
    request = IssueMediationStatistics(**work.hall.by(who), first=first, last=last)
    made = work.desk(who).carry_out(request).made
    with Session(work.hall.engine) as session:
        return session.get_one(Paper, made["paper"])


def on_paper(paper):
    return {line["name"]: line["count"] for line in paper.row["lines"]}


def test_screen_and_paper_count_alike_and_the_paper_stays(work):
    work.lay(MediationStatus.APPLIED)
    work.lay()
    figures = work.desk(ZHENG).read(lambda r: mediation_figures(r, DAY, DAY))

    paper = printed(work)

    assert paper.row["office"] == "青榕街道人民调解委员会"
    assert on_paper(paper)["调解案件"] == str(figures["total"])
    assert on_paper(paper)["物业"] == str(figures["by_kind"][0]["count"])
    work.lay()
    assert on_paper(printed(work, MENG))["调解案件"] == str(figures["total"] + 1)
    assert paper.row["lines"][0]["count"] == str(figures["total"])


def test_a_period_that_ends_before_it_begins_is_refused(work):
    with pytest.raises(RuleBroken, match="请对调后再打印"):
        printed(work, first=DAY, last=date(2026, 11, 1))


def test_a_window_clerk_prints_no_statistics_of_mediations(work):
    with pytest.raises(NotAllowed):
        printed(work, LI)
