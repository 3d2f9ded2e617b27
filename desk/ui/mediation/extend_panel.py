"""The panel in which a mediation goes on longer (延长期限): the consent printed, then recorded."""

from datetime import date
from functools import partial
from typing import Any

from desk.actions.mediation_extension import Consent, ExtendMediation, IssueExtension
from desk.queries.mediation_file import WholeMediation, mediation_file
from desk.rules.day_words import read_coming_day, read_day
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.mediation_rights import MediationDeed
from desk.rules.moments import day_of
from desk.ui.case.form_parts import Ticks
from desk.ui.mediation.deed_panel import MediationPanel, OnMediation
from desk.ui.printing import papers_of
from desk.ui.widgets.buttons import KeyButton


class ExtendPanel(MediationPanel):
    """延长: until when, and that every party agrees; they sign a form first."""

    deed, title, verb = MediationDeed.EXTEND, "延长期限", "延长"

    def build(self) -> None:
        """Ask for the day and who agrees."""
        due = self.file.head.due_on
        hint = "" if due is None else f"现在是 {due:%Y-%m-%d}；原来的日期会留着。"
        self._day = self.form.text("due_on", "延长到哪天", required=True, hint=hint)
        self._parties = {party.name: party.id for party in self.body.parties}
        words = "谁同意延长（每一方都要同意）"
        self._consents = self.form.ticks("consents", words, Ticks(words, self._parties))
        self._agreed = self.form.text(
            "agreed_on", "哪天同意的", hint="空着就是今天；签好的同意书扫回，归档要用。"
        )
        self._paper: KeyButton | None = None

    def start(self) -> None:
        """Offer the form to sign beside the main button."""
        super().start()
        if self._paper is None:
            self._paper = KeyButton("先打印同意书，请各方签字", icon="print", parent=self)
            self._paper.clicked.connect(self.print_consent)
            self.foot.insertWidget(1, self._paper)

    def print_consent(self) -> None:
        """Issue and print the form on which the parties agree; nothing is extended by it."""
        self.form.clear_sentences()
        until = self._until()
        if until is not None:
            request = IssueExtension(**self.head(), due_on=until)
            self.desk.act(request, owner=self, done=self._on_issued, failed=self._on_refused_paper)

    def submit(self) -> None:
        """Read the days first."""
        if self._until() is None:
            return
        try:
            read_day(self._agreed.text() or "今天", self._today())
        except RuleBroken as error:
            self.missing("agreed_on", str(error))
            return
        super().submit()

    def request(self, head: OnMediation) -> ExtendMediation:
        """Extend it."""
        agreed = read_day(self._agreed.text() or "今天", self._today())
        return ExtendMediation(
            **head,
            due_on=read_coming_day(self._day.text(), self._today()),
            consents=tuple(Consent(self._parties[name], agreed) for name in self._consents.value()),
        )

    def _until(self) -> date | None:
        """Return until when, or say beside the field that it cannot be read."""
        if not self._day.text().strip():
            self.missing("due_on", "请写延长到哪天，例如 12-20。")
            return None
        try:
            return read_coming_day(self._day.text(), self._today())
        except RuleBroken as error:
            self.missing("due_on", str(error))
            return None

    def _today(self) -> date:
        return day_of(self.desk.now())

    def _on_issued(self, changes: Any) -> None:
        papers_of(self.desk).print_paper(changes.made["paper"], owner=self)
        query = partial(mediation_file, mediation_id=self.file.id)
        self.desk.ask(query, owner=self, done=partial(self._go_on, str(changes.title)))

    def _go_on(self, said: str, fresh: WholeMediation | None) -> None:
        if fresh is not None:
            self.take_file(fresh)
        self.say(f"{said}，正在打印。各方签好后勾选同意，再按“延长”。", state="ok")

    def _on_refused_paper(self, error: DeskError) -> None:
        name = error.field if isinstance(error, RuleBroken) else None
        if name in self.form.entries:
            self.missing(name, str(error))
        else:
            self.say(str(error))
