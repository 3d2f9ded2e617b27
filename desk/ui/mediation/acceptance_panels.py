"""Panels about beginning and time (受理、不予受理、更正、延长)."""

from collections.abc import Mapping
from typing import Any

from desk.actions.mediation_opening import (
    AcceptMediation,
    CorrectMediation,
    RefuseMediation,
)
from desk.queries.mediation_file import WholeMediation
from desk.rules.mediation_codes import Difficulty, DisputeKind, MediationSource, PartySide
from desk.rules.mediation_exclusions import EXCLUSIONS, guidance_for
from desk.rules.mediation_rights import MediationDeed
from desk.rules.wording import choices
from desk.ui.case.form_parts import Ticks, coded
from desk.ui.mediation.deed_panel import MediationPanel, OnMediation
from desk.ui.mediation.opening_fields import (
    PRIVATE,
    STAGGERS,
    exclusion_names,
    exclusions_of,
)
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_ASK = "受理前逐条问一遍，有一条就不能受理："


class AcceptPanel(MediationPanel):
    """受理: the five questions, and who agrees to mediation."""

    deed, title, verb = MediationDeed.ACCEPT, "受理", "受理，起算期限"

    def build(self) -> None:
        """Ask the five questions, then for consents."""
        if self.file.head.limit:
            self.form.add(text_label(f"调解期限：{self.file.head.limit}。", "hint", wraps=True))
        self.form.add(text_label(_ASK, "label", wraps=True))
        self._exclusions = self.form.ticks(
            "exclusions", "不适用调解的情形", Ticks("不适用调解的情形", exclusion_names())
        )
        self._exclusions.changed.connect(self._on_ticked)
        self._parties = {party.name: party.id for party in self.body.parties}
        applied = self.file.head.source is MediationSource.APPLIED
        agreed = [
            party.name
            for party in self.body.parties
            if party.agreed_on is not None or (applied and party.side is PartySide.APPLICANT)
        ]
        words = "哪些当事人同意调解"
        self._consents = self.form.ticks("parties", words, Ticks(words, self._parties))
        self._consents.set_value(agreed)
        if self.file.head.source is MediationSource.PROACTIVE:
            self.form.add(
                text_label("主动调解：当事人没有明确拒绝就可以受理。", "hint", wraps=True)
            )

    def request(self, head: OnMediation) -> AcceptMediation:
        """Accept it."""
        return AcceptMediation(
            **head,
            exclusions=exclusions_of(self._exclusions.value()),
            consents=tuple(self._parties[name] for name in self._consents.value()),
        )

    def _on_ticked(self) -> None:
        """Say at once what follows from a tick."""
        found = exclusions_of(self._exclusions.value())
        if found:
            self.say(f"{EXCLUSIONS[found[0]].sentence}请收起，改按“不予受理”。", state="warn")
        else:
            self.say("")


class RefusePanel(MediationPanel):
    """不予受理: why, and where to go instead."""

    deed, title, verb = MediationDeed.REFUSE, "不予受理", "不予受理"

    def build(self) -> None:
        """Offer the five reasons; words follow from them and can be changed."""
        self._exclusions = self.form.ticks(
            "exclusions", "不适用调解的情形", Ticks("不适用调解的情形", exclusion_names())
        )
        self._reason = self.form.text(
            "reason", "理由", lines=3, required=True, hint="印在不予受理通知书上。"
        )
        self._guidance = self.form.text(
            "guidance", "可以去哪里解决", lines=2, required=True, hint="也印在通知书上。"
        )
        ticked = [EXCLUSIONS[one].name for one in EXCLUSIONS if self.file.head.exclusions.get(one)]
        self._exclusions.changed.connect(self._suggest)
        self._exclusions.set_value(ticked)

    def request(self, head: OnMediation) -> RefuseMediation:
        """Refuse it."""
        return RefuseMediation(
            **head,
            exclusions=exclusions_of(self._exclusions.value()),
            reason=self._reason.text(),
            guidance=self._guidance.text(),
        )

    def _suggest(self) -> None:
        """Fill in the words that belong to the reasons, where nobody wrote others."""
        found = exclusions_of(self._exclusions.value())
        offered = {EXCLUSIONS[one].sentence for one in EXCLUSIONS}
        for field, words in (
            (self._reason, "".join(EXCLUSIONS[one].sentence for one in found)),
            (self._guidance, guidance_for(found)),
        ):
            ours = offered | {EXCLUSIONS[one].guidance for one in EXCLUSIONS}
            if not field.text().strip() or any(one in field.text() for one in ours):
                field.set_text(words)


class CorrectMediationPanel(MediationPanel):
    """更正: what it is about, its kind, and how it is shown."""

    deed, title, verb = MediationDeed.CORRECT, "更正纠纷情况", "更正"

    def build(self) -> None:
        """Show what stands there now."""
        items = [PickItem(code.value, word) for code, word in choices(DisputeKind)]
        self._title = self.form.text("title", "纠纷名称")
        self._kind = self.form.picker("kind", "纠纷类型", PickerField("纠纷类型", items))
        self._facts = self.form.text("facts", "纠纷简要情况", lines=6)
        self._requests = self.form.text("requests", "申请事项", lines=3, hint="一行写一项。")
        self._difficulty = self.form.choice("difficulty", "难易程度", coded(Difficulty), small=True)
        self._marks = self.form.ticks("marks", "提醒", Ticks("提醒", (PRIVATE, STAGGERS)))
        self._site = self.form.text("site", "纠纷发生地")
        self._note = self.form.text("note", "备注", lines=2)
        self._reason = self.form.text("reason", "更正的理由", hint="受理以后更正要写。")
        self.form.fill(self.theirs(self.file))

    def theirs(self, file: WholeMediation) -> Mapping[str, Any]:
        """Say what the file says now."""
        if file.body is None:
            return {}
        content, head = file.body.content, file.head
        marks = ((PRIVATE, head.is_private), (STAGGERS, head.staggers))
        return {
            "title": content.title,
            "kind": head.kind.value,
            "facts": content.facts,
            "requests": "\n".join(content.requests),
            "difficulty": head.difficulty,
            "marks": [word for word, holds in marks if holds],
            "site": content.site,
            "note": content.note,
        }

    def request(self, head: OnMediation) -> CorrectMediation:
        """Correct what differs."""
        kind, marks = self._kind.value(), self._marks.value()
        return CorrectMediation(
            **head,
            title=self._title.text(),
            facts=self._facts.text(),
            requests=tuple(line for line in self._requests.text().splitlines() if line.strip()),
            site=self._site.text(),
            note=self._note.text(),
            kind=None if kind is None else DisputeKind(str(kind)),
            difficulty=Difficulty(self._difficulty.value()),
            is_private=PRIVATE in marks,
            staggers=STAGGERS in marks,
            reason=self._reason.text(),
        )
