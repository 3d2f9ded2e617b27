"""A bulletin as it goes on paper (通报的纸面): its sentences and tables as one plain row."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_figures import Facts
from desk.rules.bulletin_periods import say_days
from desk.rules.bulletin_tables import (
    case_lines,
    figure_lines,
    goal_lines,
    hot_lines,
    task_lines,
    trend_lines,
    unit_lines,
)
from desk.rules.bulletin_words import SECTIONS, Section
from desk.rules.errors import RuleBroken

_MOST_CASES = 10  # on paper; the page and the workbook list more
_STALE = "这份通报的内容不完整，请重新打开“通报”再印发。"
_OUTSIDE = (
    *("title", "days", "rules_name", "made_at", "overview", "units", "hot", "solved"),
    *("figures", "ranked_units", "plain_units", "hot_spots", "run_up"),
)
_NEEDED = frozenset(
    {"kind", "from", "to", "counted_to", "made", "total", "before", "year_ago", "changes", "rules"}
)


def bulletin_row(facts: Facts, sentences: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return what the form prints besides number, office and date (`forms/bulletin_rows.py`)."""
    kind = BulletinKind(facts["kind"])
    units, cases = unit_lines(facts), case_lines(facts)
    return {
        "title": facts["title"],
        "days": say_days(kind, date.fromisoformat(facts["from"]), date.fromisoformat(facts["to"])),
        "rules_name": facts["rules"],
        "made_at": facts["made_at"],
        **{section.value: list(sentences.get(section.value, ())) for section in Section},
        "figures": list(figure_lines(facts)),
        "ranked_units": list(units) if facts["ranks"] else [],
        "plain_units": [] if facts["ranks"] else list(units),
        "hot_spots": list(hot_lines(facts)),
        "cases": list(cases[:_MOST_CASES]),
        "more_cases": len(cases) - _MOST_CASES if len(cases) > _MOST_CASES else None,
        "goals": list(goal_lines(facts)),
        "tasks": list(task_lines(facts)),
        "run_up": list(trend_lines(facts)),
    }


def public_row(facts: Facts, sentences: Mapping[str, Sequence[str]], least: int) -> dict[str, Any]:
    """Return what the form of the public version prints, from facts that may be told outside.

    Args:
        least: counts below it are not told; 0 where every one is.
    """
    whole = bulletin_row(facts, sentences)
    return {key: whole[key] for key in _OUTSIDE} | {"least": least or None}


def require_facts(facts: Facts) -> None:
    """Raise RuleBroken unless these are the facts of a bulletin."""
    if not facts.keys() >= _NEEDED or facts["kind"] not in set(BulletinKind):
        raise RuleBroken(_STALE)


def require_sentences(kind: BulletinKind, sentences: Mapping[str, Sequence[str]]) -> None:
    """Raise RuleBroken unless every section is one of this kind, and something is said at all."""
    if not sentences.keys() <= {section.value for section in SECTIONS[kind]}:
        raise RuleBroken(_STALE)
    if not any(text.strip() for said in sentences.values() for text in said):
        raise RuleBroken("通报一句话也没有，请至少写一节再印发。", field="texts")


def sections_of(names: Sequence[str], texts: Sequence[str]) -> dict[str, list[str]]:
    """Return sentences by section, from the sections and their texts, a sentence a line."""
    found: dict[str, list[str]] = {}
    for name, text in zip(names, texts, strict=True):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if lines:
            found[name] = lines
    return found
