"""What leaves the hall in a log tells of the program alone."""

import pytest

from desk.rules.log_masks import masked_log


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("2026-11-02 09:00:01,123 ERROR desk ValueError", None),
        ("  desk/ui/tasks.py:104 _deliver", None),
        ("saved 陈桂芳 13800000023", "saved ＊ ＊"),
        ("card 11010119900307123X read", "card ＊ read"),
        ("postgresql://u:pw@db.hall.cn/desk away", "＊ away"),
        ("who@hall.cn at 10.0.0.7", "＊ at ＊"),
        ('File "/srv/chen/case/desk/logs.py", line 3', 'File "＊/logs.py", line 3'),
        (r"C:\Users\chen\x.db", "＊/x.db"),
    ],
)
def test_only_types_places_and_times_are_left(line, left):
    assert masked_log(line) == (line if left is None else left)
