"""What the tests of the rules have in common: none leans on what an earlier one looked up."""

import sys

import pytest


@pytest.fixture(autouse=True, scope="module")
def _nothing_looked_up() -> None:
    """Empty what the rules keep for the process: each file reads its own tables.

    Tests of the server fill these too and are not traced; without this, whether a line counts as
    covered would depend on who came first in a worker.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith("desk.rules."):
            for kept in vars(module).values():
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()
