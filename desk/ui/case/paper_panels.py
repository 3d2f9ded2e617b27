"""Panels of a paper's last mile: 文号、盖章、送达、签字件扫回."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from desk.actions.last_mile import DeliverPaper, GiveNumber, ScanBack, SealPaper
from desk.queries.case_views import PaperView
from desk.queries.last_mile import hall_seals
from desk.rules.codes import PaperState
from desk.rules.deeds import Deed
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import Ticks, flowing_box
from desk.ui.case.mile_fields import DeliveryPanel, SealingPanel, notices_at, opinions_at
from desk.ui.case.reading_files import PickedFile, prepared, read_picked
from desk.ui.desk import ByMe
from desk.ui.file_choice import choose_file
from desk.ui.last_mile.many_run import OnList
from desk.ui.scanning.scan_dialog import open_scanning, scan_name
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField


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


class SealPanel(SealingPanel):
    """盖章: the signed opinion has its seal; the program keeps no seal pictures."""

    deed, title, verb = Deed.SEAL, "盖章", "已盖章"

    def build(self) -> None:
        """Say which paper is meant; ask for what the register of seals asks."""
        for paper in opinions_at(self.file, PaperState.TO_SEAL):
            self.form.add(text_label(f"{paper.title}\n{paper.number}", "reading", wraps=True))
        self.ask_seal()
        self.approved_by.set_text(self._signer())
        words = "盖好后按一次，用印登记随之记下。系统不存任何印章图样。"
        self.form.add(text_label(words, "label", wraps=True))
        self.desk.ask(hall_seals, owner=self, done=self.offer_seals)

    def start(self) -> None:
        """Nothing needs to be written: the keyboard goes to the button."""
        self.button.setFocus()

    def request(self, head: OnCase) -> SealPaper:
        """Record the seal."""
        return SealPaper(**head, **self.seal_facts())

    def like(self) -> Callable[[ByMe, OnList], SealPaper]:
        """Return how other papers are sealed in the same way; each has its own approval."""
        facts = self.seal_facts()
        if facts["approved_by"] == self._signer():
            facts["approved_by"] = ""

        def made(head: ByMe, row: OnList) -> SealPaper:
            return SealPaper(**head, case=row.case_id, seen=row.version, **facts)

        return made

    def _signer(self) -> str:
        return self.file.opinion.signed_by if self.file.opinion is not None else ""


class DeliverPanel(DeliveryPanel):
    """送达: how the opinion reached the appellant."""

    deed, title, verb = Deed.DELIVER, "送达意见书", "已送达"

    def build(self) -> None:
        """Ask for the way, and which notices went along."""
        self.ask_way()
        self._together: Ticks | None = None
        if others := notices_at(self.file, PaperState.TO_DELIVER):
            self._others = {f"{paper.title} {paper.number}": paper.id for paper in others}
            ticks = Ticks("一并送达", self._others)
            self._together = self.form.ticks("with_papers", "一并送达", ticks)

    def request(self, head: OnCase) -> DeliverPaper:
        """Record the delivery."""
        chosen = self._together.value() if self._together is not None else []
        papers = tuple(self._others[words] for words in chosen)
        return DeliverPaper(**head, **self.way_facts(), with_papers=papers)


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
        scan = KeyButton("扫描…", parent=self)
        scan.clicked.connect(lambda: open_scanning(self.desk, self, self.take_scan))
        self.form.add(flowing_box(choose, scan))
        self.form.add(self._chosen)
        self._box = self.form.text(
            "box_number", "档案盒号", hint="原件放在哪一盒，可以不填；归档时不用再写。"
        )
        self._box.set_text(self.file.box_number)
        self._picked: PickedFile | None = None

    def take_option(self, option: object) -> None:
        """Mean the paper of a line on the page 文书."""
        self.option = option
        self._paper.set_value(int(str(option)))

    def take_path(self, path: Path) -> None:
        """Read the scan in the background."""
        self.desk.work(
            lambda: read_picked(path), owner=self, done=self._on_read, failed=self._on_unreadable
        )

    def take_scan(self, pdf: bytes) -> None:
        """Take pages from the scanner."""
        work = partial(prepared, scan_name(self.desk), pdf)
        self.desk.work(work, owner=self, done=self._on_read, failed=self._on_unreadable)

    def submit(self) -> None:
        """Ask for paper and scan first."""
        if self._paper.value() is None:
            self.missing("paper", "请选这是哪份文书的扫描件。")
        elif self._picked is None:
            self.say("请先选扫描件，或扫描。")
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
