"""What can be put into an answer with a key (常用语与答复口径, Ctrl+J), and past answers.

A text outside its validity is still found, marked as ended: who knows the old wording must be
told that it no longer holds.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from desk.rules.codes import LibraryKind, OpinionStatus
from desk.rules.moments import day_of
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import Case, Category, LibraryText, Opinion
from desk.store.sight import seen_by, spelled

_MOST = 60
_PAST = 8
_LOOKED_THROUGH = 20_000  # letters: a large street writes as many in some months


@dataclass(frozen=True, slots=True)
class AnswerText:
    """One text that can be inserted.

    Attributes:
        validity: the days between which it holds, in words.
        holds: whether it holds today.
    """

    id: int
    kind: str
    title: str
    body: str
    source: str
    validity: str
    holds: bool
    category: str = ""


def answer_texts(
    reader: Reader, words: str = "", category: int | None = None
) -> tuple[AnswerText, ...]:
    """Return the texts that hold all the words, best first.

    Those of the case's own category come first, then those that hold today, then the newest.
    """
    today = day_of(reader.now)
    rows = reader.session.execute(
        select(LibraryText, Category.name)
        .outerjoin(Category, Category.id == LibraryText.category_id)
        .where(LibraryText.street_id == reader.person.street_id)
    ).all()
    parts = words.lower().split()
    found = [(row, name or "") for row, name in rows if _fits(row, name or "", parts)]
    found.sort(
        key=lambda pair: (
            not _holds(pair[0], today),
            category is None or pair[0].category_id != category,
            not _in_title(pair[0], parts),
            -pair[0].valid_from.toordinal(),
            pair[0].title,
        )
    )
    return tuple(_shown(row, name, today) for row, name in found[:_MOST])


def past_answers(
    reader: Reader, words: str = "", category: int | None = None
) -> tuple[AnswerText, ...]:
    """Return what was answered before in cases that the reader may see, newest first.

    The letters themselves are offered, without title and salutation, which name the appellant.
    Only the newest of the street are looked through: what was said longer ago hardly holds.
    """
    signed = Opinion.status == spelled(OpinionStatus.SIGNED)
    newest = (
        select(Opinion.id)
        .where(Opinion.street_id == reader.person.street_id, signed)
        .order_by(Opinion.signed_at.desc())
        .limit(_LOOKED_THROUGH)
    )
    query = (
        select(Opinion.id, Opinion.decision, Opinion.basis, Opinion.signed_at, Case.number,
               Case.summary, Category.name)
        .join(Case, Case.id == Opinion.case_id)
        .join(Category, Category.id == Case.category_id)
        .where(Opinion.id.in_(newest), seen_by(reader.person), Case.is_secret.is_(False),
               ~_written_anew())
        .order_by(Opinion.signed_at.desc())
        .limit(_PAST)
    )  # fmt: skip
    if category is not None:
        query = query.where(Case.category_id == category)
    for part in words.split():
        query = query.where(Opinion.decision.contains(part) | Case.summary.contains(part))
    return tuple(
        AnswerText(
            id=row.id,
            kind="以往答复",
            title=row.summary,
            body=row.decision,
            source=row.basis or "",
            validity=f"{row.number}，{day_of(row.signed_at):%Y-%m-%d} 签发",
            holds=True,
            category=row.name,
        )
        for row in reader.session.execute(query)
    )


def _written_anew() -> ColumnElement[bool]:
    """Return whether there is a newer version of an opinion (改后重签): the signed one is void."""
    newer = aliased(Opinion)
    return exists(
        select(newer.id).where(
            newer.case_id == Opinion.case_id,
            newer.round_no == Opinion.round_no,
            newer.revision > Opinion.revision,
        )
    )


def _fits(row: LibraryText, category: str, parts: list[str]) -> bool:
    text = f"{row.title} {row.pinyin} {row.body} {row.source or ''} {category}".lower()
    return all(part in text for part in parts)


def _in_title(row: LibraryText, parts: list[str]) -> bool:
    return all(part in f"{row.title} {row.pinyin}".lower() for part in parts)


def _holds(row: LibraryText, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or on < row.valid_to)


def _shown(row: LibraryText, category: str, today: date) -> AnswerText:
    return AnswerText(
        id=row.id,
        kind=label(LibraryKind(row.kind)),
        title=row.title,
        body=row.body,
        source=row.source or "",
        validity=_validity(row, today),
        holds=_holds(row, today),
        category=category,
    )


def _validity(row: LibraryText, today: date) -> str:
    if row.valid_from > today:
        return f"{row.valid_from:%Y-%m-%d} 起生效，现在还不能用"
    if row.valid_to is None:
        return f"{row.valid_from:%Y-%m-%d} 起有效"
    if row.valid_to <= today:
        return f"已于 {row.valid_to:%Y-%m-%d} 失效"
    return f"{row.valid_from:%Y-%m-%d} 至 {row.valid_to:%Y-%m-%d} 有效"
