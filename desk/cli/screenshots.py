"""`screenshots`: every screen of the demo street as PNG, for the handbook and for looking."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any


def _add_screenshots(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser("screenshots", help="给每个界面拍照")
    sub.add_argument("folder", type=Path, metavar="DIR")
    sub.add_argument("--scale", default="1", help="界面放大倍数，如 1.5")
    sub.add_argument("--only", default="", help="只拍这几张，名称用逗号隔开")
    sub.set_defaults(command=run_screenshots)
    return sub


COMMANDS = (_add_screenshots,)


def run_screenshots(options: argparse.Namespace) -> int:
    """Open every screen on the demo street and save its picture."""
    has_display = sys.platform == "win32" or os.environ.get("DISPLAY")
    if not has_display:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = options.scale
    from desk.cli.photographer import photograph  # noqa: PLC0415 - Qt reads the variables above

    album = photograph(options.folder, frozenset(filter(None, options.only.split(","))))
    for picture in album.pictures:
        print(picture)
    for name in album.missed:
        print(f"没有拍到：{name}", file=sys.stderr)
    return 1 if album.missed else 0
