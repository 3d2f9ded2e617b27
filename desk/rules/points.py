"""Points that a unit is given or loses for a month (加分、扣分, DOMAIN.md 001-12, 4.1).

They are counted in hundredths of a point and stand beside the score; whether they go into it is
said by the rules of assessment of the month.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from desk.rules.errors import RuleBroken

_MOST = 10_000  # hundredths: a hundred points
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_SHORTEST = 5  # characters; “好” is no evidence


def read_points(text: str) -> int:
    """Return points in hundredths: “0.2” is 20, “-1” takes a point away.

    Raises:
        RuleBroken: it is no number with at most two decimals, or none that counts.
    """
    try:
        hundredths = Decimal(text.strip().replace("－", "-").replace("−", "-")) * 100
    except InvalidOperation as error:
        raise RuleBroken(f"“{text}”看不懂，请写数字，例如 0.2。", field="points") from error
    if not hundredths.is_finite() or hundredths != int(hundredths):
        raise RuleBroken("分值最多两位小数，例如 0.25。", field="points")
    if not 0 < abs(hundredths) <= _MOST:
        raise RuleBroken("分值请写 -100 到 100，不能是 0；扣分写负数。", field="points")
    return int(hundredths)


def say_points(hundredths: int) -> str:
    """Say points with their sign: “+0.20”, “-1.00”."""
    return f"{Decimal(hundredths) / 100:+.2f}"


def require_points(*, month: str, today: date, reason: str, evidence: str) -> None:
    """Raise RuleBroken unless points are for a month that has begun, with reason and evidence."""
    if not _MONTH.fullmatch(month):
        raise RuleBroken("月份请写作 2026-11。", field="month")
    if month > f"{today:%Y-%m}":
        raise RuleBroken("这个月还没有到，加分、扣分记在当月或以前的月份。", field="month")
    if not reason.strip():
        raise RuleBroken("请写明加分或扣分的理由。", field="reason")
    if len(evidence.strip()) < _SHORTEST:
        raise RuleBroken("请写明依据，例如文件名称、文号或通报的日期。", field="evidence")
