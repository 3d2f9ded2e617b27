"""Identity numbers of citizens: read, checked, never required (居民身份证)."""

import re
from dataclasses import dataclass
from datetime import date

from desk.rules.codes import Sex
from desk.rules.identity import DASHES, FieldCheck, FieldState, fold_width

_ID_LENGTH = 18
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_FIRST_YEAR = 1900
_PROVINCES = frozenset(
    re.findall(
        "..",
        "111213141521222331323334353637414243444546505152535461626364657181828391",
    )
)


@dataclass(frozen=True, slots=True)
class IdCard:
    """What can be read from a valid identity number."""

    number: str
    born_on: date
    sex: Sex


def normalise_id(text: str) -> str:
    """Return an identity number half-width, in capitals, without spaces and dashes."""
    return re.sub(r"[\s-]+", "", fold_width(text).translate(DASHES)).upper()


def looks_like_id(text: str) -> bool:
    """Return whether somebody typed what may be a whole identity number, right or wrong."""
    return re.fullmatch(r"[0-9]{17}[0-9X]|[A-Z]{1,2}[0-9]{7,9}", normalise_id(text)) is not None


def check_digit(first_17: str) -> str:
    """Return the 18th character that belongs to the first 17 (GB 11643)."""
    total = sum(int(d) * w for d, w in zip(first_17, _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11]


def read_id_card(number: str, *, today: date) -> IdCard | None:
    """Return birth date and sex of a valid 18-digit number, or None for any other text."""
    value = normalise_id(number)
    return None if _id_fault(value, today) else IdCard(value, _birth(value), _sex(value))


def id_card_check(text: str, *, today: date) -> FieldCheck:
    """Check a citizen's identity number; an empty field is fine, it is never required."""
    value = normalise_id(text)
    if not value:
        return FieldCheck(FieldState.OK, "", "")
    if re.fullmatch(r"[0-9]{15}", value):
        return FieldCheck(
            FieldState.DOUBTFUL, "这是 15 位的旧号码，请尽量核对成 18 位的新号码。", value
        )
    fault = _id_fault(value, today)
    if fault:
        return FieldCheck(FieldState.WRONG, f"{fault}，请核对；不填可空着。", text.strip())
    if value[:2] not in _PROVINCES:
        sentence = f"开头两位“{value[:2]}”不是省级地区代码，请再看一眼。"
        return FieldCheck(FieldState.DOUBTFUL, sentence, value)
    return FieldCheck(FieldState.OK, "", value)


def _id_fault(value: str, today: date) -> str:
    """Return what is wrong with an identity number, or an empty text."""
    if len(value) != _ID_LENGTH:
        return f"身份证号应为 18 位，现在是 {len(value)} 位"
    if not re.fullmatch(r"[0-9]{17}[0-9X]", value):
        return "身份证号前 17 位应为数字，最后一位是数字或 X"
    try:
        born_on = _birth(value)
    except ValueError:
        return f"出生日期“{value[6:14]}”不存在"
    if born_on.year < _FIRST_YEAR or born_on > today:
        return f"出生日期“{value[6:14]}”不合理"
    if check_digit(value[:17]) != value[-1]:
        return "最后一位校验码对不上，可能有一位写错了"
    return ""


def _birth(value: str) -> date:
    return date(int(value[6:10]), int(value[10:12]), int(value[12:14]))


def _sex(value: str) -> Sex:
    return Sex.MALE if int(value[16]) % 2 else Sex.FEMALE
