"""A panel beside a mediation in which one step is done (办理栏), and where it stands."""

from datetime import datetime
from functools import partial
from typing import ClassVar, TypedDict

from desk.queries.mediation_file import MediationBody, WholeMediation, mediation_file
from desk.rules.mediation_rights import MediationDeed, may_mediate
from desk.ui.case.form_panel import FormPanel
from desk.ui.case.panel_stack import PanelStack
from desk.ui.desk import Query


class OnMediation(TypedDict):
    """Head of every request about a mediation: who, when, which one, at which version."""

    made_by: int
    happened_at: datetime
    mediation: int
    seen: int


class MediationPanel(FormPanel[WholeMediation]):
    """One deed on a mediation as a form; it is only offered to those who read the content."""

    deed: ClassVar[MediationDeed]

    @property
    def body(self) -> MediationBody:
        """The content of the mediation."""
        assert self.file.body is not None  # noqa: S101 - without it no such panel is offered
        return self.file.body

    def head(self) -> OnMediation:
        """Return the head of a request made now."""
        return OnMediation(**self.desk.by_me(), mediation=self.file.id, seen=self.file.version)


class MediationHost(PanelStack[WholeMediation]):
    """Holds one panel of a mediation at a time; hidden while there is none."""

    def fresh(self, wanted: int) -> Query[WholeMediation | None]:
        """Return the query that reads the newest state of the mediation."""
        return partial(mediation_file, mediation_id=wanted)

    def is_allowed(self, panel: FormPanel[WholeMediation], file: WholeMediation) -> bool:
        """Return whether the rights table still allows the deed, and the content is still read."""
        return (
            isinstance(panel, MediationPanel)
            and file.body is not None
            and may_mediate(panel.deed, file.stand, self._desk.person, file.read_at)
        )

    def catch_up(self, file: WholeMediation) -> None:
        """Do nothing else: what may not be read is not in the file."""
