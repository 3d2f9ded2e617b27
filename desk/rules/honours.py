"""Honours of the year (年度荣誉): units beside their figures, persons named by people alone.

Nobody is ranked: a unit is put forward with its figures, a person with a reason that somebody
writes and answers for (DOMAIN.md 001-10, 9.4).
"""

from desk.rules.assessment_codes import HonourKind
from desk.rules.errors import RuleBroken

SHORTEST = 10  # characters of a reason; “很好” is none


def require_nomination(
    kind: HonourKind, *, year: int, this_year: int, person: str, reason: str
) -> None:
    """Raise RuleBroken unless it is said who is named, for which year, and why."""
    if year > this_year:
        raise RuleBroken("年度请写今年或以前的年份。", field="year")
    if kind is HonourKind.PERSON and not person.strip():
        raise RuleBroken("请写被提名人的姓名。", field="person")
    if kind is HonourKind.UNIT and person.strip():
        raise RuleBroken("先进办件集体只提名单位，不写姓名。", field="person")
    if len(reason.strip()) < SHORTEST:
        raise RuleBroken(f"请写明提名的理由，至少 {SHORTEST} 个字。", field="reason")


def require_giving(*, is_given: bool, is_withdrawn: bool) -> None:
    """Raise RuleBroken unless an honour that was named can be given."""
    if is_withdrawn:
        raise RuleBroken("这项提名已撤回，不能授予。请刷新后再看。")
    if is_given:
        raise RuleBroken("这项荣誉已授予过，请刷新后再看。")


def require_withdrawal(*, is_withdrawn: bool, note: str) -> None:
    """Raise RuleBroken unless it is said why a name no longer stands."""
    if is_withdrawn:
        raise RuleBroken("这项提名已撤回，请刷新后再看。")
    if not note.strip():
        raise RuleBroken("请写明为什么撤回。", field="note")
