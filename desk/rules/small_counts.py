"""Which counts of a list may be told outside, so that no small one can be worked out (小数抑制).

Whoever knows a total and all rows but one knows the last row too. So where small counts are left
out, they must leave room for more than one answer: if need be, further rows go with them.
"""

from collections.abc import Sequence


def hidden_among(counts: Sequence[int], least: int) -> frozenset[int]:
    """Return the places of those counts of one total that are not told; none where none is small.

    A count above 0 and below `least` is small. With the small ones go the zeros, so that nobody
    knows which of them is empty; and while all that is hidden is the same number, its share of the
    total would tell it, so the smallest of the others go along, all that are equally small. Hidden
    counts can then be exchanged without any difference outside.

    Args:
        least: the smallest count that may be told.
    """
    if not any(0 < count < least for count in counts):
        return frozenset()
    hidden = {at for at, count in enumerate(counts) if count < least}
    told = set(range(len(counts))) - hidden
    while told and len({counts[at] for at in hidden}) == 1:
        smallest = min(counts[at] for at in told)
        more = {at for at in told if counts[at] == smallest}
        hidden, told = hidden | more, told - more
    return frozenset(hidden)
