"""Windows look the same everywhere and never wait inside an event (HOUSE.md 2, SCREENS.md)."""

import ast

import pytest

from tests.house.sources import calls, python_files, tree_of

THEME = "desk/ui/theme.py"  # the one place that knows colours, sizes and style sheets
LOOKS = {"setStyleSheet", "setPixelSize", "setPointSize", "setPointSizeF"}
WAITING = {"processEvents", "exec", "exec_", "sleep", "waitForFinished"}


def look_troubles(tree: ast.AST) -> list[str]:
    """Return where a window chooses its own colours or letters instead of asking the theme."""
    troubles = []
    for line, name, call in calls(tree):
        last = name.rpartition(".")[2]
        first = call.args[0] if call.args else None
        is_literal = isinstance(first, ast.Constant) and isinstance(first.value, str | int)
        if last in LOOKS or (last in {"QColor", "QFont"} and is_literal):
            troubles.append(f"{line}: {last}")
    return troubles


def waiting_troubles(tree: ast.AST) -> list[str]:
    """Return where a window runs a loop of its own or stops the program."""
    return [
        f"{line}: {name}" for line, name, _ in calls(tree) if name.rpartition(".")[2] in WAITING
    ]


def test_only_the_theme_chooses_colours_and_letters():
    windows = [name for name in python_files("desk/ui/", "desk/app.py") if name != THEME]
    assert {n: found for n in windows if (found := look_troubles(tree_of(n)))} == {}


def test_no_window_waits_inside_an_event():
    windows = python_files("desk/ui/")
    assert windows
    assert {n: found for n in windows if (found := waiting_troubles(tree_of(n)))} == {}


@pytest.mark.parametrize(
    "line",
    [
        'self.setStyleSheet("color: red")',
        'QColor("#ff0000")',
        "QtGui.QColor(255, 0, 0)",
        "font.setPixelSize(14)",
        'QFont("SimSun")',
    ],
)
def test_a_window_with_its_own_look_is_found(line):
    assert look_troubles(ast.parse(line))


@pytest.mark.parametrize("line", ["dialog.exec()", "QApplication.processEvents()", "sleep(1)"])
def test_a_window_that_waits_is_found(line):
    assert waiting_troubles(ast.parse(line))


def test_asking_the_theme_is_no_trouble():
    assert (
        look_troubles(ast.parse("QColor(theme.colour('line')); label.setFont(theme.font())")) == []
    )
