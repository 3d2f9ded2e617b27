"""Cases for the tests of the three rates."""

from datetime import date

from desk.rules.codes import Resolution, Satisfaction
from desk.rules.three_rates import RatedCase

DAY = date(2026, 6, 15)


def rated(**facts) -> RatedCase:
    """A case that is resolved to the appellant's satisfaction, unless `facts` say other."""
    usual = {
        "received_on": DAY,
        "units": ("城建办",),
        "was_contacted": True,
        "resolution": Resolution.YES,
        "satisfaction": Satisfaction.SATISFIED,
    }
    return RatedCase(**usual | facts)


def cases(n: int, **facts) -> list[RatedCase]:
    """So many equal cases."""
    return [rated(**facts)] * n
