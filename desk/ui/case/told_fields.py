"""How and when the appellant was told (告知诉求人): the same three fields in several panels."""

from datetime import datetime
from typing import TypedDict

from desk.queries.case_file import CaseFile
from desk.rules.codes import ContactWay
from desk.rules.moments import say_due, say_moment
from desk.rules.wording import label
from desk.ui.case.form_column import FormColumn
from desk.ui.case.form_parts import coded
from desk.ui.desk import Desk
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.moment_edit import MomentEdit


class Told(TypedDict):
    """The part of a request that says how the appellant was told."""

    told_way: ContactWay | None
    told_at: datetime | None


class ToldFields:
    """The way, then the moment, which is now unless something else is written.

    Args:
        hint: what is said below the way.
    """

    def __init__(self, desk: Desk, form: FormColumn, *, hint: str = "") -> None:
        self._desk = desk
        self._way = form.choice("told_way", "怎么告知诉求人的", coded(ContactWay), small=True)
        if hint:
            form.add(text_label(hint, "hint", wraps=True))
        field = MomentEdit("什么时候告知的", desk.now, past_only=True)
        self._at = form.moment("told_at", "什么时候告知的", field)
        self._way.chosen.connect(self._propose)

    def value(self) -> Told:
        """Return what was said; nothing while no way was chosen."""
        way = self._way.value()
        if way is None:
            return Told(told_way=None, told_at=None)
        return Told(told_way=ContactWay(str(way)), told_at=self._at.moment())

    def _propose(self, _way: object) -> None:
        if not self._at.text():
            self._at.set_moment(self._desk.now().replace(second=0, microsecond=0))


def legal_words(file: CaseFile, now: datetime) -> str:
    """Say which limits of the law run on whatever is granted or paused; empty: none."""
    said = [
        f"“{row.facts.name}”{say_due(row.facts.due_at, seen_at=now)} 到期"
        for row in file.clocks
        if row.is_running and row.facts.is_legal and row.facts.due_at is not None
    ]
    if not said:
        return ""
    return f"法定时限照走，不因延期、挂账、暂停停表：{'，'.join(said)}。"


def told_words(way: ContactWay | None, at: datetime | None, note: str, now: datetime) -> str:
    """Return how the appellant was told, or that he was not."""
    if way is None or at is None:
        return "还没有告知诉求人。"
    more = f"，{note}" if note else ""
    return f"{say_moment(at, seen_at=now)} 已{label(way)}告知诉求人{more}。"
