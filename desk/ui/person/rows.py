"""How a person's cases stand in the list (一人一档的单子): plain functions, no widgets."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from desk.queries.person_page import Kept, PersonCase, PersonPage
from desk.rules.moments import in_shanghai
from desk.rules.reception_codes import VisitMode
from desk.rules.same_person import Group
from desk.rules.wording import label
from desk.ui.work_list import WorkRow

_HEADS = (
    (Group.UNSURE, "请核对", "可能是家人同用一个电话，或者同名的人"),
    (Group.OTHER, "不是同一人", "有人认定过，选中可以改"),
)


def person_rows(page: PersonPage) -> list[WorkRow]:
    """Return the person's open cases, the others year by year, then those to be looked at."""
    own = page.of(Group.SAME)
    still_open = [case for case in own if case.is_open]
    rows = [WorkRow(None, "在办", note=f"{len(still_open)} 件")] if still_open else []
    rows += [_row(case, with_year=True) for case in still_open]
    rows += _years(case for case in own if not case.is_open)
    kept = _kept(page.kept.get(Group.SAME, Kept()))
    if kept:
        rows.append(WorkRow(None, "由其他单位办理", note=kept))
    for group, words, why in _HEADS:
        cases, kept = page.of(group), _kept(page.kept.get(group, Kept()))
        if cases or kept:
            note = "；".join(filter(None, (why, kept)))
            rows.append(WorkRow(None, f"{words} {len(cases)} 件", note=note))
            rows += [_row(case, with_year=True) for case in cases]
    return rows


def say_case(case: PersonCase) -> str:
    """Return how a case is called in a sentence."""
    wall = in_shanghai(case.received_at)
    return f"{case.number}（{wall.year} 年 {wall.month} 月 {wall.day} 日，{case.unit}）"


def _years(cases: Iterable[PersonCase]) -> Iterator[WorkRow]:
    for year, of_year in groupby(cases, key=lambda case: in_shanghai(case.received_at).year):
        found = list(of_year)
        yield WorkRow(None, f"{year} 年", note=f"{len(found)} 件")
        yield from (_row(case) for case in found)


def _row(case: PersonCase, *, with_year: bool = False) -> WorkRow:
    wall = in_shanghai(case.received_at)
    year = f"{wall.year} 年 " if with_year else ""
    done = (
        (case.contacts, "联系 {} 次"),
        (case.follow_ups, "回访 {} 次"),
        (case.papers, "文书 {} 份"),
        (case.receptions, "领导接访 {} 次"),
    )
    told = " · ".join(words.format(count) for count, words in done if count)
    return WorkRow(
        case.id,
        f"{year}{wall.month} 月 {wall.day} 日　{label(case.status)}　{case.unit}",
        left=f"凭{case.words}",
        note="　".join(filter(None, (_came(case), told, case.number))),
    )


def _came(case: PersonCase) -> str:
    """Say how he came: by which channel, by appointment or by an agent where it was so."""
    mode = case.visit_mode
    if mode is None or mode is VisitMode.ON_SITE:
        return label(case.channel)
    return f"{label(case.channel)}（{label(mode)}）"


def _kept(kept: Kept) -> str:
    """Say how many there are that the reader may only count."""
    if not kept.times:
        return ""
    still_open = f"，{kept.still_open} 件在办" if kept.still_open else ""
    return f"另有 {kept.times} 件只显示件数{still_open}"
