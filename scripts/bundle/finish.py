"""Make what is handed out of a folder that PyInstaller has built (离线包、deb、物料清单、校验值).

Run by build-linux.sh and build-windows.bat: finish.py BUILT BINARIES OUT.
"""

import argparse
import gzip
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from desk import __version__  # noqa: E402 - the folder above is not a package that is installed
from desk.notices import change_log, parts  # noqa: E402 - see above
from scripts.bundle.libraries import (  # noqa: E402 - see above
    newest_glibc,
    of_the_system,
    packages_of,
    write_licences,
)
from scripts.bundle.sbom import bill_of  # noqa: E402 - see above

PRESET = 3  # of xz: half of what is packed are fonts, which the slower ones hardly make smaller
DEB_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
README = """案台 {version} 离线包（{machine}）

打开：运行这个文件夹里的 case-desk。不装任何东西，不连网络，文件夹放在哪里都可以。
放进开始菜单：运行 menu-entry.sh（只为当前用户，--remove 取消）。
共用的数据库服务器：scripts 里的脚本，说明见程序里 F1 · 数据库服务器。
核对文件：sha256sum --quiet -c SHA256SUMS。
"""
CONTROL = """Package: case-desk
Version: {version}
Section: misc
Priority: optional
Architecture: {architecture}
Depends: libc6 (>= {glibc})
Recommends: cups-client, sane-utils
Suggests: postgresql-client
Installed-Size: {size}
Maintainer: Case Desk maintainers <case-desk@example.invalid>
Description: case desk of a street service hall (案台)
 街道群众诉求服务大厅的桌面程序：受理、分拨、办理、审签、回访、归档，人民调解。
 所需的库和字体都在包里，离线安装。
"""


def main() -> None:
    """Complete the folder, pack it, and say what came out."""
    options = argparse.ArgumentParser()
    options.add_argument("built", type=Path)
    options.add_argument("binaries", type=Path)
    options.add_argument("out", type=Path)
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    made = _on_linux(given.built, given.binaries, given.out) if os.name == "posix" else []
    made.append(write_bill(given.built, given.out))
    if os.name != "posix":
        made.append(_zip(given.built, given.out))
    write_hashes(made, given.out / "SHA256SUMS")
    for file in made:
        print(f"{file.name}: {file.stat().st_size / 2**20:.1f} MB")


def stem() -> str:
    """Return how the files of this version for this kind of machine begin."""
    return f"case-desk-{__version__}-{platform.system().lower()}-{platform.machine()}"


def write_bill(built: Path, out: Path) -> Path:
    """Write the bill of materials of a bundle."""
    system = _os_release().get("ID", "debian")
    bill = bill_of(parts(built / "_internal"), system)
    file = out / f"{stem()}.cdx.json"
    file.write_text(json.dumps(bill, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return file


def write_hashes(files: list[Path], target: Path) -> None:
    """Write the SHA-256 of files in the form that `sha256sum -c` reads."""
    lines = (
        f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.relative_to(target.parent)}\n"
        for one in sorted(files)
        if one != target
    )
    target.write_text("".join(lines), encoding="utf-8")


def complete(built: Path, binaries: Path) -> None:
    """Put beside the program what opens it, what sets up a server, and whose parts it has."""
    write_licences(packages_of(of_the_system(binaries)), built / "_internal" / "licences")
    for name, target in (("case-desk.sh", "case-desk"), ("menu-entry.sh", "menu-entry.sh")):
        shutil.copy(HERE / name, built / target)
    for name in ("case-desk.desktop", "case-desk.svg"):
        shutil.copy(HERE / name, built)
    shutil.copy(ROOT / "LICENSE", built)
    shutil.copytree(ROOT / "scripts", built / "scripts", ignore=shutil.ignore_patterns("bundle"))
    words = README.format(version=__version__, machine=platform.machine())
    (built / "请先读我.txt").write_text(words, encoding="utf-8")
    write_hashes([one for one in built.rglob("*") if one.is_file()], built / "SHA256SUMS")


def lay_out(built: Path, root: Path) -> None:
    """Lay a completed folder out as the package manager shall install it; gives the folder away."""
    place = root / "opt" / "case-desk"
    place.parent.mkdir(parents=True)
    built.rename(place)
    share, docs = root / "usr" / "share", root / "usr" / "share" / "doc" / "case-desk"
    for folder in ("applications", "icons/hicolor/scalable/apps", "doc/case-desk"):
        (share / folder).mkdir(parents=True)
    shutil.copy(HERE / "case-desk.desktop", share / "applications")
    shutil.copy(HERE / "case-desk.svg", share / "icons/hicolor/scalable/apps")
    shutil.copy(ROOT / "LICENSE", docs / "copyright")
    (docs / "changelog.gz").write_bytes(gzip.compress(change_log().encode(), mtime=0))
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / "case-desk").symlink_to("../../opt/case-desk/case-desk")
    facts = {
        "version": __version__,
        "architecture": DEB_ARCHITECTURES.get(platform.machine(), platform.machine()),
        "glibc": newest_glibc(place),
        "size": sum(one.lstat().st_size for one in root.rglob("*")) // 1024,
    }
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(CONTROL.format(**facts), encoding="utf-8")


def _on_linux(built: Path, binaries: Path, out: Path) -> list[Path]:
    complete(built, binaries)
    archive = out / f"{stem()}.tar.xz"
    with tarfile.open(archive, "w:xz", preset=PRESET) as packed:
        packed.add(built, arcname=stem(), filter=_of_nobody)
    root, package = out / "deb", out / f"{stem()}.deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(built, root / "built", symlinks=True)
    lay_out(root / "built", root / "root")
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{PRESET}", "--build"]
    subprocess.run([*command, str(root / "root"), str(package)], check=True, capture_output=True)
    shutil.rmtree(root)
    return [archive, package]


def _of_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def _zip(built: Path, out: Path) -> Path:
    shutil.copy(ROOT / "LICENSE", built)
    return Path(shutil.make_archive(str(out / stem()), "zip", built.parent, built.name))


def _os_release() -> dict[str, str]:
    try:
        return platform.freedesktop_os_release()
    except OSError:  # Windows has none
        return {}


if __name__ == "__main__":
    main()
