"""Which deeds around a dispatch have no point at the moment, though the rights allow them."""

from desk.queries.case_file import CaseFile
from desk.rules.codes import AssignmentRole, AssignmentStatus
from desk.rules.deeds import Deed

_DROPPABLE = frozenset({AssignmentStatus.WAITING, AssignmentStatus.ACCEPTED})


def idle_deeds(file: CaseFile) -> set[Deed]:
    """Return what is not offered: nothing proposed, nobody to drop, returned too often already."""
    found = set()
    if file.dispatch.proposal is None:
        found.add(Deed.CONFIRM_DISPATCH)
    if not any(
        part.role is not AssignmentRole.LEAD and part.status in _DROPPABLE for part in file.parts
    ):
        found.add(Deed.DROP_SUPPORT)
    is_asked = any(part.status is AssignmentStatus.RETURNING for part in file.parts)
    if is_asked or file.return_count >= file.dispatch.returns_allowed:
        found.add(Deed.RETURN)
    return found
