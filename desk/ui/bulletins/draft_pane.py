"""Writing and issuing a bulletin (写通报): this day's, week's, month's, and the ones before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desk.actions.bulletins import IssueBulletin
from desk.exchange.bulletin_book import write_bulletin
from desk.queries.bulletin_draft import BulletinDraft, bulletin_draft
from desk.queries.bulletins import BulletinRow
from desk.queries.figure_cases import Figure
from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_periods import bulletin_period, short_days
from desk.rules.bulletin_words import Section
from desk.rules.errors import DeskError
from desk.rules.measures import Measure
from desk.rules.moments import day_of, in_shanghai
from desk.rules.papers import BULLETIN
from desk.rules.wording import label
from desk.ui.bulletins.pane import BulletinPane
from desk.ui.bulletins.sheet import BulletinSheet
from desk.ui.bulletins.words_editor import WordsEditor
from desk.ui.desk import Desk
from desk.ui.drafts import draft_key, drafts_of
from desk.ui.file_choice import choose_target
from desk.ui.keys import BulletinKey, GlobalKey
from desk.ui.long_work import LongPlan, LongWork, NoLongerWanted, WorkDoor
from desk.ui.printing import papers_of
from desk.ui.scroll_column import scrolled
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.work_list import WorkRow

DRAFT_KIND = "bulletin"
_MEASURES = (
    Measure.RECEIVED,
    Measure.VISITED,
    Measure.DOUBLE_YES,
    Measure.DOUBLE_NO,
    Measure.OVERDUE,
    Measure.REPEATS,
    Measure.NATIONAL,
)
_COUNTING = LongPlan("算通报的数", "bulletin", said=lambda _draft: "", stopped="")
_K = BulletinKind
_WHICH = (
    (_K.DAILY, 0, "今天"),
    (_K.DAILY, 1, "昨天"),
    (_K.WEEKLY, 0, "本周"),
    (_K.WEEKLY, 1, "上周"),
    (_K.MONTHLY, 0, "本月"),
    (_K.MONTHLY, 1, "上月"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which bulletin: its kind, and a day of its period."""

    kind: BulletinKind
    on: date
    called: str


def wanted_list(today: date) -> list[Wanted]:
    """Return the bulletins that are written on a day: of each kind this one and the last."""
    found = []
    for kind, ago, called in _WHICH:
        on = today
        for _ in range(ago):
            on = bulletin_period(kind, on, today).whole.first - timedelta(days=1)
        found.append(Wanted(kind, on, called))
    return found


