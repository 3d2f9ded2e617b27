"""What is handed out: the launcher, the package and its papers, made here of a tiny program."""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from importlib.metadata import PackageNotFoundError, distribution

import pytest

from desk import __version__
from desk.notices import Kind, change_log, parts
from scripts.bundle import finish
from scripts.bundle.libraries import newest_glibc
from scripts.bundle.own_environment import give_back
from scripts.bundle.sbom import bill_of
from tests.house.sources import ROOT, text_of
from tests.house.test_dependencies import pins_of

BUNDLE = ROOT / "scripts" / "bundle"
SCRIPTS = sorted(BUNDLE.glob("*.sh"))
WITHOUT_WORDS = {"chinesecalendar"}  # its wheel brings none along
TELLS = '#!/bin/sh\nprintf "%s|%s" "$LD_LIBRARY_PATH" "$*"\n'


def run(*command, **options):
    return subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=True, **options
    ).stdout


def is_here(name):
    try:
        return bool(distribution(name))
    except PackageNotFoundError:
        return False


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder as PyInstaller leaves it, with a program that says how it was started."""
    folder = tmp_path_factory.mktemp("built") / "case-desk"
    inside = folder / "_internal"
    (inside / "PySide6/Qt/plugins/platforms").mkdir(parents=True)
    for name in ("CHANGELOG.md", "LICENSE", "requirements.lock"):
        shutil.copy(ROOT / name, inside)
    # any program serves as a library that asks for others
    shutil.copy(shutil.which("bash"), inside / "libQt6Gui.so.6")
    (folder / "case-desk-program").write_text(TELLS)
    (folder / "case-desk-program").chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def made(built, tmp_path_factory):
    """What is handed out of that folder, by how its name ends."""
    out = tmp_path_factory.mktemp("out")
    binaries = built.parent / "binaries.json"
    binaries.write_text(json.dumps([["sh", os.path.realpath(shutil.which("bash"))]]))
    files = [*finish._on_linux(built, binaries, out), finish.write_bill(built, out)]
    finish.write_hashes(files, out / "SHA256SUMS")
    return {file.name.removeprefix(finish.stem()): file for file in files}


@pytest.fixture(scope="module")
def unpacked(made, tmp_path_factory):
    """The archive, unpacked elsewhere, in a folder whose name is not plain."""
    there = tmp_path_factory.mktemp("else where") / "案台 1"
    with tarfile.open(made[".tar.xz"]) as archive:
        archive.extractall(there, filter="data")
    return there / finish.stem()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_the_scripts_are_sound(script):
    run("bash", "-n", script)
    if shutil.which("shellcheck"):
        run("shellcheck", script)


def test_building_says_how_it_is_used_and_refuses_what_it_does_not_know():
    script = BUNDLE / "build-linux.sh"
    assert run(script, "--help").startswith("用法：")
    for wrong in (["--wrong"], ["--out"]):
        answer = subprocess.run([script, *wrong], capture_output=True, text=True, check=False)
        assert answer.returncode == 1
        assert answer.stderr.startswith("没有做成：")


def test_the_script_for_windows_names_only_files_that_are_there():
    words = (BUNDLE / "build-windows.bat").read_bytes()
    assert words.count(b"\r\n") == words.count(b"\n")
    named = {"requirements.lock", "requirements-bundle.lock", "scripts\\bundle\\case-desk.spec"}
    for name in named | {"scripts\\bundle\\finish.py"}:
        assert f"%ROOT%\\{name}".encode() in words
        assert (ROOT / name.replace("\\", "/")).is_file()


def test_it_starts_from_any_folder_and_through_a_link(unpacked, tmp_path):
    link = tmp_path / "case-desk"
    link.symlink_to(unpacked / "case-desk")
    plain = {"PATH": os.environ["PATH"]}
    assert run(link, "due", "--json", env=plain) == "|due --json"


def test_our_graphics_libraries_stand_in_only_for_one_that_is_missing(unpacked, tmp_path):
    """Whatever the machine has comes first: drivers belong to its own."""
    copy = tmp_path / "copy"
    shutil.copytree(unpacked, copy, symlinks=True)
    ours = copy / "_internal" / "fallback"
    for name in ("libGL.so.1", "libEGL.so.1"):
        (ours / name).mkdir(parents=True)
    tools = tmp_path / "tools"
    tools.mkdir()
    ldd = tools / "ldd"
    ldd.write_text("#!/bin/sh\necho ' libGL.so.1 => not found'\necho ' libEGL.so.1 => /lib/x'\n")
    ldd.chmod(0o755)
    path = f"{tools}:{os.environ['PATH']}"
    assert run(copy / "case-desk", env={"PATH": path}) == f"{ours}/libGL.so.1|"
    before = {"PATH": path, "LD_LIBRARY_PATH": "/opt/x"}
    assert run(copy / "case-desk", env=before) == f"/opt/x:{ours}/libGL.so.1|"


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ({"LD_LIBRARY_PATH": "/ours"}, {}),
        ({"LD_LIBRARY_PATH": "/ours", "LD_LIBRARY_PATH_ORIG": "/x"}, {"LD_LIBRARY_PATH": "/x"}),
        ({}, {}),
    ],
)
def test_what_the_bundle_starts_gets_the_libraries_of_the_machine(inside, outside):
    give_back(inside)
    assert inside == outside


def test_the_entry_of_the_menu_leads_to_where_the_folder_lies(unpacked, tmp_path):
    home = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    entry = tmp_path / ".local/share/applications/case-desk.desktop"
    assert "已放进开始菜单" in run(unpacked / "menu-entry.sh", env=home)
    lines = entry.read_text(encoding="utf-8").splitlines()
    assert f'Exec="{unpacked}/case-desk"' in lines
    assert f"Icon={unpacked}/case-desk.svg" in lines
    if shutil.which("desktop-file-validate"):
        run("desktop-file-validate", entry)
        run("desktop-file-validate", BUNDLE / "case-desk.desktop")
    run(unpacked / "menu-entry.sh", "--remove", env=home)
    assert not entry.exists()


def test_the_package_lies_in_one_folder_and_shows_in_the_menu(made, tmp_path):
    run("dpkg-deb", "-x", made[".deb"], tmp_path)
    assert (tmp_path / "usr/bin/case-desk").readlink().name == "case-desk"
    assert (tmp_path / "usr/bin/case-desk").resolve() == tmp_path / "opt/case-desk/case-desk"
    assert "Name=案台" in (tmp_path / "usr/share/applications/case-desk.desktop").read_text()
    assert (tmp_path / "usr/share/icons/hicolor/scalable/apps/case-desk.svg").is_file()
    facts = run("dpkg-deb", "-f", made[".deb"], "Package", "Version", "Depends")
    glibc = newest_glibc(tmp_path / "opt")
    assert facts.splitlines() == [
        "Package: case-desk",
        f"Version: {__version__}",
        f"Depends: libc6 (>= {glibc})",
    ]
    owners = {line.split()[1] for line in run("dpkg-deb", "-c", made[".deb"]).splitlines()}
    assert owners == {"root/root"}


def test_hashes_are_right_outside_and_inside(made, unpacked):
    run("sha256sum", "--strict", "-c", "SHA256SUMS", cwd=made[".deb"].parent)
    run("sha256sum", "--strict", "-c", "SHA256SUMS", cwd=unpacked)
    named = (made[".deb"].parent / "SHA256SUMS").read_text().split()[1::2]
    assert named == sorted(file.name for file in made.values())
    assert len((unpacked / "SHA256SUMS").read_text().splitlines()) == len(
        [one for one in unpacked.rglob("*") if one.is_file() and one.name != "SHA256SUMS"]
    )


def test_the_servers_scripts_come_along_and_use_the_program_beside_them(unpacked):
    shared = unpacked / "scripts" / "hall-server.sh"
    assert not (unpacked / "scripts" / "bundle").exists()
    said = run("bash", "-c", f". '{shared}'; program upgrade --debug")
    assert said.endswith("|upgrade --debug")


def test_a_library_of_the_system_comes_with_its_licence(unpacked):
    listed = parts(unpacked / "_internal")
    (bash,) = [part for part in listed if part.kind is Kind.LIBRARY]
    assert bash.name == "bash"
    assert "GPL" in bash.words()


def test_the_bill_of_materials_has_every_part_once(made):
    bill = json.loads(made[".cdx.json"].read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["version"] == __version__
    refs = [one["bom-ref"] for one in bill["components"]]
    assert len(refs) == len(set(refs))
    assert bill["dependencies"][0]["dependsOn"] == refs
    named = {one["purl"] for one in bill["components"] if "purl" in one}
    pins = {n: v for n, v in pins_of(text_of("requirements.lock")).items() if is_here(n)}
    assert {f"pkg:pypi/{name}@{version}" for name, version in pins.items()} <= named
    assert all(one["licenses"] for one in bill["components"])


def test_the_same_parts_make_the_same_bill():
    assert bill_of(parts()) == bill_of(parts())
    assert bill_of(parts())["serialNumber"] != bill_of(parts()[:-1])["serialNumber"]


def test_every_part_says_its_licence_and_brings_its_words():
    silent = {part.name for part in parts() if not part.files or len(part.words()) < 500}
    assert silent == WITHOUT_WORDS
    assert [part.name for part in parts() if part.licence in {"", "见原文"}] == []


def test_the_change_log_tells_what_waits_and_what_was_released(tmp_path):
    (tmp_path / "changes.d").mkdir()
    (tmp_path / "CHANGELOG.md").write_text("# 更新记录\n\n## [0.1.0] - 2026-01-05\n\n旧的。\n")
    assert change_log(tmp_path) == "## [0.1.0] - 2026-01-05\n\n旧的。"
    (tmp_path / "changes.d" / "one.fixed.md").write_text("修好了一处。\n")
    (tmp_path / "changes.d" / "two.added.md").write_text("多了一页。\n")
    assert change_log(tmp_path) == (
        f"## {__version__}（尚未发布的变化）\n\n### 新增\n\n- 多了一页。\n\n### 修正\n\n"
        "- 修好了一处。\n\n## [0.1.0] - 2026-01-05\n\n旧的。"
    )


def test_what_lies_in_a_package_is_what_was_built(made, unpacked, tmp_path):
    run("dpkg-deb", "-x", made[".deb"], tmp_path)
    ours, theirs = unpacked, tmp_path / "opt" / "case-desk"
    for file in (one for one in ours.rglob("*") if one.is_file()):
        other = theirs / file.relative_to(ours)
        assert hashlib.sha256(file.read_bytes()).digest() == (
            hashlib.sha256(other.read_bytes()).digest()
        )
