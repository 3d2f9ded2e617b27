"""Keeps a record and its agreement draft while they are written (笔录自动保存).

Every stroke goes to the drafts of this workstation; the database hears of it at pauses: with
Ctrl+S, before printing, before every further step, after three quiet minutes and on leaving.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desk.actions.mediation_agreement import SaveAgreement
from desk.actions.mediation_record import RecordBlock, SaveRecord
from desk.queries.mediation_views import ContentView
from desk.queries.record_desk import RecordTable, SaidBlock, record_table
from desk.rules.errors import DeskError, StaleCase
from desk.rules.mediation_rights import MediationDeed
from desk.rules.merging import differences, ties_of
from desk.rules.moments import in_shanghai
from desk.ui.desk import Desk
from desk.ui.drafts import draft_key, drafts_of
from desk.ui.mediation.agreement_pane import AgreementPane
from desk.ui.mediation.record_blocks import RecordPane, as_plain, from_plain, joined
from desk.ui.widgets.conflict_view import conflict_of

DRAFT_KIND = "mediation-record"
_QUIET_MS = 180_000
_WORDS = {"facts": "事实", "terms": "协议内容", "way": "履行方式", "term": "履行期限"}


class RecordKeeping(QObject):
    """The two panes of one sitting, what was saved of them, and what still waits.

    Signals:
        saved: both panes are in the database now; carries when.
        said: a sentence for whoever writes.
        conflict: a colleague saved another draft; carries the sentence, the Conflict, and the
            words of the other draft.
    """

    saved = Signal(object)
    said = Signal(str)
    conflict = Signal(str, object, object)

    def __init__(self, desk: Desk, record: RecordPane, draft: AgreementPane) -> None:
        super().__init__(record)
        self._desk, self._record, self._draft = desk, record, draft
        self.table: RecordTable | None = None
        self._blocks: list[SaidBlock] = []  # as they were saved last
        self._words: dict[str, Any] = {}
        self._record_at: datetime | None = None
        self._draft_at: datetime | None = None
        self._writes_agreement = True
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self.save)
        record.edited.connect(self._keep)
        draft.edited.connect(self._keep)

    def take(self, table: RecordTable, content: ContentView, *, writes_agreement: bool) -> None:
        """Show what lies on the table; what this workstation has kept since then is put on top."""
        found = table.record
        if found is None:
            return
        self.table = None  # what is filled in now was not written here: it is no draft
        kept = drafts_of(self._desk).get(_key(self._desk, found.id))
        self._writes_agreement = writes_agreement
        self._blocks, self._record_at = list(found.blocks), found.saved_at
        self._draft_at = None if table.draft is None else table.draft.saved_at
        self._draft.take(table.draft, content)
        self._words = self._draft.content()  # the facts of the file alone are no draft
        blocks = self._blocks
        if kept is not None:
            blocks = joined(from_plain(kept.content.get("blocks", ())), self._blocks)
            self._draft.fill({**self._draft.content(), **kept.content.get("agreement", {})})
            if blocks != self._blocks:
                self.said.emit(f"接着 {in_shanghai(kept.kept_at):%H:%M} 没存完的笔录写。")
        self._record.fill(blocks)
        self.table = table

    def follow_draft(self, table: RecordTable) -> None:
        """Show a draft that was saved elsewhere meanwhile, unless something else waits here."""
        known, draft = self.table, table.draft
        if known is None or draft is None or self._draft_differs():
            return
        if draft.saved_at != self._draft_at:
            self.table = None  # filled in from elsewhere: no draft of this workstation
            self._draft.fill({name: getattr(draft, name) for name in _WORDS})
            self._words, self._draft_at = self._draft.content(), draft.saved_at
            self.table = replace(known, draft=draft)

    def has_more(self) -> bool:
        """Return whether something was written that is not in the database yet."""
        return self._record_differs() or self._draft_differs()

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Save what differs, the record first; then do what was to be done."""
        self._quiet.stop()
        table = self.table
        if table is None or table.record is None:
            if then is not None:
                then()
            return
        if self._record_differs() and self._record_at is not None:
            blocks = self._record.blocks()
            request = SaveRecord(
                **self._desk.by_me(),
                mediation=table.mediation_id,
                session=table.record.id,
                saved_at=self._record_at,
                blocks=tuple(RecordBlock(who=b.who, text=b.text, at=b.at) for b in blocks),
            )
            done = partial(self._on_record_saved, blocks, then)
            failed = partial(self._on_record_refused, then)
            self._desk.act(request, owner=self, done=done, failed=failed)
        else:
            self._save_draft(then)

    def forget(self) -> None:
        """Drop what this workstation has kept: the sitting is over."""
        self._quiet.stop()
        drafts_of(self._desk).drop(self._key())
        self.table = None

    def choose(self, words: dict[str, Any], then: Callable[[], None] | None = None) -> None:
        """Go on with these words of the agreement after a conflict, and save them."""
        self._draft.fill({**self._draft.content(), **words})
        self.save(then)

    def _key(self) -> str:
        record = self.table.record if self.table is not None else None
        return _key(self._desk, record.id if record is not None else 0)

    def _keep(self) -> None:
        if self.table is None:
            return
        content = {
            "mediation": self.table.mediation_id,
            "blocks": as_plain(self._record.blocks()),
            "agreement": self._draft.content(),
        }
        owner = self._desk.person.staff_id
        drafts_of(self._desk).keep(self._key(), DRAFT_KIND, owner, content)
        self._quiet.start()

    def _record_differs(self) -> bool:
        return self._record.blocks() != self._blocks

    def _draft_differs(self) -> bool:
        if not self._writes_agreement:
            return False
        return self._draft.content() != self._words

    def _on_record_saved(
        self, blocks: list[SaidBlock], then: Callable[[], None] | None, changes: Any
    ) -> None:
        self._blocks = blocks
        self._record_at = datetime.fromisoformat(changes.made["saved_at"])
        self._save_draft(then)

    def _save_draft(self, then: Callable[[], None] | None) -> None:
        table = self.table
        if table is None or not self._draft_differs():
            self._finish(then)
            return
        words = self._draft.content()
        request = SaveAgreement(
            **self._desk.by_me(),
            mediation=table.mediation_id,
            saved_at=self._draft_at,
            payer=None if table.draft is None else table.draft.payer_id,
            payee=None if table.draft is None else table.draft.payee_id,
            **words,
        )
        done = partial(self._on_draft_saved, words, then)
        self._desk.act(request, owner=self, done=done, failed=self._on_draft_refused)

    def _on_draft_saved(
        self, words: dict[str, Any], then: Callable[[], None] | None, changes: Any
    ) -> None:
        self._words, self._draft_at = words, datetime.fromisoformat(changes.made["saved_at"])
        self._finish(then)

    def _finish(self, then: Callable[[], None] | None) -> None:
        if not self.has_more():
            drafts_of(self._desk).drop(self._key())
        self.saved.emit(self._desk.now())
        if then is not None:
            then()

    def _on_record_refused(self, then: Callable[[], None] | None, error: DeskError) -> None:
        """Join both versions where a colleague saved one meanwhile; nothing of either is lost."""
        if isinstance(error, StaleCase):
            self._read(partial(self._join, error, then))
        else:
            self.said.emit(str(error))

    def _join(
        self, error: StaleCase, then: Callable[[], None] | None, table: RecordTable | None
    ) -> None:
        if table is None or table.record is None:
            self.said.emit(str(error))
            return
        self.table = table
        self._blocks, self._record_at = list(table.record.blocks), table.record.saved_at
        self._record.fill(joined(self._record.blocks(), self._blocks))
        self._record.go_to_end()
        self.said.emit(f"{table.record.saved_by} 也写了笔录，两边的话已按时间合在一起。")
        self.save(then)

    def _on_draft_refused(self, error: DeskError) -> None:
        if isinstance(error, StaleCase):
            self._read(partial(self._compare, error))
        else:
            self.said.emit(str(error))

    def _compare(self, error: StaleCase, table: RecordTable | None) -> None:
        if table is None or table.draft is None:
            self.said.emit(str(error))
            return
        self.table, self._draft_at = table, table.draft.saved_at
        theirs = {name: getattr(table.draft, name) for name in _WORDS}
        found = differences(self._words, theirs, self._draft.content())
        who = f"{in_shanghai(table.draft.saved_at):%H:%M} {table.draft.saved_by}"
        conflict = conflict_of(
            found,
            ties_of(MediationDeed.SETTLE),
            _WORDS,
            lambda _name, value: str(value or ""),
            lambda _name: who,
        )
        self._words = theirs
        self.conflict.emit(str(error), conflict, theirs)

    def _read(self, done: Callable[[RecordTable | None], None]) -> None:
        if self.table is not None:
            query = partial(record_table, mediation_id=self.table.mediation_id)
            self._desk.ask(query, owner=self, done=done)


def _key(desk: Desk, session: int) -> str:
    return draft_key(DRAFT_KIND, desk.person.staff_id, session)
