"""What is read of one plan, meeting or line of a list (这一项), with its lines to walk through."""

from collections.abc import Sequence

from desk.ui.sections.card import ReadingCard
from desk.ui.work_list import WorkRow


class LinesCard(ReadingCard):
    """The parts to be read, then measures or opinions, each of which can be chosen."""

    def show_lines(
        self, head: str, note: str, parts: Sequence[tuple[str, str]], rows: Sequence[WorkRow] = ()
    ) -> None:
        """Show this; what was chosen among the lines stays chosen."""
        self.show_words(head, note, parts)
        before = self.cases.current_id()
        self.cases.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.cases.set_rows(rows)
        if before is not None:
            self.cases.choose(before)
        self.cases.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.cases.setVisible(bool(rows))
