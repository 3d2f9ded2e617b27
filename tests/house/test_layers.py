"""Layers point downwards, and migrations stand on their own (HOUSE.md 4, decision 12)."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.house.sources import ROOT, imported, python_files, tree_of


def test_the_contracts_between_the_layers_hold():
    program = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


def desk_imports(tree: ast.AST) -> list[str]:
    """Return the imports of the program's own code."""
    return [f"{line}: {name}" for line, name in imported(tree) if name.split(".")[0] == "desk"]


def test_no_migration_imports_the_program():
    migrations = python_files("migrations/versions/")
    assert migrations
    assert {n: found for n in migrations if (found := desk_imports(tree_of(n)))} == {}


def test_an_import_of_the_program_is_found():
    assert desk_imports(ast.parse("from desk.rules import codes")) == ["1: desk.rules"]
    assert desk_imports(ast.parse("import desktop")) == []
