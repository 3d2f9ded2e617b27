"""`bulletin`: the daily, weekly or monthly bulletin as PDF, workbook or JSON (日通报等)."""

import argparse
import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

from desk.cli import WrongArgument, day
from desk.exchange.bulletin_book import write_bulletin
from desk.forms import render
from desk.queries.bulletin_draft import BulletinDraft, bulletin_draft
from desk.rules.assessment_codes import BulletinKind
from desk.rules.errors import RuleBroken
from desk.rules.papers import BULLETIN
from desk.rules.wording import label
from desk.settings import chosen_database, fonts_folder
from desk.store.signing_in import sign_in_built_in

_KINDS = (".pdf", ".xlsx", ".json")


def _add_bulletin(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser(
        "bulletin", help="日通报、周分析、月研判（按现在的记录，不印发）"
    )
    sub.add_argument("kind", choices=[kind.value for kind in BulletinKind], help="日、周或月")
    sub.add_argument("--on", type=day, required=True, metavar="D", help="这一期里的任意一天")
    sub.add_argument("--output", type=Path, required=True, metavar="FILE.pdf|.xlsx|.json")
    sub.set_defaults(command=run_bulletin)
    return sub


COMMANDS = (_add_bulletin,)


def run_bulletin(options: argparse.Namespace) -> int:
    """Write a bulletin from the records as they are now; nothing is issued or numbered."""
    if options.output.suffix.lower() not in _KINDS:
        raise WrongArgument("输出文件请以 .pdf、.xlsx 或 .json 结尾。")
    kind = BulletinKind(options.kind)
    database = sign_in_built_in(chosen_database(options.database))
    try:
        draft = database.read(partial(bulletin_draft, kind=kind, on=options.on))
    except RuleBroken as error:
        raise WrongArgument(str(error)) from error
    finally:
        database.close()
    _write(options.output, draft)
    if draft.issued is not None:
        print(
            f"这一期已印发 {draft.issued.number}；写出的是按现在的记录算的，印发稿在“通报”页。",
            file=sys.stderr,
        )
    first, last = draft.facts["from"], draft.facts["to"]
    print(f"{label(kind)} {first} 至 {last}，已存为 {options.output}。")
    return 0


def _write(target: Path, draft: BulletinDraft) -> None:
    match target.suffix.lower():
        case ".json":
            whole = {**draft.facts, "sentences": draft.sentences}
            text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
            target.write_text(text, encoding="utf-8")
        case ".xlsx":
            write_bulletin(target, draft.facts, draft.sentences)
        case _:
            target.write_bytes(render(BULLETIN, draft.row, fonts_folder=fonts_folder()).pdf)
