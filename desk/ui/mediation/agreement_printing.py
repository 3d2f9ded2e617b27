"""Printing an agreement to be signed (打印协议书): saved, issued as a paper, printed at once."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.actions.mediation_agreement import SaveAgreement
from desk.actions.mediation_papers import IssueMediationPaper
from desk.queries.record_desk import Sitting, sitting_at
from desk.rules.errors import DeskError
from desk.rules.instalments import PlannedInstalment
from desk.rules.mediation_codes import AgreementKind
from desk.ui.desk import Desk
from desk.ui.printing import papers_of

_CODES = {
    AgreementKind.WRITTEN: "mediation-agreement",
    AgreementKind.ORAL: "mediation-oral-agreement",
}


class AgreementPrinting(QObject):
    """Takes one agreement from the panel to the printer, each step with the newest state.

    Signals:
        printed: the paper is on its way; carries the newest file and words for the clerk.
        refused: it could not be done; carries the DeskError.
    """

    printed = Signal(object, str)
    refused = Signal(object)

    def __init__(self, desk: Desk, mediation_id: int, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._mediation = desk, mediation_id

    def print_agreement(
        self, kind: AgreementKind, words: dict[str, Any], plan: tuple[PlannedInstalment, ...]
    ) -> None:
        """Save the words as they are, then issue and print them."""
        self._ask(partial(self._save, kind, words, plan))

    def _save(
        self,
        kind: AgreementKind,
        words: dict[str, Any],
        plan: tuple[PlannedInstalment, ...],
        sitting: Sitting,
    ) -> None:
        table = sitting[1]
        draft = table.draft if table is not None else None
        request = SaveAgreement(
            **self._desk.by_me(),
            mediation=self._mediation,
            saved_at=None if draft is None else draft.saved_at,
            plan=plan,
            **words,
        )
        self._act(request, lambda _changes: self._ask(partial(self._issue, kind)))

    def _issue(self, kind: AgreementKind, sitting: Sitting) -> None:
        file = sitting[0]
        if file is not None:
            request = IssueMediationPaper(
                **self._desk.by_me(), mediation=file.id, seen=file.version, code=_CODES[kind]
            )
            self._act(request, self._on_issued)

    def _on_issued(self, changes: Any) -> None:
        papers_of(self._desk).print_paper(changes.made["paper"], owner=self)
        self._ask(lambda sitting: self.printed.emit(sitting[0], str(changes.title)))

    def _act(self, request: Any, done: Any) -> None:
        self._desk.act(request, owner=self, done=done, failed=self._on_refused)

    def _ask(self, done: Any) -> None:
        query = partial(sitting_at, mediation_id=self._mediation)
        self._desk.ask(query, owner=self, done=done)

    def _on_refused(self, error: DeskError) -> None:
        self.refused.emit(error)
