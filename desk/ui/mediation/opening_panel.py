"""The panel in which a mediation is opened on its own (登记调解申请)."""

from dataclasses import dataclass

from desk.actions.mediation_opening import OpenMediation
from desk.rules.deeds import Deed
from desk.ui.case.form_panel import FormPanel
from desk.ui.case.panel_stack import PanelStack
from desk.ui.desk import ByMe, Query
from desk.ui.mediation.opening_fields import OpeningFields


@dataclass(frozen=True, slots=True)
class NewMediation:
    """A mediation that is not there yet; what a panel about one needs to know of it."""

    id: int = 0
    version: int = 0


class OpeningPanel(FormPanel[NewMediation]):
    """登记调解申请: who with whom, about what; the number comes with saving."""

    deed, title, verb = Deed.OPEN_MEDIATION, "登记调解申请", "登记"
    is_wide = True

    def build(self) -> None:
        """Ask for the six things, and fold away the rest."""
        self._fields = OpeningFields(self.form, self)

    def head(self) -> ByMe:
        """Return the head of a request made now."""
        return self.desk.by_me()

    def submit(self) -> None:
        """Ask for what must be there first."""
        self.form.clear_sentences()
        name, sentence = self._fields.missing()
        if name:
            self.missing(name, sentence)
            return
        super().submit()

    def request(self, head: ByMe) -> OpenMediation:
        """Open it."""
        return OpenMediation(**head, **self._fields.facts())


class OpeningHost(PanelStack[NewMediation]):
    """Holds the form while it is written."""

    def fresh(self, wanted: int) -> Query[NewMediation | None]:
        """Return a query that finds nothing newer: it is not there yet."""
        del wanted
        return lambda _reader: NewMediation()

    def is_allowed(self, panel: FormPanel[NewMediation], file: NewMediation) -> bool:
        """Return that it may be opened; the action asks for the right."""
        del panel, file
        return True

    def catch_up(self, file: NewMediation) -> None:
        """Do nothing: there is nothing newer."""
