"""Making the agreement (达成协议): four elements, money and dates, signatures; then it holds."""

from typing import Any

from desk.actions.mediation_agreement import PartySignature, SettleMediation
from desk.queries.mediation_file import WholeMediation
from desk.rules.agreement_checks import AgreementFacts, Gap, PartyFacts, agreement_gaps
from desk.rules.errors import RuleBroken
from desk.rules.instalments import PlannedInstalment
from desk.rules.mediation_codes import AgreementKind, SignWay
from desk.rules.mediation_rights import MediationDeed
from desk.rules.moments import in_shanghai
from desk.rules.money import read_amount, show_amount
from desk.ui.case.form_parts import Entry, Labelled, LabelledChoice, coded
from desk.ui.mediation.agreement_printing import AgreementPrinting
from desk.ui.mediation.deed_panel import MediationPanel, OnMediation
from desk.ui.mediation.following import follow
from desk.ui.mediation.instalment_table import InstalmentTable, in_capitals, read_or_nothing
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.choice_chips import Choice

_WORDS = (
    ("facts", "纠纷主要事实、争议事项", 3),
    ("terms", "协议内容和各方责任", 4),
    ("way", "履行方式", 1),
    ("term", "履行期限", 1),
)
# These come after the paper has been printed.
_AFTER_PRINTING = frozenset({"signed_by", "mediator_signed", "is_sealed"})
_HOW = "例如 12000、1.2万；不涉及金额可空着。"


