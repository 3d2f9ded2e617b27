"""A bulletin of an imported ledger holds what `rates` says, and every figure leads to its cases."""

from functools import partial

from desk.exchange.bulletin_book import bulletin_book
from desk.queries.bulletin_draft import bulletin_draft
from desk.queries.figure_cases import Figure, figure_cases, figure_count
from desk.queries.rate_figures import period_report
from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_figures import COUNTS
from desk.rules.measures import Measure
from desk.rules.rate_groups import GroupBy

_MOST = 2000


def bulletin_agrees(street, on):
    """Hold the bulletin of a month against statistics and the cases behind each figure."""
    draft = street.read(partial(bulletin_draft, kind=BulletinKind.MONTHLY, on=on))
    facts = draft.facts
    first, last = on.replace(day=1), on
    report = street.read(lambda r: period_report(r, first, last))
    assert facts["total"] == report["total"]
    assert {row["key"]: row["received"] for row in facts["units"]} == {
        row["key"]: row["received"] for row in report["rows"]
    }
    for key in COUNTS:
        asked = Figure(first, last, Measure(key))
        assert street.read(partial(figure_count, figure=asked)) == facts["total"][key], key
        cases = street.read(partial(figure_cases, figure=asked, size=_MOST))
        assert len({case.id for case in cases}) == facts["total"][key], key
    groups = ((GroupBy.UNIT, "units"), (GroupBy.COMMUNITY, "communities"))
    for by, group in (*groups, (GroupBy.CATEGORY, "categories")):
        for row in facts[group]:
            asked = Figure(first, last, Measure.RECEIVED, by=by, key=row["key"])
            assert street.read(partial(figure_count, figure=asked)) == row["received"], row["key"]
    listed = street.read(partial(figure_cases, figure=Figure(first, last, Measure.DOUBLE_NO)))
    assert {case["id"] for case in facts["double_no"]["cases"]} <= {case.id for case in listed}
    sheet = bulletin_book(facts, draft.sentences)["主要指标"]
    assert sheet["B2"].value == facts["total"]["received"]
    assert draft.row["figures"][0]["now"] == str(facts["total"]["received"])
    return facts
