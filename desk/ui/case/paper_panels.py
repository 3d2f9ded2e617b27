"""Panels of a paper's last mile: 盖章、送达、签字件扫回."""

from pathlib import Path

from desk.actions.last_mile import DeliverPaper, ScanBack, SealPaper
from desk.queries.case_views import PaperView
from desk.rules.codes import DeliveryWay, PaperState
from desk.rules.deeds import Deed
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import coded
from desk.ui.case.reading_files import PickedFile, read_picked
from desk.ui.file_choice import choose_file
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField


class SealPanel(DeedPanel):
    """盖章: the signed opinion has its seal; the program keeps no seal pictures."""

    deed, title, verb = Deed.SEAL, "盖章", "已盖章"
    keeps_draft = False

    def build(self) -> None:
        """Say which paper is meant."""
        for paper in self.file.papers:
            if paper.state is PaperState.TO_SEAL:
                self.form.add(text_label(f"{paper.title}\n{paper.number}", "reading", wraps=True))
        words = "盖好街道公章后按一次。系统不存任何印章图样，用印在办理过程里有记录。"
        self.form.add(text_label(words, "label", wraps=True))

    def request(self, head: OnCase) -> SealPaper:
        """Record the seal."""
        return SealPaper(**head)


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
        )

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