class SettlePanel(MediationPanel):
    """达成协议: what the law asks of an agreement, checked while it is written."""

    deed, title, verb = MediationDeed.SETTLE, "达成协议", "协议生效"
    is_wide = True

    def build(self) -> None:
        """Ask in the order of the paper; the draft is filled in already."""
        self._kind = self.form.choice("kind", "协议形式", coded(AgreementKind), required=True)
        self._kind.chips.set_value(AgreementKind.WRITTEN)
        for name, words, lines in _WORDS:
            self.form.text(name, words, lines=lines, required=True)
        self._amount = self.form.text("amount", "协议金额", hint=_HOW)
        self._amount.changed.connect(self._on_amount)
        self._sides = [
            self.form.choice(name, words, self._parties(), small=True)
            for name, words in (("payer", "谁付"), ("payee", "付给谁"))
        ]
        self._at_once = self.form.check("is_done_at_once", "当场履行完毕")
        self._add_table()
        self._signed = {party.id: self._signature(party.id, party.name) for party in
                        self.body.parties}  # fmt: skip
        self._mediator = self.form.check("mediator_signed", "调解员已签名")
        self._seal = self.form.check("is_sealed", "已盖调委会印章")
        self._is_laid_out = False
        for name in ("kind", "is_done_at_once"):
            follow(self.form, name, self._show_fields)
        self._kind.chosen.connect(lambda _value: self._show_fields())
        self._at_once.toggled.connect(lambda _on: self._show_fields())
        self.form.edited.connect(self._show_lacks)
        self._printing = AgreementPrinting(self.desk, self.file.id, self)
        self._printing.printed.connect(self._on_printed)
        self._printing.refused.connect(self._on_refused)
        self._take_draft()
        self._show_fields()

    def start(self) -> None:
        """Say at the foot what is missing from the beginning."""
        super().start()
        if not self._is_laid_out:
            self._is_laid_out = True
            paper = KeyButton("先打印，请各方签字", icon="print", parent=self)
            paper.clicked.connect(self.print_agreement)
            self.foot.insertWidget(1, paper)
        self._show_lacks()

    def print_agreement(self) -> None:
        """Print what is written, once the four elements are there; then people sign."""
        self.form.clear_sentences()
        try:
            gaps = [gap for gap in self._gaps(is_strict=True) if gap.field not in _AFTER_PRINTING]
        except RuleBroken as trouble:
            self.missing(trouble.field or "plan", str(trouble))
            return
        if gaps:
            self._say_gap(gaps[0])
            return
        said = self.form.content()
        words = {name: said[name] for name in (*(name for name, _, _ in _WORDS), "payer", "payee")}
        self._printing.print_agreement(AgreementKind(said["kind"]), words, self._plan_to_print())

    def _plan_to_print(self) -> tuple[PlannedInstalment, ...]:
        """Return the instalments; what is paid at once is due today."""
        total = read_or_nothing(self._amount.text())
        if not self._at_once.isChecked():
            return self.table.plan()
        today = in_shanghai(self.desk.now()).date()
        return (PlannedInstalment(total, today),) if total else ()

    def _on_printed(self, file: WholeMediation | None, words: str) -> None:
        if file is not None:
            self.take_file(file)
        self.say(f"{words}，正在打印。各方签好后再按“协议生效”。", state="ok")

    def submit(self) -> None:
        """Go to the first thing that is missing, before anything is sent."""
        self.form.clear_sentences()
        try:
            gaps = self._gaps(is_strict=True)
        except RuleBroken as trouble:
            self.missing(trouble.field or "plan", str(trouble))
            return
        if gaps:
            self._say_gap(gaps[0])
            return
        super().submit()

    def request(self, head: OnMediation) -> SettleMediation:
        """Make the agreement."""
        said = self.form.content()
        return SettleMediation(
            **head,
            kind=AgreementKind(said["kind"]),
            **{name: said[name] for name, _, _ in _WORDS},
            amount_fen=read_or_nothing(said["amount"]),
            payer=said["payer"],
            payee=said["payee"],
            plan=() if said["is_done_at_once"] else self.table.plan(),
            is_done_at_once=said["is_done_at_once"],
            signed_by=tuple(
                PartySignature(party=party, way=SignWay(way)) for party, way in self._ways().items()
            ),
            mediator_signed=said["mediator_signed"],
            is_sealed=said["is_sealed"],
        )

    def _parties(self) -> list[Choice]:
        return [Choice(party.id, party.name) for party in self.body.parties]

    def _signature(self, party: int, name: str) -> LabelledChoice:
        return self.form.choice(f"signed_{party}", f"{name} 怎么签的", coded(SignWay), small=True)

    def _add_table(self) -> None:
        self.table = InstalmentTable(
            lambda: read_or_nothing(self._amount.text()),
            lambda: in_shanghai(self.desk.now()).date(),
        )
        self._table_box = Labelled("分期", self.table)
        self.table.edited.connect(self.form.edited)
        self.form.add(self._table_box)
        self.form.entries["plan"] = Entry(
            "分期",
            self.table.content,
            self.table.fill,
            self._table_box.say,
            self.table.said,
            self.table.count.setFocus,
        )

    def _take_draft(self) -> None:
        draft = self.body.agreement
        if draft is None:
            self.form.fill({"facts": self.body.content.facts})
            return
        content: dict[str, Any] = {name: getattr(draft, name) for name, _, _ in _WORDS}
        content |= {"payer": draft.payer_id, "payee": draft.payee_id}
        planned = self.body.instalments
        if planned:  # printed to be signed already
            content["amount"] = show_amount(sum(one.amount_fen for one in planned))
            content["plan"] = [[f"{one.due_on}", show_amount(one.amount_fen)] for one in planned]
        self.form.fill(content)

    def _on_amount(self, text: str) -> None:
        self._amount.set_hint(in_capitals(text) or _HOW)
        self.table.show_sum()
        self._show_fields()

    def _show_fields(self) -> None:
        """Show what goes with money only where there is money, and signatures on paper only."""
        has_money = bool(self._amount.text().strip())
        for side in self._sides:
            side.setVisible(has_money)
        self._table_box.setVisible(has_money and not self._at_once.isChecked())
        is_written = self._kind.value() == AgreementKind.WRITTEN
        for signature in self._signed.values():
            signature.setVisible(is_written)
        self._seal.setVisible(is_written)
        self._show_lacks()

    def _ways(self) -> dict[int, Any]:
        if self._kind.value() != AgreementKind.WRITTEN:
            return {}
        found = {party: choice.value() for party, choice in self._signed.items()}
        return {party: way for party, way in found.items() if way is not None}

    def _gaps(self, *, is_strict: bool) -> tuple[Gap, ...]:
        """Return what is missing; strictly, an amount or a row that cannot be read is refused."""
        said, ways = self.form.content(), self._ways()
        amount = said["amount"].strip()
        if is_strict and amount:
            read_amount(amount)
        is_paid = bool(said["is_done_at_once"])
        try:
            plan = () if is_paid else self.table.plan()
        except RuleBroken:
            if is_strict:
                raise
            plan = ()
        return agreement_gaps(
            AgreementFacts(
                kind=AgreementKind(said["kind"]),
                parties=tuple(
                    PartyFacts(
                        name=one.name,
                        kind=one.kind,
                        phone=one.phone,
                        address=one.address,
                        represented_by=one.represented_by,
                        has_signed=one.id in ways,
                    )
                    for one in self.body.parties
                ),
                **{name: said[name] for name, _, _ in _WORDS},
                amount_fen=read_or_nothing(amount),
                plan=plan,
                has_payer=said["payer"] is not None,
                has_payee=said["payee"] is not None,
                is_paid_at_once=is_paid,
                mediator_signed=said["mediator_signed"],
                is_sealed=said["is_sealed"],
            )
        )

    def _show_lacks(self) -> None:
        if not self._is_laid_out:
            return
        gaps = self._gaps(is_strict=False)
        if gaps:
            self.say(f"还差 {len(gaps)} 样。先是：{gaps[0].sentence}", state="warn")
        else:
            self.say("四要素、签名和印章都齐了，可以生效。", state="ok")

    def _say_gap(self, gap: Gap) -> None:
        if gap.field == "signed_by":
            unsigned = next(party for party in self._signed if party not in self._ways())
            self.missing(f"signed_{unsigned}", gap.sentence)
        elif gap.field in self.form.entries:
            self.missing(gap.field, gap.sentence)
        else:
            self.say(gap.sentence)
