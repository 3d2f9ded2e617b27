"""Which deeds about more time and pauses have a point now (延期、挂账、暂停的动作)."""

from desk.queries.case_file import CaseFile
from desk.rules.clock_codes import ExtensionState
from desk.rules.codes import ClockKind
from desk.rules.deeds import Deed
from desk.rules.sign_route import Stand
from desk.ui.case.extension_panels import running_limits

_USUALLY_PAUSED = frozenset({ClockKind.HANDLE, ClockKind.OPINION})


def moot_deeds(file: CaseFile) -> set[Deed]:
    """Return what is not offered: nothing asked, asked already, not on his desk, nothing runs."""
    pending, found = file.extensions.pending, set()
    if pending is None:
        found |= {Deed.TELL_EXTENSION, Deed.DROP_EXTENSION}
        if not running_limits(file):
            found.add(Deed.ASK_EXTENSION)
    else:
        found.add(Deed.ASK_EXTENSION)
        if pending.told_at is not None or file.is_anonymous:
            found.add(Deed.TELL_EXTENSION)
    if pending is None or pending.state is not ExtensionState.OFFICE:
        found.add(Deed.REVIEW_EXTENSION)
    if pending is None or pending.stand is Stand.NOBODY:
        found.add(Deed.DECIDE_EXTENSION)
    if file.extensions.pause is None:
        found.add(Deed.RESUME)
    if file.extensions.pause is not None or not any(
        row.is_running and row.kind in _USUALLY_PAUSED and row.round_no == file.round.number
        for row in file.clocks
    ):
        found.add(Deed.PAUSE)
    return found
