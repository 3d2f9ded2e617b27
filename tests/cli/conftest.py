"""The command line as an operator uses it: arguments in, texts and exit code out."""

from datetime import datetime
from typing import NamedTuple

import pytest

from desk.cli import run
from desk.demo.build import build_demo
from desk.rules.moments import SHANGHAI

NOW = datetime(2026, 11, 20, 16, 0, tzinfo=SHANGHAI)


class Answer(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def command(capsys):
    """Run a subcommand and return its exit code and what it wrote."""

    def ask(*argv):
        capsys.readouterr()
        try:
            code = run([str(word) for word in argv])
        except SystemExit as left:
            code = left.code
        wrote = capsys.readouterr()
        assert "Traceback" not in wrote.out + wrote.err
        return Answer(code, wrote.out, wrote.err)

    return ask


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory):
    """A demo street in a file; whoever builds it has the key of its identity numbers."""
    file = tmp_path_factory.mktemp("cli") / "demo.db"
    build_demo(f"sqlite:///{file}", cases=90, seed=5, now=NOW)
    return file


@pytest.fixture
def demo_url(demo_file):
    """The address of the demo street."""
    return f"sqlite:///{demo_file}"
