"""Each change that a clerk notices leaves one sentence in `changes.d` until the next release."""

import re

from tests.house.sources import text_of, tracked

KINDS = ("added", "changed", "fixed", "removed")
NAME = re.compile(rf"changes\.d/[a-z0-9][a-z0-9-]*\.({'|'.join(KINDS)})\.md")


def troubles(name: str, text: str) -> list[str]:
    """Return what is wrong with the name or the sentence of a fragment."""
    found = []
    if not NAME.fullmatch(name):
        found.append(f"the name is not `words.{'|'.join(KINDS)}.md`")
    if not re.fullmatch(r"[^\n]{4,150}[。!?]\n", text) or not re.search(r"[一-鿿]", text):
        found.append("not one Chinese sentence in one line")
    return found


def fragments() -> list[str]:
    """Return the sentences that wait for the next release."""
    return [n for n in tracked() if n.startswith("changes.d/") and not n.endswith("README.md")]


def test_changes_wait_for_the_next_release_or_stand_in_the_changelog():
    assert fragments() or re.search(r"^## \[\d", text_of("CHANGELOG.md"), re.MULTILINE)


def test_every_change_is_one_sentence_for_clerks():
    assert {n: found for n in fragments() if (found := troubles(n, text_of(n)))} == {}


def test_a_bad_fragment_is_found():
    assert troubles("changes.d/board.added.md", "看板按剩余时间排序。\n") == []
    assert troubles("changes.d/Board.md", "看板按剩余时间排序。\n")
    assert troubles("changes.d/board.added.md", "Sort the board.\n")
