"""Two versions of a record become one: no word of either is lost, and nobody's order changes."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk.queries.record_desk import SaidBlock
from desk.rules.moments import SHANGHAI
from desk.ui.mediation.record_blocks import as_plain, from_plain, joined

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI)
BLOCKS = st.lists(
    st.builds(
        SaidBlock,
        st.sampled_from(["钱惠", "陈桂芳"]),
        st.sampled_from(["漏", "漏水", "赔偿", "修好"]),
        st.integers(0, 5).map(lambda minutes: NINE + timedelta(minutes=minutes)),
    ),
    max_size=6,
    unique_by=lambda block: (block.who, block.at),
)


def said(text, minute, who="钱惠"):
    """Return a block that was begun so many minutes after nine."""
    return SaidBlock(who, text, NINE + timedelta(minutes=minute))


@given(BLOCKS, BLOCKS)
def test_every_word_of_both_is_still_there(mine, theirs):
    both = joined(mine, theirs)
    for block in (*mine, *theirs):
        assert any(
            (one.who, one.at) == (block.who, block.at) and one.text.startswith(block.text)
            for one in both
        )


@given(BLOCKS, BLOCKS)
def test_my_own_order_stays(mine, theirs):
    keys = [(block.who, block.at) for block in mine]
    both = [key for one in joined(mine, theirs) if (key := (one.who, one.at)) in keys]
    assert list(dict.fromkeys(both)) == keys


@given(BLOCKS)
def test_the_same_record_twice_is_that_record(blocks):
    assert joined(blocks, blocks) == blocks
    assert joined(blocks, []) == joined([], blocks) == blocks


def test_what_only_the_other_wrote_comes_in_where_it_was_said():
    mine, theirs = [said("甲", 1), said("乙", 5)], [said("丙", 3)]
    assert [one.text for one in joined(mine, theirs)] == ["甲", "丙", "乙"]


def test_the_longer_words_of_one_block_stay_and_different_ones_both():
    assert joined([said("漏", 1)], [said("漏水", 1)]) == [said("漏水", 1)]
    assert joined([said("漏水", 1)], [said("漏", 1)]) == [said("漏水", 1)]
    assert [one.text for one in joined([said("漏水", 1)], [said("赔偿", 1)])] == ["漏水", "赔偿"]


@given(BLOCKS)
def test_a_draft_gives_back_the_blocks_it_kept(blocks):
    assert from_plain(as_plain(blocks)) == blocks
