"""Whatever a case can do or be refused, somebody does or hears before a window (办理动作)."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from desk.rules.deeds import STEP_OF
from desk.rules.lifecycle import MOVES
from tests.house.sources import dotted, imported, python_files, tree_of
from tests.house.untold import BESIDE, TOOLS, UNTOLD
from tests.life.moves import CHAPTERS

# done in the viewer of attachments (tests/life/test_refused_attachments.py); on mediations
OTHER_PLACES = {"TAKE_OUT", "TO_MEDIATION"}
TOUCHED = ("intake_checks", "blobs", "seal_register")  # called by actions on cases
REFUSALS = {"RuleBroken", "NotAllowed", "StaleCase"}
WINDOWS = ("tests/life/", "tests/stories/", "tests/ui/")
SHORTEST = 7  # characters of a sentence that a test must have named to have told it


@dataclass(frozen=True)
class Refusal:
    """One sentence: where it is said, and its fixed words in their order."""

    module: str
    words: tuple[str, ...]

    def is_heard_in(self, said: str) -> bool:
        """Return whether a text of a test is this sentence, or a telling part of it."""
        whole = ".*".join(map(re.escape, self.words))
        if re.search(whole, said, re.DOTALL) and len(said) >= SHORTEST:
            return True
        return len(said) >= SHORTEST and any(said in part for part in self.words)


def fixed_words(node: ast.expr) -> tuple[str, ...]:
    """Return what is written out of a sentence; nothing where it is put together elsewhere."""
    if isinstance(node, ast.Constant):
        return (str(node.value),)
    if isinstance(node, ast.JoinedStr):
        found = (str(part.value) for part in node.values if isinstance(part, ast.Constant))
        return tuple(part for part in found if len(part) > 1)
    return ()


def refusals_of(name: str) -> Iterator[Refusal]:
    """Yield every refusal that a module writes out."""
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Call) and dotted(node.func) in REFUSALS and node.args:
            words = fixed_words(node.args[0])
            if words:
                yield Refusal(PurePosixPath(name).stem, words)


def names_taken_from(name: str) -> set[str]:
    """Return what a module imports by name."""
    nodes = (node for node in ast.walk(tree_of(name)) if isinstance(node, ast.ImportFrom))
    return {alias.name for node in nodes for alias in node.names}


def actions_on_cases() -> list[str]:
    """Return the actions that touch cases; mediations have their own life and their own tests."""
    found = []
    for name in python_files("desk/actions/"):
        taken = names_taken_from(name)
        is_beside = "Mediation" in taken or PurePosixPath(name).stem in BESIDE
        if {"Case", "CaseRequest"} & taken and not is_beside:
            found.append(name)
    return found + [f"desk/actions/{stem}.py" for stem in TOUCHED]


def refusals_of_cases() -> list[Refusal]:
    """Return what the actions on cases refuse, and the rules and the transaction they stand on."""
    actions = actions_on_cases()
    rules = {module for name in actions for _, module in imported(tree_of(name))}
    files = [module.replace(".", "/") + ".py" for module in rules]
    below = [name for name in python_files("desk/rules/") if name in files]
    names = [*actions, *below, "desk/store/transaction.py"]
    return [
        refusal
        for name in names
        if PurePosixPath(name).stem not in TOOLS
        for refusal in refusals_of(name)
    ]


def said_in_windows() -> set[str]:
    """Return every text that the tests of windows write out."""
    found = set()
    for name in python_files(*WINDOWS):
        for node in ast.walk(tree_of(name)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            if isinstance(node, ast.JoinedStr):
                found.add("".join(fixed_words(node)))
    return found


def test_every_move_of_a_case_is_driven_through_the_windows():
    known = {(before, after) for before, targets in MOVES.items() for after in targets}
    told = {move for chapter in CHAPTERS.values() for move in chapter.moves()}
    assert known - told == set()
    assert {(before, after) for before, after in told - known if before is not after} == set()


def test_every_deed_on_a_case_is_done_in_a_window():
    named = {
        dotted(node)
        for name in python_files("tests/life/")
        for node in ast.walk(tree_of(name))
        if isinstance(node, ast.Attribute)
    }
    assert {deed.name for deed in STEP_OF if f"Deed.{deed.name}" not in named} == OTHER_PLACES


def test_every_refusal_is_heard_in_a_window_or_cannot_be():
    said = said_in_windows()
    untold = {
        (refusal.module, "…".join(refusal.words))
        for refusal in refusals_of_cases()
        if not any(refusal.is_heard_in(one) for one in said)
    }
    assert untold - UNTOLD.keys() == set()
    assert UNTOLD.keys() - untold == set(), "told by now: take it off the list"


def test_a_sentence_with_gaps_is_known_by_its_fixed_words():
    node = ast.parse("f'事项 {seq} 还没有问，请问过再存。'", mode="eval").body
    refusal = Refusal("followup", fixed_words(node))
    assert refusal.words == ("事项 ", " 还没有问，请问过再存。")
    assert refusal.is_heard_in("事项 2 还没有问，请问过再存。")
    assert not refusal.is_heard_in("事项 2 还没有答复。")
