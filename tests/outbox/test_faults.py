"""Desks, cables and the server fail at random: what was said to be saved is there, once (4.2).

`python -m benchmarks.faults --faults 2000` is the same by hand, one fault after the other.
"""

import pytest

from benchmarks.faults import endure


@pytest.mark.timeout(900)
def test_no_fault_loses_an_intake_or_doubles_one():
    found = endure(50, stations=3, pace=0.5, overlaps=True)
    assert found.troubles == (0,) * len(found.troubles), found
    assert found.faults == 50
    assert len(found.recoveries) == 10  # every kind of fault
    assert found.saved > 50
