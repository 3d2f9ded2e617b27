"""The gate every typed or imported text passes before it is kept (输入规范化).

Both databases and the journal get exactly what comes out of here. A text is accepted as it is,
tidied with a note that can be shown, or refused with a sentence; it is never cut and never
changed in silence (RELIABILITY.md 6). The raw text stays in the journal, outside of this gate.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from desk.rules.errors import RuleBroken
from desk.rules.identity import fold_width, normalise_name

_HALF = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|[\u0085\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
# Direction marks, zero-width space, word joiner, byte order mark; ZWJ and ZWNJ stay.
_HIDDEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LINE_BREAK = re.compile(r"[ ]*[\n\t]+[ ]*")
_FOLDER = re.compile(r"^.*[/\\]")
_NOT_IN_FILE_NAMES = re.compile('[<>:"|?*]')
_LOOSE_ENDS = re.compile(r"^[\s.]+|[\s.]+$")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


class Field(StrEnum):
    """Kinds of fields, each with its own length and shape."""

    NAME = "name"  # 姓名
    TITLE = "title"  # 单行文字
    CODE = "code"  # 电话、证件、编号
    BODY = "body"  # 长文
    FILE_NAME = "file_name"  # 附件名


LIMITS: dict[Field, int] = {
    Field.NAME: 50,
    Field.TITLE: 200,
    Field.CODE: 200,
    Field.BODY: 20_000,
    Field.FILE_NAME: 120,
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text that may be kept, and what was tidied to get there, in words for the clerk."""

    text: str
    notes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """One sentence that tells all changes, or an empty text."""
        return f"已整理：{'、'.join(self.notes)}。" if self.notes else ""


def clean(
    text: str, kind: Field = Field.TITLE, *, label: str = "这一栏", field: str | None = None
) -> Cleaned:
    """Return `text` as it may be kept.

    Args:
        label: the field's name as the clerk knows it.
        field: the field's name in the request, carried by the refusal.

    Raises:
        RuleBroken: the text holds half characters, or is longer than the field allows.
    """
    half = _HALF.search(text)
    if half:
        raise RuleBroken(
            f"“{label}”第 {half.start() + 1} 个字是残缺的字符，存不进去。"
            "请删去这个字重新输入，其余内容都还在。",
            field=field,
        )
    notes: list[str] = []
    for note, tidy in _STEPS[kind]:
        tidied = tidy(text)
        if tidied != text:
            notes.append(note)
            text = tidied
    _refuse_excess(len(text), LIMITS[kind], label, field)
    return Cleaned(text, tuple(dict.fromkeys(notes)))


def _refuse_excess(length: int, limit: int, label: str, field: str | None) -> None:
    if length > limit:
        raise RuleBroken(
            f"“{label}”最多 {limit} 字，现在是 {length} 字，请删减 {length - limit} 字再存。"
            "您写的内容都还在。",
            field=field,
        )


def _file_name(text: str) -> str:
    """Return a name that Windows and Linux can both save, without any folder."""
    name = _NOT_IN_FILE_NAMES.sub("_", _FOLDER.sub("", text))
    name = _LOOSE_ENDS.sub("", name)
    return f"附件_{name}" if not name or _DEVICE.fullmatch(name) else name


_Step = tuple[str, Callable[[str], str]]

_TRIM: _Step = ("去掉了首尾空白", str.strip)
_FIRST: tuple[_Step, ...] = (
    ("统一了换行", lambda text: _LINE_END.sub("\n", text)),
    ("去掉了控制字符", lambda text: _CONTROL.sub("", text)),
)
_ONE_LINE: tuple[_Step, ...] = (
    ("去掉了看不见的字符", lambda text: _HIDDEN.sub("", text)),
    _TRIM,
    ("合成了一行", lambda text: _LINE_BREAK.sub(" ", text)),
)
# Last, because taking characters away can bring letters and their accents together.
_LAST: tuple[_Step, ...] = (
    ("统一了字符的写法", partial(unicodedata.normalize, "NFC")),
    _TRIM,
)
_STEPS: dict[Field, tuple[_Step, ...]] = {
    Field.NAME: (*_FIRST, *_ONE_LINE, ("统一了姓名的写法", normalise_name), *_LAST),
    Field.TITLE: (*_FIRST, *_ONE_LINE, *_LAST),
    Field.CODE: (*_FIRST, *_ONE_LINE, ("全角改成了半角", fold_width), *_LAST),
    Field.BODY: (*_FIRST, *_LAST),
    Field.FILE_NAME: (*_FIRST, *_ONE_LINE, ("去掉了文件名里不能用的字", _file_name), *_LAST),
}
