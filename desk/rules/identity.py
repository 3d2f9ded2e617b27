"""Names and telephone numbers: made uniform, checked, masked (身份信息).

A check never cuts or clears what was typed; it says in a sentence what to look at again.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x00A0: 0x20}
DASHES = {ord(mark): "-" for mark in "‐‑‒–—―−－"}
_MIDDLE_DOTS = {ord(mark): "·" for mark in "•・﹒‧･∙⋅●\u0387"}
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_DOT_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])\s*[·.]\s*(?=[{_HAN}])")
_GAP_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_VARIATION_MARKS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")

_AT_LEAST_HIDDEN = 3
ANONYMOUS, HIDDEN = "匿名", "要求保密"  # in place of a name on boards and lists

_MOBILE_LENGTH = 11
_NUMERALS = {1: "一", 2: "两", 3: "三", 4: "四", 5: "五", 6: "六"}
_NOISE = str.maketrans("", "", " \t()[].")
_BETWEEN_PHONES = re.compile(r"[/、,;|\n]|或")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
# Area codes: 010 and 02x have three digits, all others four.
_LANDLINE = re.compile(r"(0(?:10|2[0-9])|0[3-9][0-9]{2})([2-9][0-9]{6,7})")
_LOCAL = re.compile(r"[2-9][0-9]{6,7}")
_ABROAD = re.compile(r"\+[1-9][0-9]{6,14}")
_SERVICE = re.compile(r"[0-9]{3}|1[0-9]{4}|9[56][0-9]{3,4}|[48]00[0-9]{7}")
_EXTENSION = re.compile(r"^(.+?)(?:转|分机|#|-)([0-9]{1,6})$")

_DOOR = re.compile(r"[0-9０-９]|[一二三四五六七八九十百]+(?=[栋幢号座楼单弄室])")
_ID_WITHIN = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")
_PHONE_WITHIN = re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-[2-9][0-9]{6,7})(?![0-9])")

# Two-character surnames still in use; only asked where a given name is left over.
_DOUBLE_SURNAMES = frozenset(
    re.findall(
        r"\S+",
        "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 "
        "夏侯 轩辕 端木 百里 东郭 南宫 呼延 闻人 申屠 太史 澹台 公羊 赫连 钟离 "
        "濮阳 独孤 拓跋 第五 鲜于 闾丘 宗政 单于 公冶 仲孙 万俟 太叔 淳于 巫马 "
        "公西 壤驷 乐正 亓官 司寇 微生 梁丘 左丘 西门 纳兰 耶律 完颜 叶赫 欧陽 ",
    )
)


class FieldState(StrEnum):
    """How a field looks after its check (SCREENS.md 3)."""

    OK = "ok"  # 没有问题
    DOUBTFUL = "doubtful"  # 请再看一眼,可以保存
    WRONG = "wrong"  # 不能保存


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """What a check found: the sentence beside the field, and the value to keep.

    `value` is the uniform spelling; where the check failed it is what was typed.
    """

    state: FieldState
    sentence: str
    value: str


def fold_width(text: str) -> str:
    """Return `text` with full-width letters, digits and spaces made half-width.

    Only these: NFKC would also turn ² into 2 and swap rare characters in names.
    """
    return text.translate(_WIDE)


def normalise_name(text: str) -> str:
    """Return a name as it is stored: one kind of middle dot, no padding inside Chinese names."""
    name = fold_width(text).translate(_MIDDLE_DOTS).strip()
    name = _DOT_BETWEEN_HAN.sub("·", name)
    return " ".join(_GAP_BETWEEN_HAN.sub("", name).split())


def mask_name(name: str) -> str:
    """Return a name with only the surname readable: 张*, 陈**, 欧阳**, 阿***·***."""
    bare = _VARIATION_MARKS.sub("", name.strip())
    first = re.split(r"[·\s]", bare)[0]
    if first == bare:
        return _mask_after(bare, _surname_length(bare))
    return _mask_after(first, 1) + re.sub(r"[^·\s]", "*", bare[len(first) :])


def shown_name(name: str | None, *, is_hidden: bool) -> str:
    """Return how boards and lists name an appellant; nothing of whom he asked to keep (9.4)."""
    if not name:
        return ANONYMOUS
    return HIDDEN if is_hidden else mask_name(name)


def mask_phone(phone: str) -> str:
    """Return a telephone number with its middle hidden: 138****0023, 0755-****5678."""
    if re.fullmatch(r"1[0-9]{10}", phone):
        return f"{phone[:3]}****{phone[-4:]}"
    landline = re.fullmatch(r"(0[0-9]{2,3}-)?([0-9]{7,8})(-[0-9]+)?", phone)
    if landline:
        area, local, extension = landline.groups("")
        return f"{area}{_mask_between(local, 0, 4)}{extension}"
    return _mask_between(phone, 0, 4)


def mask_id(number: str) -> str:
    """Return an identity number with its middle hidden: 4403**********1234."""
    shown = (4, 4) if re.fullmatch(r"[0-9]{17}[0-9Xx]", number) else (1, 2)
    return _mask_between(number, *shown)


def mask_address(address: str) -> str:
    """Return an address down to the estate: 青榕花园***, without building, stair and door."""
    where = _DOOR.search(address)
    shown = where.start() if where else len(address) // 2
    return f"{address[:shown]}***" if address else ""


def mask_within(text: str) -> str:
    """Return a free text with the telephone and identity numbers in it masked."""
    hidden = _ID_WITHIN.sub(lambda found: mask_id(found[0]), text)
    return _PHONE_WITHIN.sub(lambda found: mask_phone(found[0]), hidden)


def split_phones(text: str) -> tuple[str, ...]:
    """Return the numbers of a field into which somebody wrote several."""
    pieces = [piece.strip() for piece in _BETWEEN_PHONES.split(fold_width(text))]
    found: list[str] = []
    for piece in filter(None, pieces):
        digits = re.sub(r"[\s-]", "", piece)
        run_together = re.fullmatch(rf"(?:{_MOBILE.pattern}){{2,}}", digits)
        found += _MOBILE.findall(digits) if run_together else [piece]
    return tuple(found)


def normalise_phone(text: str) -> str:
    """Return a number as it is stored: half-width, without spaces, dashes and the 86 of China.

    A landline keeps the dash after its area code, and its extension: 0755-12345678-801.
    """
    bare = fold_width(text).strip().translate(DASHES)
    bare = re.sub(r"^([0-9]{11})\.0$", r"\1", bare)  # a spreadsheet took it for a number
    bare = bare.translate(_NOISE)
    home = re.sub(r"^(?:\+|00)86-?(?=[0-9])", "", bare)
    if home != bare and _landline(f"0{home}"):  # +86 755 …: the 0 is left out abroad
        return _landline(f"0{home}")
    digits = home.replace("-", "")
    if re.fullmatch(r"(?:86|0)?1[3-9][0-9]{9}", digits):  # 0 was once dialled before strangers
        return digits[-_MOBILE_LENGTH:]
    return _landline(home) or digits


def phone_check(text: str) -> FieldCheck:
    """Check a telephone number; an empty field is fine."""
    typed = text.strip()
    value = normalise_phone(typed)
    if not typed:
        return FieldCheck(FieldState.OK, "", "")
    if _MOBILE.fullmatch(value) or _landline(value) or _ABROAD.fullmatch(value):
        return FieldCheck(FieldState.OK, "", value)
    if len(split_phones(typed)) > 1:
        return FieldCheck(FieldState.WRONG, "这里有两个号码，请把第二个填到备用电话。", typed)
    doubt = _doubt(value)
    if doubt:
        return FieldCheck(FieldState.DOUBTFUL, doubt, value)
    return FieldCheck(FieldState.WRONG, f"{_fault(value)}，请核对；不留可空着。", typed)


def _landline(bare: str) -> str:
    """Return a landline in its uniform spelling, or an empty text if it is none."""
    if not bare.startswith("0"):
        return ""
    whole = _LANDLINE.fullmatch(bare.replace("-", ""))
    if whole and bare.count("-") <= 1:
        return f"{whole[1]}-{whole[2]}"
    extended = _EXTENSION.fullmatch(bare)
    main = _LANDLINE.fullmatch(extended[1].replace("-", "")) if extended else None
    return f"{main[1]}-{main[2]}-{extended[2]}" if main and extended else ""


def _doubt(value: str) -> str:
    if _LOCAL.fullmatch(value):
        return "这像是没写区号的固定电话，最好补上区号。"
    if _SERVICE.fullmatch(value):
        return "这像是服务号码，回访时可能打不到本人，请再看一眼。"
    if re.fullmatch(r"1[0-2][0-9]{9}", value):
        return f"“{value[:3]}”不是常见的手机号段，请再看一眼。"
    return ""


def _fault(value: str) -> str:
    odd = sorted(set(re.sub(r"[0-9]", "", value)))
    if odd:
        return f"电话里有“{''.join(odd)}”，只写数字就行"
    if not value.startswith("1"):
        return f"“{value}”不像电话号码"
    gap = len(value) - _MOBILE_LENGTH
    amount = _NUMERALS.get(abs(gap), f" {abs(gap)} ")
    return f"号码{'多' if gap > 0 else '少'}{amount}位"


def _surname_length(name: str) -> int:
    if len(name) > 2 and name[:2] in _DOUBLE_SURNAMES:  # noqa: PLR2004 - a surname of two
        return 2
    return 1 if len(name) > 1 else 0


def _mask_after(text: str, shown: int) -> str:
    return text[:shown] + "*" * (len(text) - shown)


def _mask_between(text: str, head: int, tail: int) -> str:
    if len(text) < head + tail + _AT_LEAST_HIDDEN:  # too short to show anything of it
        head, tail = 0, min(tail, len(text) // 4)
    hidden = len(text) - head - tail
    return text[:head] + "*" * hidden + text[len(text) - tail :]
