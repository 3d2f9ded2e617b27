"""What the house rules read: the tracked files of the project, as text and as syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def git_files(*options: str) -> list[str]:
    """Return what `git ls-files` lists, whoever owns the checkout."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", *options]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    return [entry for entry in listed.split("\0") if entry]


@cache
def tracked() -> tuple[str, ...]:
    """Return the tracked files that exist, as paths from the root."""
    return tuple(name for name in git_files() if (ROOT / name).is_file())


def python_files(*folders: str) -> list[str]:
    """Return the tracked Python files below these folders; without any, all of them."""
    return [
        name
        for name in tracked()
        if name.endswith(".py") and (not folders or name.startswith(folders))
    ]


def text_of(name: str) -> str:
    """Return the text of a tracked file."""
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def tree_of(name: str) -> ast.Module:
    """Return the syntax tree of a tracked Python file."""
    return ast.parse(text_of(name), name)


def calls(tree: ast.AST) -> Iterator[tuple[int, str, ast.Call]]:
    """Yield every call with its line and its dotted name, as far as it is written out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, dotted(node.func), node


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for an attribute chain; what is not a name becomes an empty part."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield every imported module with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
