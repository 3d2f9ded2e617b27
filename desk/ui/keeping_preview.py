"""What an erasure does, in words (去掉什么、留下什么): three groups, column by column."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desk.rules.personal_data import Fate
from desk.rules.personal_words import FateLine, fate_lines
from desk.ui.widgets.cards import SectionHead, text_label

_HEADS = {
    Fate.ERASE: ("抹除", "删掉，找不回来"),
    Fate.MASK: ("遮盖", "只留下这些"),
    Fate.RETAIN: ("保留", "照原样留着"),
}


class FatePreview(QWidget):
    """Three paragraphs; each says what of which part of the file, so that all is seen at once."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("去掉什么、留下什么")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        self._texts: dict[Fate, QLabel] = {}
        for fate, (head, note) in _HEADS.items():
            top = SectionHead(head)
            top.set_note(note)
            text = text_label("", "reading", wraps=True)
            text.setAccessibleName(head)
            column.addWidget(top)
            column.addWidget(text)
            self._texts[fate] = text

    def show_fates(self, *, is_mediation: bool) -> None:
        """Say it of a case, or of a mediation."""
        lines = fate_lines(is_mediation=is_mediation)
        for fate, text in self._texts.items():
            mine = [_sentence(line) for line in lines if line.fate is fate]
            text.setText(f"{'；'.join(mine)}。" if mine else "没有。")

    def texts(self) -> dict[Fate, str]:
        """Return what is said."""
        return {fate: text.text() for fate, text in self._texts.items()}


def _sentence(line: FateLine) -> str:
    why = f"（{line.why}）" if line.fate is not Fate.ERASE else ""
    return f"{line.what}：{line.columns}{why}"
