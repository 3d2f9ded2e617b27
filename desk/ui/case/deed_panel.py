"""A panel beside the case in which one deed is done (办理栏)."""

from datetime import datetime
from typing import ClassVar, Protocol, TypedDict, runtime_checkable

from desk.queries.case_file import CaseFile
from desk.rules.deeds import Deed
from desk.ui.case.form_panel import FormPanel


class OnCase(TypedDict):
    """Head of every request about a case: who, when, which one, at which version."""

    made_by: int
    happened_at: datetime
    case: int
    seen: int


@runtime_checkable
class ShowsContact(Protocol):
    """A panel on which the appellant's contact data can be read."""

    def drop_contact(self) -> None:
        """Take the contact data off the panel; it may not be seen any longer."""


class DeedPanel(FormPanel[CaseFile]):
    """One deed on a case as a form."""

    deed: ClassVar[Deed]

    def head(self) -> OnCase:
        """Return the head of a request made now."""
        return OnCase(**self.desk.by_me(), case=self.file.id, seen=self.file.version)
