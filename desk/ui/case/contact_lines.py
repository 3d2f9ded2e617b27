"""The list of contacts as lines (联系): every attempt of every unit, the newest first."""

from datetime import datetime

from desk.queries.case_file import CaseFile
from desk.queries.case_views import ContactView
from desk.rules.codes import ContactResult
from desk.rules.moments import say_moment
from desk.rules.wording import label
from desk.ui.case.words import Line


def contact_lines(file: CaseFile, now: datetime) -> list[Line]:
    """Return who tried to reach the appellant, how, and what came of it; a wish stands on top."""
    lines = [_line(contact, now, is_now=at == 0) for at, contact in enumerate(file.contacts)]
    wish = file.calling.facts.wish
    if wish is None:
        return lines
    sentence = file.calling.advice(now).sentence
    when = _when(wish.at, now)
    return [Line(when, "请勿再打", "", (sentence,), is_now=False, is_quiet=True), *lines]


def _line(contact: ContactView, now: datetime, *, is_now: bool) -> Line:
    details = [contact.note] if contact.note else []
    if contact.call_back_at is not None:
        promised = f"答应 {say_moment(contact.call_back_at, seen_at=now)} 回电"
        back = contact.called_back_at
        kept = f"，{say_moment(back, seen_at=now)} 已回。" if back else "，还没有回。"
        details.append(promised + kept)
    if contact.over_reason and not contact.rang_in:
        details.append(f"仍要打的理由：{contact.over_reason}")
    return Line(
        time=_when(contact.happened_at, now),
        verb="诉求人来电"
        if contact.rang_in
        else f"{label(contact.way)}联系 {label(contact.result)}",
        who=" · ".join(part for part in (contact.who, contact.unit) if part),
        details=tuple(details),
        is_now=is_now and contact.result is ContactResult.REACHED,
        is_quiet=contact.result is not ContactResult.REACHED,
    )


def _when(moment: datetime, now: datetime) -> str:
    return say_moment(moment, seen_at=now).replace(" 日 ", " 日\n")
