"""The registers of texts (事项目录、答复口径) as the administration page lists them."""

from sqlalchemy import select

from desk.queries import lookups
from desk.queries.administration import Record, Register
from desk.rules.codes import LibraryKind
from desk.rules.moments import day_of
from desk.rules.wording import label
from desk.store.database import Reader
from desk.store.models import LibraryText


def directory_register(reader: Reader) -> Register:
    """Return the matters of the directory in use."""
    names = {unit.id: unit.name for unit in lookups.units(reader)}
    ours = set(names.values())
    records = tuple(
        Record(
            item.id,
            item.name,
            " · ".join(filter(None, (item.where, item.phone))),
            {
                "事项": item.name,
                "本街道单位": item.where if item.where in ours else "",
                "外单位": "" if item.where in ours else item.where,
                "对接人": item.contact,
                "对接电话": item.phone,
                "地址": item.address,
                "办理时间": item.hours,
                "所需材料": "、".join(item.materials),
                "依据": item.basis,
            },
        )
        for item in lookups.directory(reader)
    )
    ids = {name: key for key, name in names.items()}
    return Register(records, {"本街道单位": tuple(names.values())}, ids)


def library_register(reader: Reader) -> Register:
    """Return the texts of the library, those that hold today first."""
    today = day_of(reader.now)
    paths = {category.id: category.path for category in lookups.categories(reader)}
    rows = reader.session.scalars(
        select(LibraryText)
        .where(LibraryText.street_id == reader.person.street_id)
        .order_by(LibraryText.kind, LibraryText.title, LibraryText.valid_from.desc())
    ).all()
    has_ended = {row.id: row.valid_to is not None and row.valid_to <= today for row in rows}
    records = tuple(
        Record(
            row.id,
            row.title,
            label(row.kind) + (f" · {row.valid_to} 失效" if has_ended[row.id] else ""),
            {
                "类型": label(row.kind),
                "标题": row.title,
                "正文": row.body,
                "出处": row.source or "",
                "适用类别": paths.get(row.category_id or 0, ""),
                "生效日期": today.isoformat(),
                "失效日期": row.valid_to.isoformat() if row.valid_to else "",
            },
            "" if row.kind is not LibraryKind.STATUTE else "引用前请核对现行文本。",
        )
        for row in sorted(rows, key=lambda row: has_ended[row.id])
    )
    ids = {path: key for key, path in paths.items()}
    return Register(records, {"适用类别": tuple(paths.values())}, ids)
