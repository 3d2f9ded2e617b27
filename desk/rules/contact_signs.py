"""Signs and cards that hang at buildings and grids (干群连心牌、公示卡): office numbers only.

What the code square says is the hall's own line with places for names: plain words or an address
that the hall publishes (DOMAIN.md 002-24, 9.3, 9.4).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.rules.errors import RuleBroken
from desk.rules.identity import normalise_phone, split_phones
from desk.rules.setting_kinds import HallSetting

MOST_SIGNS = 300  # in one go; a community has fewer buildings
MOST_PEOPLE = 6  # on one card or sign
MOST_SERVICES = 8
_LONGEST = 200
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_PLACE = re.compile(r"\{([^{}]*)\}")
PLACES = ("地点", "网格", "社区", "社区电话", "大厅电话")
CODE, SLOGAN = "contact_sign_code", "contact_sign_slogan"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody on a card: what he is, how he is called, where he is rung."""

    role: str
    name: str
    phone: str
    area: str = ""

    @property
    def line(self) -> str:
        """Return the line of the card."""
        return "　".join(word for word in (self.role, self.name, self.phone) if word)


def is_private_number(text: str) -> bool:
    """Return whether somebody's own mobile number stands in a text."""
    pieces = (normalise_phone(piece) for piece in split_phones(text))
    within = re.findall(r"[0-9]{11}", text)
    return any(_MOBILE.fullmatch(one) for one in (*pieces, *within))


def people_lines(people: Sequence[Named]) -> str:
    """Return the lines of a card, as many as it holds."""
    return "\n".join(one.line for one in people[:MOST_PEOPLE])


def service_lines(services: Sequence[str]) -> str:
    """Return the services of a card, as many as it holds."""
    return "\n".join(f"· {one}" for one in services[:MOST_SERVICES])


def read_code(text: str) -> str:
    """Return the line of a code square.

    Raises:
        RuleBroken: it is too long, holds somebody's own number, or a place that there is not.
    """
    plain = text.strip()
    strange = [name for name in _PLACE.findall(plain) if name not in PLACES]
    if strange:
        known = "、".join(f"{{{name}}}" for name in PLACES)
        raise RuleBroken(f"没有“{{{strange[0]}}}”，可以用：{known}。", field="value")
    if len(plain) > _LONGEST:
        raise RuleBroken(f"二维码里最多写 {_LONGEST} 个字。", field="value")
    if is_private_number(_PLACE.sub("", plain)):
        raise RuleBroken("对外张贴只写办公电话，请不要写个人手机。", field="value")
    return plain


def fill_code(line: str, said: Mapping[str, str]) -> str:
    """Return what the code square of one sign says."""
    return _PLACE.sub(lambda found: said.get(found[1], ""), line)


def read_slogan(text: str) -> str:
    """Return the line at the foot of a sign; it may be empty.

    Raises:
        RuleBroken: it is too long for a sign.
    """
    plain = text.strip()
    if len(plain) > 40:  # noqa: PLR2004 - two lines of the smallest sign
        raise RuleBroken("这一句最多写 40 个字。", field="value")
    return plain


SIGN_SETTINGS = (
    HallSetting(
        CODE,
        "连心牌、公示卡的二维码里写什么",
        "一句话或一个网址；可以用 {地点}、{网格}、{社区}、{社区电话}、{大厅电话}。空着就不印。",
        "{社区}{网格}｜社区 {社区电话}｜街道诉求服务大厅 {大厅电话}",
        read_code,
    ),
    HallSetting(
        SLOGAN,
        "连心牌最下面的一句话",
        "最多 40 个字；空着就不印。",
        "有诉求先找我们，夜间急事打街道值班电话。",
        read_slogan,
    ),
)
