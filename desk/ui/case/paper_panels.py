"""Panels of a paper's last mile: 文号、盖章、送达、签字件扫回."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desk.actions.last_mile import DeliverPaper, GiveNumber, ScanBack, SealPaper
from desk.queries.case_file import CaseFile
from desk.queries.case_views import PaperView
from desk.queries.last_mile import hall_seals
from desk.rules.codes import DeliveryWay, PaperState
from desk.rules.deeds import Deed
from desk.rules.papers import HANDED_OVER, SERVED
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import Ticks, coded
from desk.ui.case.reading_files import PickedFile, read_picked
from desk.ui.desk import ByMe
from desk.ui.file_choice import choose_file
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_USUAL_COPIES = "2"  # one for the appellant, one for the file


class GiveNumberPanel(DeedPanel):
    """录入文号: the number that the 党政办 gave a signed opinion; its papers come out with it."""

    deed, title, verb = Deed.GIVE_NUMBER, "录入文号", "录入，出具意见书"

    def build(self) -> None:
        """Say which opinion is meant, ask for the number."""
        opinion = self.file.opinion
        if opinion is not None:
            self.form.add(text_label(opinion.title, "reading", wraps=True))
            signed = f"{opinion.signed_by} 已签发，等党政办给号。"
            self.form.add(text_label(signed, "label", wraps=True))
        hint = "照党政办登记簿上写；只写流水号也可以，如 17，其余由程序补上。"
        self._number = self.form.text("number", "文号", required=True, hint=hint)

    def submit(self) -> None:
        """Ask for the number first."""
        if not self._number.text().strip():
            self.missing("number", "请先录入文号。")
            return
        super().submit()

    def request(self, head: OnCase) -> GiveNumber:
        """Give the number."""
        return GiveNumber(**head, number=self._number.text())


class SealPanel(DeedPanel):
    """盖章: the signed opinion has its seal; the program keeps no seal pictures."""

    deed, title, verb = Deed.SEAL, "盖章", "已盖章"
    keeps_draft = False

    def build(self) -> None:
        """Say which paper is meant; ask for what the register of seals asks."""
        for paper in self.file.papers:
            if paper.state is PaperState.TO_SEAL:
                self.form.add(text_label(f"{paper.title}\n{paper.number}", "reading", wraps=True))
        self._seal = self.form.picker("seal", "印章", PickerField("印章", (), required=True))
        self._copies = self.form.text("copies", "份数")
        self._copies.set_text(_USUAL_COPIES)
        self._approved_by = self.form.text("approved_by", "批准人")
        opinion = self.file.opinion
        self._approved_by.set_text(opinion.signed_by if opinion is not None else "")
        words = "盖好后按一次，用印登记随之记下。系统不存任何印章图样。"
        self.form.add(text_label(words, "label", wraps=True))
        self.desk.ask(hall_seals, owner=self, done=self._offer_seals)

    def start(self) -> None:
        """Nothing needs to be written: the keyboard goes to the button."""
        self.button.setFocus()

    def submit(self) -> None:
        """Ask for a number of copies that can be one."""
        if not self._copies.text().strip().isdecimal() or int(self._copies.text()) < 1:
            self.missing("copies", "份数请写 1 以上的整数。")
            return
        super().submit()

    def request(self, head: OnCase) -> SealPaper:
        """Record the seal."""
        return SealPaper(
            **head,
            seal=str(self._seal.value() or ""),
            copies=int(self._copies.text()),
            approved_by=self._approved_by.text(),
        )

    def like(self) -> Callable[[ByMe, int, int], SealPaper]:
        """Return how other papers are sealed in the same way; each has its own approval."""
        seal, copies = str(self._seal.value() or ""), int(self._copies.text())
        opinion = self.file.opinion
        is_own = opinion is not None and self._approved_by.text() == opinion.signed_by
        approved_by = "" if is_own else self._approved_by.text()

        def made(head: ByMe, case: int, seen: int) -> SealPaper:
            request = SealPaper(**head, case=case, seen=seen, seal=seal, copies=copies)
            return replace(request, approved_by=approved_by)

        return made

    def _offer_seals(self, seals: tuple[str, ...]) -> None:
        self._seal.set_items([PickItem(seal, seal) for seal in seals])
        if self._seal.value() is None:
            self._seal.set_value(seals[0])


class DeliverPanel(DeedPanel):
    """送达: how the opinion reached the appellant."""

    deed, title, verb = Deed.DELIVER, "送达意见书", "已送达"

    def build(self) -> None:
        """Ask for the way, and what the way needs."""
        self._way = self.form.choice("way", "送达方式", coded(DeliveryWay), required=True)
        self._way.chips.set_value(DeliveryWay.IN_PERSON)
        self._tracking = self.form.text("tracking", "邮寄单号", required=True)
        self._witness = self.form.text("witness", "见证人", required=True)
        self._note = self.form.text("note", "说明")
        self._together: Ticks | None = None
        if others := _handed_over_too(self.file):
            self._others = {f"{paper.title} {paper.number}": paper.id for paper in others}
            ticks = Ticks("一并送达", self._others)
            self._together = self.form.ticks("with_papers", "一并送达", ticks)
        self._way.chosen.connect(lambda _value: self._show_needed())
        self.form.edited.connect(self._show_needed)
        self._show_needed()

    def request(self, head: OnCase) -> DeliverPaper:
        """Record the delivery."""
        way = DeliveryWay(self._way.value())
        return DeliverPaper(
            **head,
            way=way,
            tracking=self._tracking.text() if way is DeliveryWay.MAIL else "",
            witness=self._witness.text() if way is DeliveryWay.REFUSED else "",
            note=self._note.text(),
            with_papers=tuple(self._others[words] for words in self._chosen()),
        )

    def _chosen(self) -> list[str]:
        return self._together.value() if self._together is not None else []

    def _show_needed(self) -> None:
        way = self._way.value()
        self._tracking.setVisible(way == DeliveryWay.MAIL)
        self._witness.setVisible(way == DeliveryWay.REFUSED)


class ScanBackPanel(DeedPanel):
    """签字件扫回: the scan of a signed paper, and where its original lies."""

    deed, title, verb = Deed.SCAN_BACK, "签字件扫回", "收下扫描件"
    keeps_draft = False

    def build(self) -> None:
        """Ask which paper, and for the file."""
        self._paper = self.form.picker(
            "paper",
            "哪份文书",
            PickerField("哪份文书", [_item(p) for p in self.file.papers], required=True),
        )
        waiting = [p for p in self.file.papers if p.state is PaperState.DELIVERED]
        if waiting or self.file.papers:
            self._paper.set_value((waiting or list(self.file.papers))[0].id)
        self._chosen = text_label("还没有选扫描件。", "label", wraps=True)
        choose = KeyButton("选扫描件…", parent=self)
        choose.clicked.connect(self._on_choose_clicked)
        self.form.add(choose)
        self.form.add(self._chosen)
        self._box = self.form.text("box_number", "档案盒号", hint="原件放在哪里，可以不填。")
        self._picked: PickedFile | None = None

    def take_path(self, path: Path) -> None:
        """Read the scan in the background."""
        self.desk.work(
            lambda: read_picked(path), owner=self, done=self._on_read, failed=self._on_unreadable
        )

    def submit(self) -> None:
        """Ask for paper and scan first."""
        if self._paper.value() is None:
            self.missing("paper", "请选这是哪份文书的扫描件。")
        elif self._picked is None:
            self.say("请先选扫描件。")
        else:
            super().submit()

    def request(self, head: OnCase) -> ScanBack:
        """Keep the scan with its paper."""
        assert self._picked is not None  # noqa: S101 - submit has asked for it
        return ScanBack(
            **head,
            paper=int(str(self._paper.value())),
            media_type=self._picked.media_type,
            scan=self._picked.content,
            box_number=self._box.text(),
        )

    def _on_choose_clicked(self) -> None:
        choose_file(self, "选签字件的扫描件", self.take_path)

    def _on_read(self, picked: PickedFile) -> None:
        self._picked = picked
        self._chosen.setText(f"{picked.name}（{picked.in_words}）")
        self.say("")

    def _on_unreadable(self, error: Exception) -> None:
        self.say(str(error))


def _item(paper: PaperView) -> PickItem:
    return PickItem(paper.id, paper.title, note=f"{paper.number} {label(paper.state)}")


def _handed_over_too(file: CaseFile) -> list[PaperView]:
    """Return the further papers of a case that people take along with the opinion."""
    return [
        paper
        for paper in file.papers
        if paper.code in HANDED_OVER - SERVED and paper.state is PaperState.ISSUED
    ]
