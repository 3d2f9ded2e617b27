"""Bulletins as the hall would freeze them (月研判、公开版)."""

from collections.abc import Callable, Mapping
from typing import Any

from desk.rules.bulletin_paper import bulletin_row, public_row
from desk.rules.bulletin_public import public_facts
from desk.rules.bulletin_words import public_sentences, sentences
from tests.bulletin_specimen import facts, total
from tests.forms.paper_specimen import paper

NUMBER = "青榕通报〔2026〕5号"


def _month() -> dict[str, Any]:
    return facts(
        "monthly", year_ago=total(received=60, repeats=4, national=2, satisfaction_rate="89.90")
    )


def bulletin() -> dict[str, Any]:
    one = _month()
    return {**paper(NUMBER, "bulletin"), "seal_place": False, **bulletin_row(one, sentences(one))}


def public_bulletin() -> dict[str, Any]:
    one = public_facts(_month(), 3)
    row = public_row(one, public_sentences(one), 3)
    return {**paper(NUMBER, "public-bulletin"), "seal_place": False, **row}


BULLETINS: Mapping[str, Callable[[], Any]] = {
    "bulletin": bulletin,
    "public-bulletin": public_bulletin,
}
