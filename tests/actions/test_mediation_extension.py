"""A mediation goes on longer when every party has agreed, and has signed that it does."""

from datetime import date

import pytest

from desk.actions.mediation_extension import Consent, ExtendMediation, IssueExtension
from desk.actions.mediation_outcome import EndMediation
from desk.actions.mediation_papers import IssueMediationPaper, ScanBackMediation
from desk.queries.dossier import dossier_view
from desk.queries.mediation_file import mediation_file
from desk.rules.codes import PaperState
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.mediation_codes import EndReason
from desk.rules.mediation_papers import EXTENSION
from desk.store.models import Paper
from tests.actions.mediating import MENG, Mediating
from tests.actions.work import LI

SCAN = b"\xff\xd8\xff\xe0 signed"
LATER, LAST = date(2026, 12, 20), date(2027, 1, 10)


@pytest.fixture
def mediating(work):
    return Mediating(work)


def extend(mediating, one, due_on):
    """Record that all agreed today."""
    today = mediating.row(one).received_on
    consents = tuple(Consent(party.id, today) for party in mediating.parties(one))
    mediating.ask(MENG, ExtendMediation, one, due_on=due_on, consents=consents)


def form(mediating, one, due_on):
    """Issue the form and return its paper."""
    made = mediating.ask(MENG, IssueExtension, one, due_on=due_on).made
    return paper_of(mediating, one, made["paper"])


def paper_of(mediating, one, paper_id):
    return next(paper for paper in mediating.all(Paper, one) if paper.id == paper_id)


def test_an_extension_needs_every_party_and_keeps_the_first_day(mediating):
    one = mediating.accept()
    both = [party.id for party in mediating.parties(one)]
    today, later = date(2026, 11, 2), date(2026, 12, 20)
    agreed = tuple(Consent(party, today) for party in both)
    with pytest.raises(RuleBroken, match="李国强 还没有"):
        mediating.ask(MENG, ExtendMediation, one, due_on=later, consents=agreed[:1])
    tomorrow = tuple(Consent(party, date(2026, 11, 3)) for party in both)
    with pytest.raises(RuleBroken, match="不能晚于今天"):
        mediating.ask(MENG, ExtendMediation, one, due_on=later, consents=tomorrow)
    mediating.ask(MENG, ExtendMediation, one, due_on=later, consents=agreed)
    row = mediating.row(one)
    assert (row.due_on, row.original_due_on) == (later, date(2026, 12, 2))
    assert {party.agreed_longer_on for party in mediating.parties(one)} == {today}


def test_the_form_says_until_when_and_extends_nothing_by_itself(mediating):
    one = mediating.staffed()
    paper = form(mediating, one, LATER)
    row, number = paper.row, mediating.row(one).number
    assert (paper.code, paper.number) == (EXTENSION, f"{number}之一")
    days = (row["accepted_on"], row["due_on"], row["until"], row["by_hand"])
    assert days == ("2026-11-02", "2026-12-02", "2026-12-20", None)
    signs = "、".join(line["caption"].partition("（")[0] for line in row["signers"])
    assert signs == "申请人 张春兰、被申请人 李国强、人民调解员"
    assert mediating.row(one).due_on == date(2026, 12, 2)


def test_another_day_before_they_have_signed_makes_the_form_anew(mediating):
    one = mediating.staffed()
    first, second = form(mediating, one, LATER), form(mediating, one, LAST)
    assert (second.replaces_id, second.number, second.revision) == (first.id, first.number, 2)
    assert paper_of(mediating, one, first.id).state is PaperState.VOID


def test_each_extension_has_a_consent_of_its_own(mediating):
    one = mediating.staffed()
    first = form(mediating, one, LATER)
    extend(mediating, one, LATER)
    second = form(mediating, one, LAST)
    assert (second.replaces_id, second.row["due_on"]) == (None, "2026-12-20")
    scan = {"paper": second.id, "media_type": "image/jpeg", "scan": SCAN}
    mediating.ask(MENG, ScanBackMediation, **scan)
    third = form(mediating, one, date(2027, 1, 20))
    assert third.replaces_id is None
    assert len({first.number, second.number, third.number}) == 3


def test_the_day_is_left_for_handwriting_or_taken_from_what_was_recorded(mediating):
    one = mediating.staffed()
    blank = mediating.ask(MENG, IssueMediationPaper, one, code=EXTENSION).made["paper"]
    row = paper_of(mediating, one, blank).row
    assert (row["until"], row["by_hand"].split()) == (None, ["年", "月", "日"])
    extend(mediating, one, LATER)
    known = mediating.ask(MENG, IssueMediationPaper, one, code=EXTENSION).made["paper"]
    row = paper_of(mediating, one, known).row
    assert (row["due_on"], row["until"], row["by_hand"]) == ("2026-12-02", "2026-12-20", None)


def test_a_dossier_that_was_extended_asks_for_the_signed_consent_and_binds_it(mediating):
    one = mediating.staffed()

    def lacks():
        file = mediating.work.desk(MENG).read(lambda reader: mediation_file(reader, one))
        return "还缺各方签字的延长调解期限同意书" in "".join(file.body.lacks)

    paper = form(mediating, one, LATER)
    assert not lacks()
    extend(mediating, one, LATER)
    assert lacks()
    mediating.ask(MENG, ScanBackMediation, paper=paper.id, media_type="image/jpeg", scan=SCAN)
    assert not lacks()
    view = mediating.work.desk(MENG).read(lambda reader: dossier_view(reader, one))
    titles = [(piece.title, piece.note) for piece in view.pieces]
    assert ("延长调解期限同意书（签字件）", "必须") in titles


def test_the_form_is_refused_where_it_makes_no_sense(mediating):
    one = mediating.staffed()
    with pytest.raises(RuleBroken):
        form(mediating, one, date(2026, 12, 2))
    with pytest.raises(NotAllowed):
        mediating.ask(LI, IssueExtension, one, due_on=LATER)
    ended = {"end_reason": EndReason.REFUSES, "was_told": True}
    mediating.ask(MENG, EndMediation, one, **ended)
    with pytest.raises(RuleBroken, match="在受理以后、有结果以前"):
        mediating.ask(MENG, IssueMediationPaper, one, code=EXTENSION)
