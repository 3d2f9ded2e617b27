"""Nothing grows until it swallows the rest (HOUSE.md 5): modules, classes, catch-all names."""

import ast
from pathlib import PurePosixPath

import pytest

from tests.house.sources import python_files, text_of, tracked, tree_of

LINES_OF_A_MODULE = 400
LINES_OF_A_TEST_MODULE = 600
LINES_OF_A_CLASS = 250
METHODS_OF_A_CLASS = 20
CATCH_ALLS = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base_utils"}


def class_troubles(tree: ast.AST) -> list[str]:
    """Return what is too large about the classes of a module."""
    troubles = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        methods = sum(
            isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) for part in node.body
        )
        if lines > LINES_OF_A_CLASS:
            troubles.append(f"{node.lineno}: {node.name} has {lines} lines")
        if methods > METHODS_OF_A_CLASS:
            troubles.append(f"{node.lineno}: {node.name} has {methods} methods")
    return troubles


def is_catch_all(name: str) -> bool:
    """Return whether a file or one of its folders has a name that attracts everything."""
    parts = PurePosixPath(name).parts
    return bool(CATCH_ALLS & {PurePosixPath(part).stem.lower() for part in parts})


def test_no_module_is_too_long():
    lengths = {name: len(text_of(name).splitlines()) for name in python_files()}
    assert lengths
    assert {
        name: lines
        for name, lines in lengths.items()
        if lines > (LINES_OF_A_TEST_MODULE if name.startswith("tests/") else LINES_OF_A_MODULE)
    } == {}


def test_no_class_is_too_large():
    assert {n: found for n in python_files() if (found := class_troubles(tree_of(n)))} == {}


def test_no_file_has_a_name_that_attracts_everything():
    assert [name for name in tracked() if is_catch_all(name)] == []


def test_a_class_with_too_many_methods_is_found():
    methods = "\n".join(f"    def m{number}(self): ..." for number in range(21))
    assert class_troubles(ast.parse(f"class Window:\n{methods}")) == ["1: Window has 21 methods"]


def test_a_class_with_too_many_lines_is_found():
    body = "\n".join(f"    a{number} = {number}" for number in range(250))
    assert class_troubles(ast.parse(f"class Table:\n{body}")) == ["1: Table has 251 lines"]


@pytest.mark.parametrize("name", ["desk/ui/utils.py", "desk/common/case.py", "tests/helpers.py"])
def test_a_catch_all_name_is_found(name):
    assert is_catch_all(name)
    assert not is_catch_all("desk/ui/case_board.py")
