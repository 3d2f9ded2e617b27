"""`print`: one paper as PDF."""

import argparse
from pathlib import Path
from typing import Any

from desk.cli import WrongArgument
from desk.cli.dossier import print_dossier
from desk.forms import render
from desk.queries.paper_finder import paper_to_print
from desk.rules.mediation_papers import DOSSIER
from desk.rules.papers import PAPER_TITLES
from desk.settings import chosen_database, fonts_folder
from desk.store.signing_in import sign_in_built_in


def _add_print(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser("print", help="打印一份表单为 PDF")
    sub.add_argument("form", metavar="FORM", help="表单代码，如 opinion-notice")
    sub.add_argument("number", metavar="NUMBER", help="文书或案件编号")
    sub.add_argument("--output", type=Path, required=True, metavar="FILE.pdf")
    sub.set_defaults(command=run_print)
    return sub


COMMANDS = (_add_print,)


def run_print(options: argparse.Namespace) -> int:
    """Render the newest valid paper of a kind with this number."""
    if options.form not in PAPER_TITLES:
        known = "、".join(PAPER_TITLES)
        raise WrongArgument(f"没有“{options.form}”这种表单。可用：{known}。")
    database = sign_in_built_in(chosen_database(options.database))
    try:
        if options.form == DOSSIER:
            pages = print_dossier(database, options.number, options.output)
            print(f"整卷 {options.number}，{pages} 页，已存为 {options.output}。")
            return 0
        stored = database.read(lambda r: paper_to_print(r, options.form, options.number))
    finally:
        database.close()
    paper = render(stored.code, stored.row, layout=stored.layout, fonts_folder=fonts_folder())
    options.output.write_bytes(paper.pdf)
    print(
        f"{PAPER_TITLES[stored.code]} {stored.number}，{paper.pages} 页，已存为 {options.output}。"
    )
    if paper.missing:
        print(f"有 {len(paper.missing)} 个字没有字形，纸上印有方框和码点：{''.join(paper.missing)}")
    return 0
