"""The one place where figures are rounded: half up, never cut (四舍五入, EXCHANGE.md 3)."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

Number = int | Decimal | Fraction

_PLACES = 2


def ratio(part: Number, whole: Number) -> Fraction | None:
    """Return `part` of `whole` exactly, or None where there is nothing to divide by."""
    return Fraction(part) / Fraction(whole) if whole else None


def mean(values: Iterable[Fraction | None]) -> Fraction | None:
    """Return the arithmetic mean of those values that exist, or None without any."""
    known = [value for value in values if value is not None]
    return ratio(sum(known, Fraction()), len(known))


def rounded(value: Number, places: int = _PLACES) -> str:
    """Return `value` with so many decimals, halves rounded away from zero."""
    exact = Fraction(value) if isinstance(value, Decimal) else value
    part, of = exact.numerator, exact.denominator  # whole numbers are quick to reckon with
    units = (2 * abs(part) * 10**places + of) // (2 * of)
    whole, rest = divmod(units, 10**places)
    sign = "-" if part < 0 and units else ""
    return f"{sign}{whole}.{rest:0{places}}" if places else f"{sign}{whole}"


def percent(value: Fraction | None, places: int = _PLACES) -> str | None:
    """Return a ratio as a percentage, or None where there is none."""
    return None if value is None else rounded(value * 100, places)


def share(part: Number, whole: Number, places: int = _PLACES) -> str | None:
    """Return what percentage `part` is of `whole`, or None where there is nothing to divide by."""
    return percent(ratio(part, whole), places)
