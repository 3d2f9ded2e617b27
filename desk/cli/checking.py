"""`check` (体检) and `self-test` (启动自检)."""

import argparse
import hashlib
import json
from functools import partial
from pathlib import Path
from typing import Any

from desk.cli import REFUSED
from desk.exchange.anchor_file import append_anchor
from desk.forms import font_set_version, render
from desk.queries.chain_health import chain_findings, chain_head
from desk.queries.clock_health import clock_findings
from desk.queries.erasures import erased_count
from desk.queries.health import (
    Finding,
    StoredPaper,
    booking_findings,
    constraint_findings,
    kept_findings,
    search_findings,
    stored_papers,
)
from desk.queries.number_health import number_findings
from desk.rules.anchors import NEXT_STEP, Anchor, read_anchor, say_anchor
from desk.settings import chosen_database, fonts_folder
from desk.store.signing_in import sign_in_built_in

_LOOKS = (
    constraint_findings,
    booking_findings,
    number_findings,
    clock_findings,
    search_findings,
    kept_findings,
)
_LOG = "历史"
_PARTS = ("约束", "编号", "历史", "时限", "检索", "文书")


def _add_check(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser("check", help="体检")
    sub.add_argument("--json", action="store_true", help="以 JSON 输出")
    sub.add_argument(
        "--anchor",
        metavar="第N条:校验",
        action="append",
        default=[],
        help="与纸上或别处记下的锚点核对，可写几个",
    )
    sub.add_argument("--write-anchor", type=Path, metavar="FILE", help="把现在的锚点加到这个文件")
    sub.set_defaults(command=run_check)
    return sub


def _add_self_test(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser("self-test", help="启动自检")
    sub.set_defaults(command=run_self_test)
    return sub


COMMANDS = (_add_check, _add_self_test)


def run_check(options: argparse.Namespace) -> int:
    """Look at constraints, numbers, history, clocks and papers; name all that is not right."""
    noted = [read_anchor(words) for words in options.anchor]
    database = sign_in_built_in(chosen_database(options.database))
    try:
        found: list[Finding] = []
        for look in (*_LOOKS, partial(chain_findings, noted=noted)):
            found += database.read(look)
        found += _paper_findings(database.read(stored_papers))
        head, erased = database.read(chain_head), database.read(erased_count)
        if head is not None and options.write_anchor is not None:
            append_anchor(options.write_anchor, head, database.now())
    finally:
        database.close()
    if options.json:
        print(json.dumps(_as_data(found, head), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(found, head)))
        if erased:
            print(f"按规定抹除 {erased} 件。")
    return REFUSED if found else 0


def _as_data(found: list[Finding], head: Anchor | None) -> dict[str, Any]:
    parts = {part: [f.sentence for f in found if f.part == part] for part in _PARTS}
    anchor = None if head is None else {"place": head.place, "hash": head.hash}
    return {"ok": not found, "findings": parts, "anchor": anchor}


def _lines(found: list[Finding], head: Anchor | None) -> list[str]:
    lines = []
    for part in _PARTS:
        sentences = [finding.sentence for finding in found if finding.part == part]
        lines.append(f"{part}：{'正常' if not sentences else f'{len(sentences)} 处不对'}")
        lines += [f"  {sentence}" for sentence in sentences]
        if part == _LOG and sentences:
            lines.append(f"  下一步：{NEXT_STEP}")
    if head is not None:
        lines.append(f"现在的留痕锚点：{say_anchor(head)}")
    return lines


def _paper_findings(papers: list[StoredPaper]) -> list[Finding]:
    found = []
    for paper in papers:
        folder = None if paper.font_set in {"", font_set_version()} else fonts_folder()
        if folder is not None and paper.font_set != font_set_version(folder):
            continue  # set with fonts of a hall's other machine: nothing to compare with here
        fresh = render(paper.code, paper.row, layout=paper.layout, fonts_folder=folder)
        if hashlib.sha256(fresh.pdf).hexdigest() != paper.sha256:
            found.append(Finding("文书", f"{paper.number} 再次生成与第一次不一致。"))
    return found


def run_self_test(options: argparse.Namespace) -> int:
    """Check fonts, printing, the database and the clock of this machine."""
    from desk.cli.self_test import lights  # noqa: PLC0415 - brings in fonts and printers

    bad = 0
    for light in lights(chosen_database(options.database)):
        print(f"{'正常' if light.is_green else '注意'} {light.name}：{light.sentence}")
        bad += not light.is_green and light.is_needed
    return REFUSED if bad else 0
