"""What the latest cases say, cut into words once (近期件的用词), until a case changes.

Only for cases that the asker's own query has found; nothing here says who may see what.
"""

from collections import OrderedDict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.likeness import Features, features
from desk.store.models import Case, Place

_LETTERS = 300
_KEPT = 6000
_AT_ONCE = 500

_cut: OrderedDict[tuple[int, int], Features] = OrderedDict()  # by case and version


def case_words(session: Session, wanted: Sequence[tuple[int, int]]) -> dict[int, Features]:
    """Return the words of cases, each named with its version, without the names of places."""
    found = {case: _cut[(case, version)] for case, version in wanted if (case, version) in _cut}
    fresh = [case for case, _version in wanted if case not in found]
    names = tuple(session.scalars(select(Place.name))) if fresh else ()
    for start in range(0, len(fresh), _AT_ONCE):
        part = fresh[start : start + _AT_ONCE]
        rows = session.execute(select(Case.id, Case.version, Case.details).where(Case.id.in_(part)))
        for case, version, details in rows:
            found[case] = _cut[(case, version)] = features(details[:_LETTERS], without=names)
    while len(_cut) > _KEPT:
        _cut.popitem(last=False)
    return found
