"""Finding demands, resources, projects and opinions by their words (治理清单里找)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from desk.queries.gatherings import opinion_seen_by
from desk.rules.search_text import search_terms
from desk.store.database import Reader
from desk.store.models import Demand, GatheredOpinion, JointProject, OfferedResource

_MOST = 4  # of each list
_SHORTEST = 2  # characters; one alone is in nearly every line


class ListName(StrEnum):
    """Which list a line stands in."""

    OPINIONS = "意见征集"
    DEMANDS = "需求"
    RESOURCES = "资源"
    PROJECTS = "项目"


@dataclass(frozen=True, slots=True)
class ListHit:
    """A line that was found; of an opinion the meeting, in whose card it stands, is opened."""

    where: ListName
    id: int
    title: str


def list_hits(reader: Reader, text: str) -> tuple[ListHit, ...]:
    """Return the lines that contain every word, the newest of each list first."""
    words = [term.word for term in search_terms(text)]
    if not words or max(map(len, words)) < _SHORTEST:
        return ()
    street = reader.person.street_id
    opinions = (
        select(GatheredOpinion.gathering_id, GatheredOpinion.text)
        .where(opinion_seen_by(reader.person), _says(words, GatheredOpinion.text))
        .order_by(GatheredOpinion.id.desc())
    )
    found = [_hits(reader, ListName.OPINIONS, opinions)]
    for where, model in (
        (ListName.DEMANDS, Demand),
        (ListName.RESOURCES, OfferedResource),
        (ListName.PROJECTS, JointProject),
    ):
        lines = (
            select(model.id, model.title)
            .where(model.street_id == street, _says(words, model.title, model.details))
            .order_by(model.id.desc())
        )
        found.append(_hits(reader, where, lines))
    return tuple(hit for hits in found for hit in hits)


def _says(words: Sequence[str], *texts: Any) -> ColumnElement[bool]:
    """Return the condition that texts contain every word, in whichever case it is written."""
    return and_(
        *(
            or_(*(func.lower(text).contains(word.lower(), autoescape=True) for text in texts))
            for word in words
        )
    )


def _hits(reader: Reader, where: ListName, lines: Select[int, str]) -> list[ListHit]:
    rows = reader.session.execute(lines.limit(_MOST)).all()
    return [ListHit(where, key, title.splitlines()[0]) for key, title in rows]
