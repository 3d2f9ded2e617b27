"""The project names no machine of ours and no package registry: it must install anywhere."""

import re

import pytest

from tests.house.sources import text_of, tracked

# Written in pieces, so that this file does not find itself.
REGISTRIES = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry.npmjs" + ".org",
    "deb.debian" + ".org",
    "snapshot.debian" + ".org",
]
MACHINE_PATHS = [f"/{folder}/" for folder in ("work", "root", "home", "tmp")]
OPTIONS = ["--index" + "-url", "--extra-index" + "-url", "--find" + "-links", "--trusted" + "-host"]
BINARY = (".ttf", ".otf", ".png", ".jpg", ".pdf", ".xlsx", ".db", ".xz", ".gz", ".zip", ".ico")
FOREIGN = ("tests/files/blns.json",)  # strings collected by others to break programs with
PLACE = re.compile(
    "|".join(
        [re.escape(words) for words in (*REGISTRIES, *OPTIONS)]
        + [rf"(?<![\w.~}}/*-]){re.escape(path)}" for path in MACHINE_PATHS]
    ),
    re.IGNORECASE,
)


def troubles(text: str) -> list[str]:
    """Return the lines of a text that name a registry or a folder of one machine."""
    return [
        f"{number}: {found.group()}"
        for number, line in enumerate(text.splitlines(), 1)
        if (found := PLACE.search(line))
    ]


def test_no_tracked_file_names_a_registry_or_a_folder_of_one_machine():
    texts = [n for n in tracked() if n not in FOREIGN and not n.lower().endswith(BINARY)]
    assert texts
    assert {name: found for name in texts if (found := troubles(text_of(name)))} == {}


@pytest.mark.parametrize("place", REGISTRIES + OPTIONS + MACHINE_PATHS)
def test_such_a_place_is_found(place):
    assert troubles(f"see '{place}x'")


@pytest.mark.parametrize("text", ["$here/home/x", "docs/work/", "https://example.com/home/"])
def test_a_folder_of_the_project_is_no_trouble(text):
    assert troubles(text) == []
