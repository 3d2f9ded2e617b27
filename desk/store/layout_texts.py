"""The layouts that come with the program, as text to be kept with every issued paper."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "layouts"


@cache
def shipped_layout(code: str) -> str:
    """Return the suggested layout (建议版式) of a paper, as this version of the program has it."""
    return (_FOLDER / f"{code}.toml").read_text(encoding="utf-8")
