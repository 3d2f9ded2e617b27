"""What is said of long work: how far it is and how long it still takes."""

import pytest

from desk.rules.long_work import Progress, left_words, progress_words, short_words


def test_the_rest_takes_as_long_per_case_as_what_is_done():
    half = Progress(500, 1000, "正在导入", since=100.0)
    assert half.seconds_left(160.0) == pytest.approx(60.0)
    assert progress_words(half, 160.0) == "正在导入，已 500 / 1,000 件，约还要 1 分钟"


@pytest.mark.parametrize(
    ("progress", "now"),
    [
        (Progress(500, 1000, since=100.0), 101.0),  # a second tells nothing
        (Progress(1, 1000, since=100.0), 130.0),  # nor does one case of a thousand
        (Progress(500, 0, since=100.0), 160.0),  # nobody knows how many there are
    ],
)
def test_no_time_is_named_while_nobody_can_know_it(progress, now):
    assert progress.seconds_left(now) is None
    assert "约还要" not in progress_words(progress, now)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, ""),
        (0.5, "约还要 10 秒"),
        (41, "约还要 50 秒"),
        (61, "约还要 2 分钟"),
        (3500, "约还要 59 分钟"),
        (5400, "约还要 1 小时 30 分钟"),
    ],
)
def test_the_time_is_rounded_up(seconds, said):
    assert left_words(seconds) == said


def test_work_whose_size_nobody_knows_counts_what_is_done():
    assert progress_words(Progress(), 9.0) == "正在做"
    assert progress_words(Progress(300, unit="行"), 9.0) == "正在做，已 300 行"


def test_the_status_line_names_the_first_and_counts_the_others():
    assert short_words("导出台账", Progress(45, 100), 0) == "导出台账 45%"
    assert short_words("导出台账", Progress(120, 100), 1) == "导出台账 100%，另有 1 项"
    assert short_words("备份", Progress(), 0) == "备份"
