"""Below the case in hand (联系过的): what he said last, and who spoke with him since."""

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.case_file import CaseFile
from desk.queries.case_reaching import say_contacts
from desk.ui.case.contact_lines import contact_lines
from desk.ui.case.words import Line
from desk.ui.followup.said_before import said_last
from desk.ui.theme import say_state
from desk.ui.widgets.cards import text_label

_MOST = 5  # lines; the case file has all of them


class Talks(QWidget):
    """Why the case is in a further round, and the newest attempts of all units."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._again = text_label("", "label", wraps=True)
        say_state(self._again, state="warn")
        self._head = text_label("", "label")
        self._lines = text_label("", "caption", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self._again, self._head, self._lines):
            column.addWidget(part)

    def show_case(self, file: CaseFile, now: datetime) -> None:
        """Show what was said with the appellant of this case."""
        lines = contact_lines(file, now)[:_MOST]
        self._again.setText(said_last(file) if file.round.number > 1 else "")
        self._again.setVisible(bool(self._again.text()))
        self._head.setText(f"联系过的　{say_contacts(file.contacts)}".strip("　"))
        self._lines.setText("\n".join(_in_one_line(line) for line in lines))
        for part in (self._head, self._lines):
            part.setVisible(bool(lines))

    def again(self) -> str:
        """Return what is said of the round before."""
        return self._again.text()

    def lines(self) -> list[str]:
        """Return the attempts as they are shown."""
        return self._lines.text().splitlines()


def _in_one_line(line: Line) -> str:
    parts = (line.time.replace("\n", " "), line.verb, line.who, *line.details)
    return "　".join(part.replace("\n", " ") for part in parts if part)