class DraftPane(BulletinPane):
    """The list of what may be written, the sentences in the middle, the paper at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "写哪一期", parent)
        self._wanted = wanted_list(day_of(desk.now()))
        self._issued: Sequence[BulletinRow] = ()
        self._draft: BulletinDraft | None = None
        self._reading: LongWork | None = None
        self._is_acting = False
        self.editor = WordsEditor()
        self.sheet = BulletinSheet(desk)
        self.lay_out(((scrolled(self.editor), 42), (self.sheet, 44)), 28)
        self.list.chosen.connect(lambda _row: self.read())
        self.list.opened.connect(lambda _row: self.editor.fields[Section.OVERVIEW].setFocus())
        self.editor.edited.connect(self._on_edited)
        drafts_of(desk).loaded.connect(self.read)

    def show_bulletins(self, rows: Sequence[BulletinRow]) -> None:
        """Say beside each period whether it was issued."""
        self._issued = rows
        today = day_of(self.desk.now())
        self._wanted = wanted_list(today)
        self.list.set_rows([self._line(at, one, today) for at, one in enumerate(self._wanted)])

    def choose(self, kind: BulletinKind, on: date) -> None:
        """Write the bulletin of a period, whether it stands in the list or not."""
        today = day_of(self.desk.now())
        first = bulletin_period(kind, on, today).whole.first
        for at, one in enumerate(self._wanted):
            if one.kind is kind and bulletin_period(kind, one.on, today).whole.first == first:
                self.list.choose(at)
                return
        self._wanted.append(Wanted(kind, on, "以前"))
        self.list.set_rows([self._line(at, one, today) for at, one in enumerate(self._wanted)])
        self.list.choose(len(self._wanted) - 1)

    def read(self) -> None:
        """Read the facts of the chosen period anew."""
        one = self._chosen()
        if one is None:
            return
        self._draft = None
        self.sheet.clear()
        self.editor.say_note("正在算…")
        if self._reading is not None and isValid(self._reading):
            self._reading.stop()  # another period was chosen meanwhile

        def work(door: WorkDoor) -> BulletinDraft:
            door.begin_part("正在算这一期的数")
            return door.read(partial(bulletin_draft, kind=one.kind, on=one.on))

        done = partial(self._on_read, one)
        self._reading = self.desk.begin_long(
            _COUNTING, work, owner=self, done=done, failed=self._on_failure
        )
        self.offered.emit()

    def items(self) -> list[ActionItem]:
        """Return what may be done with the draft."""
        draft = self._draft
        if draft is None:
            return []
        words = "印发" if draft.issued is None else "重新印发"
        return [
            ActionItem(words, GlobalKey.FINISH, self.issue, "done", is_main=True),
            ActionItem("看数后面的件", BulletinKey.CASES, self._show_cases, "table"),
            ActionItem("按现在的数重写", "", self.write_anew, "redo"),
            ActionItem("存为工作簿", "", self._choose_book, "save"),
        ]

    def issue(self) -> None:
        """Issue the bulletin as it stands, and print it."""
        draft = self._draft
        if draft is None or self._is_acting:
            return
        said = self.editor.content()
        request = IssueBulletin(
            **self.desk.by_me(),
            figures=draft.facts,
            sections=tuple(said),
            texts=tuple("\n".join(lines) for lines in said.values()),
            replaces=draft.issued.id if draft.issued else None,
        )
        self._is_acting = True
        self.desk.act(request, owner=self, done=self._on_issued, failed=self._on_refused)

    def write_anew(self) -> None:
        """Drop what was edited and write the sentences from the figures as they are now."""
        drafts_of(self.desk).drop(self._key())
        self.read()

    def save_book(self, target: Path) -> None:
        """Write the draft as a workbook, with the sentences as they stand."""
        if self._draft is not None:
            work = partial(write_bulletin, target, self._draft.facts, self.editor.content())
            done = partial(self._on_saved, target)
            self.desk.work(work, owner=self, done=done, failed=self._on_failure)

    def _choose_book(self) -> None:
        if self._draft is not None:
            name = f"{self._draft.facts['title']} {self._draft.facts['from']}.xlsx"
            kinds = "工作簿 (*.xlsx)"
            choose_target(self, "存为工作簿", self.save_book, kinds, name=name)

    def _on_saved(self, target: Path, _nothing: None) -> None:
        self.said.emit(f"已存为 {target.name}。")

    def _chosen(self) -> Wanted | None:
        at = self.list.current_id()
        return self._wanted[at] if at is not None and at < len(self._wanted) else None

    def _line(self, at: int, one: Wanted, today: date) -> WorkRow:
        period = bulletin_period(one.kind, one.on, today).whole
        days = short_days(one.kind, period.first, period.last)
        found = next((row for row in self._issued if _is_in_force(row, one.kind, period)), None)
        state = found.number if found is not None else "未印发"
        return WorkRow(at, f"{label(one.kind)} {one.called}", left=f"{days}　{state}")

    def _on_read(self, one: Wanted, draft: BulletinDraft) -> None:
        if one != self._chosen():
            return
        self._draft = draft
        kept = drafts_of(self.desk).get(self._key())
        if kept is not None:
            note = f"{in_shanghai(kept.kept_at):%H:%M} 没印发的稿子，可以接着改"
            self.editor.show_words(one.kind, kept.content["sentences"], note)
        else:
            self.editor.show_words(one.kind, draft.sentences, f"数字截至 {draft.facts['made_at']}")
        self.sheet.show_row(BULLETIN, self._row(), at_once=True)
        self.offered.emit()

    def _row(self) -> dict[str, Any]:
        assert self._draft is not None  # noqa: S101 - asked for only while there is one
        said = self.editor.content()
        texts = {section.value: said.get(section.value, []) for section in Section}
        return {**self._draft.row, **texts}

    def _on_edited(self) -> None:
        if self._draft is None:
            return
        content = {"sentences": self.editor.content()}
        drafts_of(self.desk).keep(self._key(), DRAFT_KIND, self.desk.person.staff_id, content)
        self.sheet.show_row(BULLETIN, self._row())

    def _key(self) -> str:
        one = self._chosen()
        first = ""
        if one is not None:
            today = day_of(self.desk.now())
            first = f"{one.kind}:{bulletin_period(one.kind, one.on, today).whole.first}"
        return draft_key(DRAFT_KIND, self.desk.person.staff_id, first)

    def _show_cases(self) -> None:
        if self._draft is None:
            return
        first = date.fromisoformat(self._draft.facts["from"])
        last = date.fromisoformat(self._draft.facts["counted_to"])
        self.figures_wanted.emit([Figure(first, last, measure) for measure in _MEASURES])

    def _on_issued(self, changes: Any) -> None:
        self._is_acting = False
        drafts_of(self.desk).drop(self._key())
        self.said.emit(f"{changes.title}。")
        papers_of(self.desk).print_paper(changes.made["paper"], owner=self)
        self.read()

    def _on_refused(self, error: DeskError) -> None:
        self._is_acting = False
        self.editor.refuse(str(error))
        self.said.emit(str(error))

    def _on_failure(self, error: DeskError) -> None:
        if not isinstance(error, NoLongerWanted):  # another period was chosen meanwhile
            self.editor.say_note("")
            self.said.emit(str(error))


def _is_in_force(row: BulletinRow, kind: BulletinKind, period: Any) -> bool:
    return (
        row.kind is kind
        and row.first == period.first
        and not row.is_picture
        and row.replaced_by is None
    )
