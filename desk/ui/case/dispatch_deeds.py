"""Which deeds around a dispatch have no point at the moment, though the rights allow them."""

from desk.queries.case_file import CaseFile
from desk.queries.case_views import PartView
from desk.rules.codes import AssignmentRole, AssignmentStatus
from desk.rules.deeds import Deed
from desk.rules.passing_on import passed_on
from desk.rules.rights import Part, Person, may_hand_back

_LIVE = frozenset({AssignmentStatus.WAITING, AssignmentStatus.ACCEPTED})
_IN_HAND = _LIVE | {AssignmentStatus.RETURNING}  # asked back, and not answered yet


def idle_deeds(file: CaseFile, person: Person) -> set[Deed]:
    """Return what is not offered: nothing proposed, nobody to drop, nothing to hand back."""
    found = set()
    if file.dispatch.proposal is None:
        found.add(Deed.CONFIRM_DISPATCH)
    if not supports_to_drop(file):
        found.add(Deed.DROP_SUPPORT)
    if not parts_to_return(file, person):
        found.add(Deed.RETURN)
    return found


def supports_to_drop(file: CaseFile) -> list[PartView]:
    """Return the parts of supporting units that have not reported, whoever asked to go included."""
    return [
        part
        for part in file.parts
        if part.role is not AssignmentRole.LEAD and part.status in _IN_HAND
    ]


def parts_to_return(file: CaseFile, person: Person) -> list[PartView]:
    """Return the parts that this person's unit may ask to hand back now, the lead's first."""
    is_used_up = (
        passed_on(file.return_count, file.dispatch.redirects) >= file.dispatch.returns_allowed
    )
    found = [
        part
        for part in file.parts
        if (person.is_built_in or part.unit_id in person.unit_ids)
        and part.status in _LIVE
        and may_hand_back(Part(part.unit_id, part.role, part.status), file.status)
        and not (is_used_up and part.role is AssignmentRole.LEAD)
    ]
    return sorted(found, key=lambda part: part.role is not AssignmentRole.LEAD)


def asked_back(file: CaseFile) -> list[PartView]:
    """Return the parts that units want to hand back, the lead's first."""
    asked = [part for part in file.parts if part.status is AssignmentStatus.RETURNING]
    return sorted(asked, key=lambda part: part.role is not AssignmentRole.LEAD)
