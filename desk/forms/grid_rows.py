"""Rows of the cards that hang at buildings and grids (公示卡、连心牌)."""

from typing import TypedDict

from desk.forms.rows import PaperRow


class GridCard(TypedDict):
    """One grid's card (三公开: 姓名、电话、服务事项)."""

    grid: str
    community: str
    about: str | None  # 312 户，青榕花园、榕东里
    people: str  # a line for each: 网格员　何志强　0755-20000021
    services: str  # a line for each
    phone: str  # of the community
    hall_phone: str
    code: str | None  # what the code square of the card says


class GridCardRow(PaperRow):
    """网格公示卡 (DOMAIN.md 003-7)."""

    cards: list[GridCard]


class ContactSign(TypedDict):
    """One sign at a building or grid (office numbers only, DOMAIN.md 9.4)."""

    place: str  # 青榕花园, 榕东第3网格
    community: str
    grid: str | None
    people: str
    services: str | None
    phone: str
    hall_phone: str
    code: str | None


class ContactSignRow(PaperRow):
    """干群连心牌 (DOMAIN.md 002-24, 9.3)."""

    size: str  # a4, a5, a6
    slogan: str | None
    signs: list[ContactSign]
