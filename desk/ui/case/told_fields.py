"""How and when the appellant was told (告知诉求人): the same fields in several panels."""

from datetime import datetime, timedelta

from desk.queries.case_file import CaseFile
from desk.rules.codes import ContactResult, ContactWay
from desk.rules.moments import say_due, say_moment
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel
from desk.ui.case.form_parts import coded
from desk.ui.case.ringing_fields import RingingFields, Rung
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.moment_edit import MomentEdit

_JUST_NOW = timedelta(hours=1)


class Told(Rung):
    """The part of a request that says how the appellant was told."""

    told_way: ContactWay | None
    told_at: datetime | None


class ToldFields:
    """The way, then the moment, which is now unless something else is written; may he be rung.

    Args:
        hint: what is said below the way.
    """

    def __init__(self, panel: DeedPanel, *, hint: str = "") -> None:
        self._panel, form = panel, panel.form
        self._way = form.choice("told_way", "怎么告知诉求人的", coded(ContactWay), small=True)
        if hint:
            form.add(text_label(hint, "hint", wraps=True))
        field = MomentEdit("什么时候告知的", panel.desk.now, past_only=True)
        self._at = form.moment("told_at", "什么时候告知的", field)
        self._same = text_label("", "hint", wraps=True)
        form.add(self._same)
        self._same.hide()
        self._ringing = RingingFields(panel, way="told_way")
        self._proposed: datetime | None = None
        self._way.chosen.connect(self._propose)
        self._at.moment_changed.connect(self._on_moment)

    def value(self) -> Told:
        """Return what was said; nothing while no way was chosen."""
        way = self._way.value()
        if way is None:
            return Told(told_way=None, told_at=None, over_reason="", rang_in=False)
        told_way, at = ContactWay(str(way)), self._at.moment()
        return Told(
            told_way=told_way,
            told_at=moment_of(self._panel.file, told_way, at),
            **self._ringing.value(),
        )

    def _propose(self, way: object) -> None:
        """Propose the talk of just now if it stands on the list already, else this moment."""
        now = self._panel.desk.now()
        talk = newest_talk(self._panel.file, ContactWay(str(way)), now)
        words = ""
        if talk is not None:
            said = say_moment(talk, seen_at=now)
            words = f"{said} 那次{label(ContactWay(str(way)))}联系已在清单上：就是那时说的，"
            words += "时间不用改，不会记两次；另外又说的，请改时间。"
        self._same.setText(words)
        self._same.setVisible(bool(words))
        if not self._at.text() or self._at.moment() == self._proposed:  # nobody has changed it
            self._proposed = (talk or now).replace(second=0, microsecond=0)
            self._at.set_moment(self._proposed)
        self._on_moment(self._at.moment())

    def _on_moment(self, at: datetime | None) -> None:
        way = self._way.value()
        is_listed = way is not None and stands_on_list(self._panel.file, ContactWay(str(way)), at)
        self._ringing.take_as_listed(is_listed=is_listed)


def newest_talk(file: CaseFile, way: ContactWay, now: datetime) -> datetime | None:
    """Return when he was last reached in this way, if that was within the last hour."""
    talks = [at for at in _talks(file, way) if now - _JUST_NOW <= at <= now]
    return max(talks, default=None)


def moment_of(file: CaseFile, way: ContactWay, at: datetime | None) -> datetime | None:
    """Return the very moment of the talk on the list that a minute stands for, or that minute."""
    return next((talk for talk in _talks(file, way) if _is_in(talk, at)), at)


def stands_on_list(file: CaseFile, way: ContactWay, at: datetime | None) -> bool:
    """Return whether a talk of that minute stands on the list of contacts already."""
    return any(_is_in(talk, at) for talk in _talks(file, way))


def _is_in(talk: datetime, at: datetime | None) -> bool:
    return at is not None and at <= talk < at + timedelta(minutes=1)


def _talks(file: CaseFile, way: ContactWay) -> list[datetime]:
    reached = ContactResult.REACHED
    return [one.happened_at for one in file.contacts if (one.way, one.result) == (way, reached)]


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
