"""What a case still lacks (还差什么才能归档), above the case in brief."""

from desk.queries.case_file import CaseFile
from desk.rules.codes import CaseStatus
from desk.rules.completeness import missing_for_archive
from desk.ui.start.brief_card import BriefCard
from desk.ui.theme import say_state
from desk.ui.widgets.cards import text_label


class MissingCard(BriefCard):
    """The case in brief; below its clocks what blocks the archive, and what is only noted."""

    def __init__(self) -> None:
        super().__init__()
        self._title = text_label("", "strong")
        self._hard = text_label("", "reading", wraps=True)
        self._soft = text_label("", "label", wraps=True)
        say_state(self._hard, state="bad")
        for widget in (self._title, self._hard, self._soft):
            self.below.addWidget(widget)

    def show_case(self, file: CaseFile) -> None:
        """Say what this case lacks, or where it lies; no clock of it burns any more."""
        self.watches.hide()
        if file.status is CaseStatus.ARCHIVED:
            box = f"，在 {file.box_number} 盒" if file.box_number else "，没有记盒号"
            self._say(f"归档号 {file.archive_number}{box}。", (), ())
            return
        missing = missing_for_archive(file.archive)
        title = "还差什么才能归档" if missing.hard or missing.soft else "材料齐了，可以归档。"
        self._say(title, missing.hard, missing.soft)

    def texts(self) -> tuple[str, str, str]:
        """Return what is said."""
        return self._title.text(), self._hard.text(), self._soft.text()

    def _say(self, title: str, hard: tuple[str, ...], soft: tuple[str, ...]) -> None:
        self._title.setText(title)
        for label, sentences, after in (
            (self._hard, hard, ""),
            (self._soft, soft, "（不影响归档）"),
        ):
            label.setText("\n".join(f"· {sentence}{after}" for sentence in sentences))
            label.setVisible(bool(sentences))
