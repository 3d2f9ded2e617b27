"""Where deed panels stand beside a case (侧栏)."""

from dataclasses import replace
from functools import partial

from desk.queries.case_file import CaseFile, case_file
from desk.rules.rights import may
from desk.ui.case.deed_panel import DeedPanel, ShowsContact
from desk.ui.case.form_panel import FormPanel
from desk.ui.case.panel_stack import PanelStack
from desk.ui.desk import Query


class PanelHost(PanelStack[CaseFile]):
    """Holds one panel of a case at a time; hidden while there is none."""

    def hide_contact(self, file: CaseFile) -> None:
        """Hide contact data in the open panel that this look at its case does not show."""
        panel = self.panel
        if panel is None or panel.file.id != file.id or file.contact_data is not None:
            return
        if isinstance(panel, ShowsContact) and panel.file.contact_data is not None:
            self.put_sheet_away()  # it shows contact data too
            panel.drop_contact()
        panel.file = replace(panel.file, contact_data=None)

    def fresh(self, wanted: int) -> Query[CaseFile | None]:
        """Return the query that reads the newest state of the case."""
        return partial(case_file, case_id=wanted)

    def is_allowed(self, panel: FormPanel[CaseFile], file: CaseFile) -> bool:
        """Return whether the rights table still allows the deed."""
        return isinstance(panel, DeedPanel) and may(panel.deed, file.stand, self._desk.person)

    def catch_up(self, file: CaseFile) -> None:
        """Hide what may no longer be seen."""
        self.hide_contact(file)
