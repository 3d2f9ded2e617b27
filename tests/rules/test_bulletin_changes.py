"""What became of the cases of a bulletin after it was issued."""

import pytest

from desk.rules.bulletin_changes import (
    Changed,
    ChangeKind,
    gathered,
    kinds_of,
    moved_figures,
    say_changes,
)
from desk.rules.bulletin_figures import picked
from tests.bulletin_specimen import total

C = ChangeKind


@pytest.mark.parametrize(
    ("before", "now", "kinds"),
    [
        ({"satisfaction": None}, {"satisfaction": "satisfied"}, [C.RATED]),
        ({"satisfaction": "dissatisfied"}, {"satisfaction": "fairly"}, [C.RATED_AGAIN]),
        ({"resolution": "no"}, {"resolution": "yes", "satisfaction": "fairly"}, [C.RATED_AGAIN]),
        ({"counts_in_rates": True}, {"counts_in_rates": False}, [C.EXCLUDED]),
        ({"counts_in_rates": False}, {"counts_in_rates": True}, [C.COUNTED_AGAIN]),
        ({"is_overdue": False}, {"is_overdue": True}, [C.LATE]),
        ({"is_overdue": True}, {"is_overdue": False}, []),
        ({"lead_unit_id": 1}, {"lead_unit_id": 2}, [C.OTHER_UNIT]),
        ({"category_id": 1}, {"category_id": 2}, [C.OTHER_CATEGORY]),
        ({"repeat_of_id": None}, {"repeat_of_id": 3}, [C.OTHER_MARKS]),
        ({"status": "handling"}, {"status": "merged"}, [C.ENDED]),
        ({"status": "handling"}, {"status": "closed"}, []),
        ({"lead_unit_id": 1}, {"lead_unit_id": 1}, []),
    ],
)
def test_each_change_has_its_name(before, now, kinds):
    assert kinds_of(before, now) == kinds


def test_changes_are_told_with_their_cases():
    found = gathered([(5, C.RATED_AGAIN), (3, C.EXCLUDED), (1, C.RATED_AGAIN)])

    assert found == [Changed(C.RATED_AGAIN, (1, 5)), Changed(C.EXCLUDED, (3,))]
    assert say_changes(found) == "自印发以来：2 件改评，1 件剔除。"
    assert say_changes([]) == "自印发以来，这一期的件没有变化。"


def test_figures_that_read_otherwise_are_named():
    then, now = picked(total()), picked(total(satisfaction_rate="91.45", double_no=1))

    assert moved_figures(then, now) == ["满意率 91.20% → 91.45%", "双否 2 → 1"]
    assert moved_figures({"score": "92.67"}, now) == []
