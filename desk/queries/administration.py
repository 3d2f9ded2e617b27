"""What the administration page lists (管理): every register as rows of text with their ids."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from desk.queries import lookups
from desk.rules.codes import ClockKind, Role
from desk.rules.hall_settings import SETTINGS
from desk.rules.moments import day_of
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import Clock, FormLayout, Letterhead, Staff
from desk.store.models.hall import today_rows

BODIES: Mapping[str, str] = {"street": "街道", "committee": "调委会"}


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a register: its id, its words in the list, its texts in the form."""

    id: Any
    label: str
    note: str
    values: Mapping[str, str]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """A register with what its form needs to offer.

    Attributes:
        options: the words to choose from, by column.
        ids: what the words stand for.
    """

    records: tuple[Record, ...]
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ids: Mapping[str, int] = field(default_factory=dict)


Load = Callable[[Reader], Register]


def unit_register(reader: Reader) -> Register:
    """Return all units of today."""
    known = lookups.units(reader)
    names = {unit.id: unit.name for unit in known}
    records = tuple(
        Record(
            unit.id,
            unit.name,
            label(unit.kind),
            {
                "单位全称": unit.name,
                "简称": unit.short_name,
                "类型": label(unit.kind),
                "上级单位": names.get(unit.parent_id or 0, ""),
                "办公电话": unit.phone or "",
                "24 小时值守": "是" if unit.is_always_open else "",
                "工作时间": unit.opening_hours or "",
                "生效日期": day_of(reader.now).isoformat(),
            },
        )
        for unit in known
    )
    return Register(records, {"上级单位": tuple(names.values())}, _ids(names))


def staff_register(reader: Reader) -> Register:
    """Return everyone who works here today."""
    names = {unit.id: unit.name for unit in lookups.units(reader)}
    facts = {
        row.id: row
        for row in reader.session.execute(
            select(Staff.id, Staff.phone, Staff.valid_to).where(
                Staff.street_id == reader.person.street_id
            )
        )
    }
    order = list(Role)
    records = []
    for member in lookups.staff(reader):
        roles = sorted(member.roles, key=order.index)
        ends = facts[member.id].valid_to
        records.append(
            Record(
                member.id,
                f"{member.login}　{member.name}",
                f"有效期至 {ends}" if ends else names.get(member.unit_id, ""),
                {
                    "工号": member.login,
                    "姓名": member.name,
                    "单位": names.get(member.unit_id, ""),
                    "岗位": "、".join(label(role) for role in roles),
                    "窗口": member.desk_name or "",
                    "办公电话": facts[member.id].phone or "",
                    "有效期至": ends.isoformat() if ends else "",
                },
            )
        )
    return Register(tuple(records), {"单位": tuple(names.values())}, _ids(names))


def place_register(reader: Reader) -> Register:
    """Return the housing estates and buildings in use."""
    names = {unit.id: unit.name for unit in lookups.units(reader)}
    records = tuple(
        Record(
            place.id,
            place.name,
            names.get(place.community_id, ""),
            {
                "小区或楼栋": place.name,
                "社区": names.get(place.community_id, ""),
                "网格": names.get(place.grid_id or 0, ""),
                "交界地段": "是" if place.is_border else "",
            },
        )
        for place in lookups.places(reader)
    )
    units = tuple(names.values())
    return Register(records, {"社区": units, "网格": units}, _ids(names))


def category_register(reader: Reader) -> Register:
    """Return the categories in use, parents before children."""
    names = {unit.id: unit.name for unit in lookups.units(reader)}
    known = lookups.categories(reader)
    tops = {category.id: category.name for category in known if category.parent_id is None}
    records = tuple(
        Record(
            category.id,
            category.path,
            names.get(category.unit_id or 0, ""),
            {
                "上级类别": tops.get(category.parent_id or 0, ""),
                "名称": category.name,
                "建议承办单位": names.get(category.unit_id or 0, ""),
            },
        )
        for category in sorted(known, key=lambda c: (c.path.split(" › ")[0], c.path))
    )
    options = {"上级类别": tuple(tops.values()), "建议承办单位": tuple(names.values())}
    return Register(records, options, {**_ids(names), **{f"›{n}": i for i, n in tops.items()}})


def letterhead_register(reader: Reader) -> Register:
    """Return under whose names papers go out today."""
    rows = reader.session.scalars(
        select(Letterhead)
        .where(
            Letterhead.street_id == reader.person.street_id,
            today_rows(Letterhead, day_of(reader.now)),
        )
        .order_by(Letterhead.body.desc())
    )
    return Register(
        tuple(
            Record(
                row.body,
                BODIES.get(row.body, row.body),
                row.issuer,
                {
                    "发文机关": row.issuer,
                    "机关代字": row.prefix,
                    "查询电话": row.phone,
                    "办公地址": row.address,
                    "查询方式": row.query_hint,
                },
            )
            for row in rows
        )
    )


def running_clocks(reader: Reader) -> dict[ClockKind, int]:
    """Return how many clocks of each kind run now; they keep the limit they started with."""
    rows = reader.session.execute(
        select(Clock.kind, func.count(Clock.id))
        .where(
            Clock.street_id == reader.person.street_id,
            Clock.stopped_at.is_(None),
            Clock.set_aside_at.is_(None),
        )
        .group_by(Clock.kind)
    )
    return {row[0]: row[1] for row in rows}


def setting_register(reader: Reader) -> Register:
    """Return the settings of the hall as valid today."""
    today = day_of(reader.now)
    records = []
    for facts in SETTINGS.values():
        words = facts.show(setting(reader.session, reader.person.street_id, facts.key, today))
        records.append(Record(facts.key, facts.label, words, {"现在的值": words}, facts.hint))
    return Register(tuple(records))


def own_layouts(reader: Reader) -> dict[str, str]:
    """Return the hall's own layouts in use, by form code."""
    rows = reader.session.execute(
        select(FormLayout.code, FormLayout.toml).where(
            FormLayout.street_id == reader.person.street_id,
            today_rows(FormLayout, day_of(reader.now)),
        )
    )
    return {row[0]: row[1] for row in rows}


def _ids(names: Mapping[int, str]) -> dict[str, int]:
    return {name: key for key, name in names.items()}
