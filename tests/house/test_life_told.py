"""Whatever a case can do or be refused, somebody does or hears before a window (办理动作)."""

import ast
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from desk.rules.deeds import STEP_OF
from desk.rules.lifecycle import MOVES
from tests.house.refusals import GAP, parts_of, refused_in
from tests.house.sources import dotted, imported, python_files, tree_of
from tests.house.untold import BESIDE, TOOLS, UNTOLD
from tests.life.moves import CHAPTERS

# done in the viewer of attachments (tests/life/test_refused_attachments.py); on mediations
OTHER_PLACES = {"TAKE_OUT", "TO_MEDIATION"}
# called by actions on cases; around a case: what it is answered from, handed over, who stands in
TOUCHED = ("intake_checks", "blobs", "seal_register")
AROUND = ("answer_library", "directory", "handover", "keeping", "leader_areas", "stand_ins")
# a sentence of another refusal, said again beside a field
PASSED_ON = {("desk/rules/leader_cases.py", "str(error)")}
WINDOWS = ("tests/life/", "tests/stories/")  # each on both engines
SHORTEST = 7  # characters of a sentence that a test must have named to have told it


@dataclass(frozen=True)
class Refusal:
    """One sentence: where it is said, and its fixed words in their order."""

    module: str
    words: tuple[str, ...]

    def is_heard_in(self, said: str) -> bool:
        """Return whether a text of a test is this sentence, or a telling part of it."""
        if len(said) < SHORTEST:
            return False
        if all(part in said for part in self.words):
            return re.search(".*".join(map(re.escape, self.words)), said, re.DOTALL) is not None
        return any(said in part for part in self.words)


def refusals_of(name: str) -> set[Refusal]:
    """Return every refusal of a module, also what is put together elsewhere."""
    found = (said for _node, sentences in refused_in(name) for said in sentences)
    return {Refusal(module, words) for module, words in found}


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
    more = {f"desk/actions/{stem}.py" for stem in (*TOUCHED, *AROUND)}
    return sorted({*found, *more})


def modules_of_cases() -> list[str]:
    """Return the actions on cases, the rules they stand on, and the transaction."""
    actions = actions_on_cases()
    rules = {module for name in actions for _, module in imported(tree_of(name))}
    files = [module.replace(".", "/") + ".py" for module in rules]
    below = [name for name in python_files("desk/rules/") if name in files]
    names = [*actions, *below, "desk/store/transaction.py"]
    return [name for name in names if PurePosixPath(name).stem not in TOOLS]


def refusals_of_cases() -> set[Refusal]:
    """Return what is refused there; not what others have the transaction say."""
    names = modules_of_cases()
    stems = {PurePosixPath(name).stem for name in names}
    others = {PurePosixPath(name).stem for name in python_files("desk/actions/")} - stems
    found = {refusal for name in names for refusal in refusals_of(name)}
    return {refusal for refusal in found if refusal.module not in others}


def said_in_windows() -> set[str]:
    """Return every text that the tests of windows write out."""
    found = set()
    for name in python_files(*WINDOWS):
        for node in ast.walk(tree_of(name)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            if isinstance(node, ast.JoinedStr):
                parts = (part.value for part in node.values if isinstance(part, ast.Constant))
                found.add("".join(map(str, parts)))
    return {words for words in found if not words.isascii()}


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


def test_every_refusal_is_known_by_its_words():
    unknown = {
        (name, ast.unparse(node))
        for name in modules_of_cases()
        for node, sentences in refused_in(name)
        if not sentences
    }
    assert unknown == PASSED_ON


def test_a_sentence_with_gaps_is_known_by_its_fixed_words():
    refusal = Refusal("followup", parts_of(f"事项 {GAP} 还没有问，请问过再存。"))
    assert refusal.words == ("事项 ", " 还没有问，请问过再存。")
    assert refusal.is_heard_in("事项 2 还没有问，请问过再存。")
    assert not refusal.is_heard_in("事项 2 还没有答复。")


def test_a_sentence_that_is_put_together_elsewhere_is_known_too():
    changed = Refusal("handover", ("列表刚有变化，请按 F12 重新看过再交。",))  # a constant
    never = Refusal("answer_library", ("找不到这一条，请刷新后再试。",))  # handed to who raises it
    first = Refusal("chief_dispatch", ("请先拟派，由一把手确认。",))  # a method of the rules
    assert {changed, never, first} <= refusals_of_cases()
