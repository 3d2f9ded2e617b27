"""Find anything from anywhere (查找, Ctrl+K): cases, papers, and what can be done right here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from desk.queries.search import CaseHit, Found, PaperHit, find
from desk.rules.deeds import Deed
from desk.rules.moments import in_shanghai
from desk.rules.rights import may_in_hall
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.palette_rows import PaletteRow
from desk.ui.scanner import case_of, paper_of
from desk.ui.search_box import SearchBox

_WIDTH = 640
ASK = "按编号查阅调解卷（写明理由）"
_COMMITTEES = "调字"  # stands in the number of every file of the committee
_HINT = "姓名、电话尾号（至少四位）、编号、地址，或者要做的事；回执二维码可直接扫"
_NOTHING = "没有找到。换个说法，或只写一部分再试；您无权查看的诉求不会出现。"


@dataclass(frozen=True, slots=True)
class PaletteAction:
    """Something to do from here, found by its words."""

    label: str
    key: str
    carry_out: Callable[[], object]


class Palette(SearchBox):
    """Cases, papers and things to do, found by a few words or by a scanned code.

    Signals:
        case_wanted: a case was chosen; carries its id.
        paper_wanted: a paper was chosen that belongs to no case; carries its id.
        mediation_asked: a mediation is to be asked for by a number; carries what was typed of it.
    """

    case_wanted = Signal(object)
    paper_wanted = Signal(object)
    mediation_asked = Signal(str)

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(host, "查找", _WIDTH)
        self._desk = desk
        self._actions: Sequence[PaletteAction] = ()
        self._asked = 0
        self.say(_HINT)

    def offer(self, actions: Sequence[PaletteAction]) -> None:
        """Offer these things to do."""
        self._actions = actions

    def open_for(self, text: str = "", *, all_actions: bool = False) -> None:
        """Show the palette with `text` in its line, or with everything that can be done here."""
        self.appear(text)
        self.show_rows(self._fitting_actions("") if all_actions else [])
        self.say("" if all_actions else _HINT)
        if text:
            self.search(text)

    def cleared(self) -> None:
        """Say what can be found."""
        self.show_rows([])
        self.say(_HINT)

    def search(self, text: str) -> None:
        """Ask for cases and papers; what can be done here is known already."""
        self._asked += 1
        self._desk.ask(
            partial(find, text=text), owner=self, done=partial(self._on_found, text, self._asked)
        )

    def on_enter(self) -> None:
        """Open a scanned case at once; otherwise take the chosen row."""
        typed = self.line.text()
        paper, case = paper_of(typed), case_of(typed)
        if paper is not None:
            self._leave_to(partial(self.paper_wanted.emit, paper))
        elif case is not None:
            self._leave_to(partial(self.case_wanted.emit, case))
        else:
            super().on_enter()

    def choose(self, row: int) -> None:
        """Open the case or do the thing."""
        rows = self.rows()
        if 0 <= row < len(rows):
            self._leave_to(rows[row].carry_out)

    def _on_found(self, text: str, asked: int, found: Found) -> None:
        if asked != self._asked or self.isHidden():
            return  # a newer question is on its way
        rows = [_case_row(hit, self.case_wanted) for hit in found.cases]
        rows += [self._paper_row(hit) for hit in found.papers]
        rows += [*self._asking(text), *self._fitting_actions(text)]
        self.show_rows(rows)
        more = "还有更多，再写一点就能找准。" if found.is_more else ""
        self.say(more if rows else _NOTHING)

    def _leave_to(self, carry_out: Callable[[], object]) -> None:
        self.put_away()
        carry_out()

    def _paper_row(self, hit: PaperHit) -> PaletteRow:
        day = in_shanghai(hit.issued_at)
        opens = partial(self.paper_wanted.emit, hit.id)
        if hit.case_id is not None:
            opens = partial(self.case_wanted.emit, hit.case_id)
        return PaletteRow(
            group="文书",
            head=hit.number,
            note="",
            why=f"{hit.title} · {day.year} 年 {day.month} 月 {day.day} 日",
            carry_out=opens,
        )

    def _asking(self, text: str) -> list[PaletteRow]:
        """Offer to ask for what looks like the number of a mediation, whether there is one or not.

        Its words alone offer it too: not everybody knows how such numbers look.
        """
        is_number = _COMMITTEES in text and any(sign.isdigit() for sign in text)
        has_words = all(word in ASK for word in text.split())
        if not may_in_hall(Deed.ASK_MEDIATION, self._desk.person) or not (is_number or has_words):
            return []
        asks = partial(self.mediation_asked.emit, text.strip() if is_number else "")
        return [PaletteRow("调解", ASK, "", "", carry_out=asks)]

    def _fitting_actions(self, text: str) -> list[PaletteRow]:
        words = text.lower().split()
        return [
            PaletteRow("动作", action.label, "", "", key=action.key, carry_out=action.carry_out)
            for action in self._actions
            if all(word in action.label.lower() for word in words)
        ]


def _case_row(hit: CaseHit, wanted: SignalInstance) -> PaletteRow:
    day = in_shanghai(hit.received_at)
    words = f"{day.year} 年 {day.month} 月 {day.day} 日"
    return PaletteRow(
        group="案件",
        head=f"{hit.seq:05}",
        note=" · ".join(part for part in (words, hit.unit) if part),
        why=f"{hit.number} · {hit.why}",
        mark=label(hit.status),
        carry_out=partial(wanted.emit, hit.id),
    )
