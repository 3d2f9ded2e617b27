"""转调解 from a case file (Alt+Z): what is known already is carried over, and can be changed."""

from typing import Any

from desk.actions.mediation_opening import OpenMediation
from desk.queries.case_file import CaseFile
from desk.queries.case_views import ContactData
from desk.rules.deeds import Deed
from desk.rules.mediation_codes import PartySide
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.mediation.opening_fields import OpeningFields
from desk.ui.widgets.cards import text_label

_HIDDEN = "诉求人的姓名和电话已隐去。先写理由查看，再按转调解会自动带入；也可以当面问了直接写。"


class ToMediationPanel(DeedPanel):
    """转调解: a mediation of its own that is linked to the case; the case goes on."""

    deed, title, verb = Deed.TO_MEDIATION, "转调解", "登记调解申请"
    is_wide = True

    def build(self) -> None:
        """Show the form with the facts of the case."""
        self._fields = OpeningFields(self.form, self)
        self._fields.fill(carried_over(self.file))
        data = self.file.contact_data
        if data is None:
            self.form.add(text_label(_HIDDEN, "hint", wraps=True))
        elif data.is_revealed:
            self._fields.lend_applicant(_contact(data))

    def drop_contact(self) -> None:
        """Conceal what was shown for a while; it still goes along with the application."""
        self._fields.conceal_applicant()

    def submit(self) -> None:
        """Ask for what must be there first."""
        self.form.clear_sentences()
        name, sentence = self._fields.missing()
        if name:
            self.missing(name, sentence)
            return
        super().submit()

    def request(self, head: OnCase) -> OpenMediation:
        """Open it, linked to the case."""
        return OpenMediation(
            made_by=head["made_by"],
            happened_at=head["happened_at"],
            case=head["case"],
            case_seen=head["seen"],
            **self._fields.facts(),
        )


def carried_over(file: CaseFile) -> dict[str, Any]:
    """Return what the form begins with; contact data only as far as it is the reader's work."""
    data = file.contact_data
    applicant = {"side": PartySide.APPLICANT.value}
    if data is not None and not data.is_revealed:
        applicant |= _contact(data)
    return {
        "parties": [applicant, {"side": PartySide.RESPONDENT.value}],
        "facts": file.details,
        "requests": file.request,
        "title": file.summary,
        "site": file.place,
    }


def _contact(data: ContactData) -> dict[str, str]:
    return {"name": data.name, "phone": data.phone, "address": data.address}
