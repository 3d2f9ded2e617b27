"""Panels about the dossier (卷内材料、情况说明、归档)."""

from functools import partial
from pathlib import Path

from desk.actions.mediation_archive import (
    AddMediationFile,
    ArchiveMediation,
    DescribeDossier,
    WithdrawMediationFile,
)
from desk.queries.mediation_file import WholeMediation
from desk.rules.errors import DeskError
from desk.rules.mediation_checks import NOTE_LACKS
from desk.rules.mediation_codes import MediationFileKind
from desk.rules.mediation_rights import MediationDeed
from desk.rules.wording import label
from desk.ui.case.form_parts import coded, flowing_box
from desk.ui.case.reading_files import PickedFile, prepared, read_picked
from desk.ui.file_choice import choose_file
from desk.ui.mediation.deed_panel import MediationPanel, OnMediation
from desk.ui.mediation.following import follow
from desk.ui.scanning.scan_dialog import open_scanning, scan_name
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice

K = MediationFileKind
_OF_A_PARTY = frozenset({K.IDENTITY, K.POWER})


def has_files(file: WholeMediation) -> bool:
    """Return whether something lies in the dossier that could be taken down."""
    return file.body is not None and bool(file.body.files)


class FilePanel(MediationPanel):
    """加入卷内: one file, what it is, and whose."""

    deed, title, verb = MediationDeed.FILE, "加入卷内材料", "加入"
    keeps_draft = False

    def build(self) -> None:
        """Ask for the file first."""
        self._picked: PickedFile | None = None
        self._choose = KeyButton("选文件…", parent=self)
        self._choose.clicked.connect(lambda: choose_file(self, "选一份材料", self.take_path))
        self._scan = KeyButton("扫描…", parent=self)
        self._scan.clicked.connect(lambda: open_scanning(self.desk, self, self.take_scan))
        self.form.add(flowing_box(self._choose, self._scan))
        self._facts = text_label("图片、PDF、办公文档、录音都可以。", "hint", wraps=True)
        self.form.add(self._facts)
        kind = self.form.choice("kind", "是什么", coded(K), required=True, small=True)
        kind.chips.set_value(K.IDENTITY)
        kind.chosen.connect(lambda _value: self._show_party())
        parties = [Choice(one.id, one.name) for one in self.body.parties]
        self._party = self.form.choice("party", "哪一位当事人的", parties)
        self.form.text("name", "材料名称", hint="空着就用文件名。")
        follow(self.form, "kind", self._show_party)

    def start(self) -> None:
        """Begin with the choice of the file."""
        self._choose.setFocus()

    def take_path(self, path: Path) -> None:
        """Read the file in the background."""
        self.say("")
        self.desk.work(
            lambda: read_picked(path), owner=self, done=self._on_read, failed=self._on_unread
        )

    def take_scan(self, pdf: bytes) -> None:
        """Take pages from the scanner."""
        self.say("")
        work = partial(prepared, scan_name(self.desk), pdf)
        self.desk.work(work, owner=self, done=self._on_read, failed=self._on_unread)

    def submit(self) -> None:
        """Ask for a file where none was chosen."""
        if self._picked is None:
            self.say("请先选一个文件。")
            self._choose.setFocus()
        else:
            super().submit()

    def request(self, head: OnMediation) -> AddMediationFile:
        """Keep the file."""
        said, picked = self.form.content(), self._picked
        assert picked is not None  # noqa: S101 - submit asked for it
        kind = K(said["kind"])
        return AddMediationFile(
            **head,
            kind=kind,
            name=said["name"] or picked.name,
            content=picked.content,
            party=said["party"] if kind in _OF_A_PARTY else None,
        )

    def _on_read(self, picked: PickedFile) -> None:
        self._picked = picked
        self._facts.setText(f"{picked.name}　{picked.in_words}")

    def _on_unread(self, error: DeskError) -> None:
        self._picked = None
        self.say(str(error))

    def _show_party(self) -> None:
        self._party.setVisible(K(self.form.content()["kind"]) in _OF_A_PARTY)


class WithdrawFilePanel(MediationPanel):
    """撤下材料: which one, and why; its trace stays."""

    deed, title, verb = MediationDeed.FILE, "撤下卷内材料", "撤下"

    def build(self) -> None:
        """Offer what lies in the dossier."""
        files = [Choice(one.id, f"{label(one.kind)}　{one.name}") for one in self.body.files]
        which = self.form.choice("file", "哪一份", files, required=True)
        which.chips.set_value(files[0].id)
        self.form.text("reason", "撤下的理由", required=True, hint="例如 放错了卷。")

    def request(self, head: OnMediation) -> WithdrawMediationFile:
        """Take it down."""
        said = self.form.content()
        return WithdrawMediationFile(**head, file=said["file"], reason=said["reason"])


class SituationPanel(MediationPanel):
    """卷宗情况说明: what is missing for ever, and why."""

    deed, title, verb = MediationDeed.FILE, "卷宗情况说明", "保存说明"

    def build(self) -> None:
        """Show what is missing above the note."""
        for sentence in self.body.lacks:
            if sentence != NOTE_LACKS:  # that is what is written here
                self.form.add(text_label(f"· {sentence}", "label", wraps=True))
        note = self.form.text("situation", "卷宗情况说明", lines=6, required=True)
        note.set_text(self.body.content.situation)

    def request(self, head: OnMediation) -> DescribeDossier:
        """Keep the note."""
        return DescribeDossier(**head, situation=self.form.content()["situation"])


class ArchiveMediationPanel(MediationPanel):
    """归档: number and how long it is kept; what is missing stands above."""

    deed, title, verb = MediationDeed.ARCHIVE, "调解卷归档", "归档"

    def build(self) -> None:
        """Say what is missing, ask for number and retention."""
        for sentence in self.body.lacks:
            self.form.add(text_label(f"· {sentence}", "strong", wraps=True))
        self.form.text("dossier_number", "卷号", hint="空着就用本案编号。")
        self.form.text("retention", "保管期限", hint="空着就按“管理—设置”里的。")

    def request(self, head: OnMediation) -> ArchiveMediation:
        """Archive it."""
        said = self.form.content()
        return ArchiveMediation(
            **head, dossier_number=said["dossier_number"], retention=said["retention"]
        )
