"""A newcomer needs two commands: one opens the program, one checks everything."""

import re
import subprocess

import pytest

from tests.house.sources import ROOT, git_files, text_of, tracked

COMMANDS = {"./start.sh", "./test.sh"}


def commands_of(readme: str) -> set[str]:
    """Return the commands in the shell blocks of a README."""
    blocks = re.findall(
        r"^```(?:sh|bash|shell|console)\n(.*?)^```", readme, re.DOTALL | re.MULTILINE
    )
    lines = "\n".join(blocks).splitlines()
    return {line.partition("#")[0].strip().removeprefix("$ ") for line in lines} - {""}


def test_the_readme_asks_for_exactly_two_commands():
    assert commands_of((ROOT / "README.md").read_text(encoding="utf-8")) == COMMANDS


def test_a_third_command_would_be_found():
    assert commands_of("```sh\n./start.sh  # 打开\n\n$ make all\n```\n") == {
        "./start.sh",
        "make all",
    }


@pytest.mark.parametrize("name", ["start.sh", "test.sh", ".ci/run"])
def test_a_script_can_be_run_and_reads_well_to_its_shell(name):
    (listed,) = git_files("--stage", name)
    shell = "bash" if name == ".ci/run" else "sh"
    assert listed.startswith("100755")
    subprocess.run([shell, "-n", name], cwd=ROOT, check=True)


def test_the_start_script_stays_short():
    assert len(text_of("start.sh").splitlines()) <= 30


def test_the_test_script_runs_exactly_what_ci_runs():
    assert (
        text_of("test.sh").splitlines()[-1]
        == 'exec bash "$(dirname "$(readlink -f "$0")")/.ci/run" "$@"'
    )


def test_scripts_keep_the_line_ends_of_their_system():
    assert [n for n in tracked() if n.endswith((".sh", ".lock")) and "\r" in text_of(n)] == []
