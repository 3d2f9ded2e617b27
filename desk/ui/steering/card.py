"""The case of a line of the page 督办: in brief, what was asked and said, who held it how long."""

from functools import partial

from desk.queries.case_file import CaseFile
from desk.queries.holding import case_strip
from desk.rules.holding import CaseStrip
from desk.ui.desk import Desk
from desk.ui.start.brief_card import BriefCard
from desk.ui.steering.held_strip import HeldStrip
from desk.ui.steering.words import supervision_lines, urging_lines
from desk.ui.widgets.cards import text_label


class SteeringCard(BriefCard):
    """A brief with the supervision in front, all urgings, and the strip."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._case: int | None = None
        self.told = text_label("", "reading", wraps=True)
        self.told.setAccessibleName("督办、催办的经过")
        self.strip = HeldStrip()
        for widget in (self.told, text_label("谁手里多久", "label"), self.strip):
            self.below.addWidget(widget)

    def show_case(self, file: CaseFile) -> None:
        """Show a case; its strip is read by itself."""
        now, view = self._desk.now(), file.steering
        self.show_file(file, now)
        said = [line for one in view.supervisions[:1] for line in supervision_lines(one, now)]
        said += [line for one in view.urgings for line in urging_lines(one, now)]
        self.told.setText("\n".join(said))
        self.told.setVisible(bool(said))
        self._case = file.id
        query = partial(case_strip, case_id=file.id)
        self._desk.ask(query, owner=self, done=partial(self._show_strip, file.id))

    def _show_strip(self, case: int, strip: CaseStrip | None) -> None:
        if case == self._case:
            self.strip.show_strip(strip, self._desk.now())
