"""The square code on every paper (文书二维码): by it a scan finds its paper again."""

import re
from typing import NamedTuple

_CODE = re.compile(r"CD1:(0|[1-9][0-9]{0,18}):([a-z][a-z-]{1,39}):([1-9][0-9]{0,18})")
_LARGEST = 2**63 - 1


class PaperCode(NamedTuple):
    """What the square code on a paper says; a paper of the hall belongs to case 0, to none."""

    case: int
    code: str
    paper: int


def read_code(text: str) -> PaperCode | None:
    """Return what a square code says, or None where it is not on one of our papers."""
    found = _CODE.fullmatch(text.strip())
    if found is None:
        return None
    said = PaperCode(int(found[1]), found[2], int(found[3]))
    return said if max(said.case, said.paper) <= _LARGEST else None
