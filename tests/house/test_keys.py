"""One action, one key, on every screen; what input methods take is left to them."""

import ast
import re
from enum import StrEnum
from pathlib import Path

from desk.ui import keys
from desk.ui.help_window import keys_page
from desk.ui.key_meanings import MEANINGS
from desk.ui.keys import TAKEN, ActionKey, GlobalKey, ListKey, RoomKey

UI = Path(keys.__file__).parent
TABLES = [
    table
    for table in vars(keys).values()
    if isinstance(table, type) and issubclass(table, StrEnum) and table is not StrEnum
]
OWN_LETTERS = (RoomKey,)  # single letters of one grid; beside a picture they mean something else
SEQUENCE = re.compile(r"(?:(?:Ctrl|Alt|Shift|Meta)\+)+\S{1,9}|F\d{1,2}")


def test_no_key_has_a_second_meaning():
    used = [key for table in TABLES if table not in OWN_LETTERS for key in table]
    sequences = [key.value for key in used]
    assert sorted(sequences) == sorted(set(sequences))


def test_every_key_says_what_it_means_and_no_meaning_has_two_action_letters():
    assert set(MEANINGS) == {key for table in TABLES for key in table}
    words = [MEANINGS[key] for key in ActionKey]
    assert len(words) == len(set(words))


def test_the_list_of_all_keys_leaves_none_out():
    listed = {line.split("|")[1].strip() for line in keys_page().splitlines() if "|" in line}
    assert {keys.shown(key) for table in TABLES for key in table} - listed == set()


def test_actions_take_all_letters_and_only_letters_with_alt():
    assert sorted(ActionKey) == [f"Alt+{chr(code)}" for code in range(ord("A"), ord("Z") + 1)]


def test_no_key_belongs_to_an_input_method_or_the_desktop():
    used = {str(key) for table in TABLES for key in table}
    assert used & TAKEN == set()
    assert not [key for key in used if "Ctrl+Alt" in key or "Meta" in key]


def test_no_screen_writes_a_key_of_its_own():
    """Every sequence in the windows comes from the one table."""
    found = [
        f"{path.relative_to(UI)}:{node.lineno} {node.value}"
        for path in sorted(UI.rglob("*.py"))
        if path != Path(keys.__file__)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and SEQUENCE.fullmatch(node.value)
    ]
    assert found == []


def test_caps_show_keys_as_they_stand_on_the_keyboard():
    assert keys.shown(GlobalKey.FINISH) == "Ctrl+Enter"
    assert keys.shown(ListKey.NEXT) == "空格"
    assert keys.shown(GlobalKey.MORE) == "Alt+↓"
