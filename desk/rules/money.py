"""Amounts of money in whole fen: read as typed, shown, and in capital figures (人民币大写).

Capitals follow the rules for filling in bills and settlement vouchers (正确填写票据和结算凭证的
基本规定): 整 after 元 or 角, 零 where figures skip a place, never a gap that could be filled.
"""

import re
import unicodedata
from decimal import Decimal

from desk.rules.errors import RuleBroken

# What fits below 万亿; no dispute of a street comes near.
MOST_FEN = 10**14 - 1

_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("亿", "万", "")
_TYPED = re.compile(
    r"(?:人民币|rmb|cny|¥)?"
    r"(?P<figures>\d+|\d{1,3}(?:,\d{3})+)(?P<rest>\.\d+)?"
    r"(?P<scale>[万亿]?)(?:圆|元|块)?[整正]?",
    re.IGNORECASE,
)
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
_HOW = "请写成 12000、12,000.50 或 1.2万 这样。"


def read_amount(text: str, *, field: str = "amount") -> int:
    """Return the fen that words or figures as typed stand for (“1.2万”, “¥12,000.00”, “12000元”).

    Raises:
        RuleBroken: it is no amount, is nothing, is finer than a fen, or is beyond all measure.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = _TYPED.fullmatch(plain)
    if found is None:
        raise RuleBroken(f"金额“{text.strip()}”看不懂。{_HOW}", field=field)
    figures = found["figures"].replace(",", "") + (found["rest"] or "")
    fen = Decimal(figures) * _SCALES[found["scale"]] * 100
    if fen != fen.to_integral_value():
        raise RuleBroken(f"金额“{text.strip()}”比分还小，请最多写到两位小数。", field=field)
    if not 0 < fen <= MOST_FEN:
        raise RuleBroken(f"金额“{text.strip()}”应大于 0 并小于一万亿元，请核对。", field=field)
    return int(fen)


def show_amount(fen: int) -> str:
    """Return an amount in figures as the hall writes it (“12,000 元”, “0.50 元”)."""
    yuan, rest = divmod(fen, 100)
    return f"{yuan:,}.{rest:02d} 元" if rest else f"{yuan:,} 元"


def capital_amount(fen: int) -> str:
    """Return an amount in capital figures (“壹万贰仟元整”, “壹仟零陆元零伍分”).

    Raises:
        ValueError: the amount is negative or too large to be written.
    """
    if not 0 <= fen <= MOST_FEN:
        raise ValueError(fen)
    yuan, rest = divmod(fen, 100)
    jiao, last = divmod(rest, 10)
    words = f"{_yuan_words(yuan)}元" if yuan or not rest else ""
    if jiao:
        words += f"{_FIGURES[jiao]}角"
    elif last and yuan:
        words += "零"
    return words + (f"{_FIGURES[last]}分" if last else "整")


def _yuan_words(yuan: int) -> str:
    groups = f"{yuan:012d}"
    words = ""
    for unit, start in zip(_GROUPS, range(0, 12, 4), strict=True):
        group = groups[start : start + 4]
        if group == "0000":
            continue
        if words and _skips(groups, start):
            words += "零"
        words += _group_words(group.lstrip("0")) + unit
    return words or "零"


def _skips(groups: str, start: int) -> bool:
    """Return whether figures are missing before the group: a nought, or a whole group."""
    return groups[start] == "0" or groups[start - 4 : start] == "0000"


def _group_words(figures: str) -> str:
    """Return one to four figures, the first not nought, in words; noughts between become one 零."""
    words, places = "", _PLACES[-len(figures) :]
    for figure, place in zip(figures, places, strict=True):
        if figure != "0":
            words += _FIGURES[int(figure)] + place
        elif not words.endswith("零"):
            words += "零"
    return words.rstrip("零")
