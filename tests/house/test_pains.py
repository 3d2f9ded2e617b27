"""The handbook says of every pain of the field where it is answered, and how far (DOMAIN 7, 9)."""

import ast
import re

from desk.ui import keys
from tests.house.sources import python_files, text_of, tree_of

PAGE = "resources/handbook/pains.md"
SEVENTH = 10
# how many items each part of the ninth section of the domain's manual has
NINTH = {1: 7, 2: 9, 3: 5, 4: 7, 5: 11, 6: 7}
FAR = ("做到。", "部分。", "没有。")
_ROW = re.compile(r"^\| (?P<code>[79]\.[\d-]+) \| (?P<pain>.+) \| (?P<where>.+) \| (?P<far>.+) \|$")
_NAME = re.compile(r"\*\*(.+?)\*\*")
_KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)+[\w↑↓←→]+|\bF\d+\b")


def wanted():
    """Return the numbers of all pains: those of section 七, then those of 九."""
    ninth = [f"9.{part}-{item}" for part, last in NINTH.items() for item in range(1, last + 1)]
    return [f"7.{item}" for item in range(1, SEVENTH + 1)] + ninth


def rows(page):
    """Return the numbered rows: number, pain, where, how far."""
    found = (_ROW.match(line) for line in page.splitlines())
    return [match.groups() for match in found if match is not None]


def words_of_windows():
    """Return every text that a window or a rule is written with."""
    texts = set()
    for name in python_files("desk/ui/", "desk/rules/"):
        for node in ast.walk(tree_of(name)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
    return texts


def known_keys():
    """Return every key as it is written on a key cap."""
    kinds = (kind for kind in vars(keys).values() if isinstance(kind, type))
    return {keys.shown(key) for kind in kinds if issubclass(kind, str) for key in kind}


def invented(page, names, caps):
    """Return the places and keys in a page that the program does not have."""
    said = [name for name in _NAME.findall(page) if name not in names]
    return said + [key for key in _KEY.findall(page) if key not in caps]


def places(page):
    """Return where the numbered rows lead, and the rows of what else there is."""
    other = page.partition("## 别的难处")[2].partition("**不做的**")[0]
    return "\n".join([*(where for _code, _pain, where, _far in rows(page)), other])


def test_every_pain_has_one_row():
    assert [code for code, *_ in rows(text_of(PAGE))] == wanted()


def test_every_row_says_plainly_how_far_it_is_answered():
    assert [code for code, _, _, far in rows(text_of(PAGE)) if not far.startswith(FAR)] == []


def test_every_row_names_a_place_and_every_place_and_key_exists():
    page = text_of(PAGE)
    nowhere = [code for code, _, where, _ in rows(page) if not _NAME.findall(where)]
    assert nowhere == []
    assert invented(places(page), words_of_windows(), known_keys()) == []


def test_a_place_that_does_not_exist_is_found():
    page = "| 7.1 | 难 | **没有的页**（Ctrl+Alt+Q） | 做到。 |"
    assert invented(places(page), {"受理"}, {"F2"}) == ["没有的页", "Ctrl+Alt+Q"]
