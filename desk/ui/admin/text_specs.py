"""The registers of texts (事项目录、答复口径): columns, and what saving and retiring ask for."""

from datetime import date
from typing import Any

from desk.actions.answer_library import EndLibraryText, SetLibraryText
from desk.actions.directory import RetireServiceItem, SetServiceItem
from desk.exchange.organisation_rows import Column
from desk.queries.administration import Record, Register
from desk.queries.text_registers import directory_register, library_register
from desk.rules.codes import LibraryKind
from desk.rules.deeds import Deed
from desk.rules.wording import choices, from_label
from desk.ui.admin.specs import RegisterSpec, Values, a_day, an_id
from desk.ui.desk import ByMe

_KINDS = tuple(words for _, words in choices(LibraryKind))


def _save_item(me: ByMe, register: Register, record: Record | None, values: Values) -> Any:
    return SetServiceItem(
        **me,
        item=record.id if record else None,
        name=values["事项"],
        unit=an_id(register, values["本街道单位"], "unit"),
        office=values["外单位"],
        contact=values["对接人"],
        phone=values["对接电话"],
        address=values["地址"],
        hours=values["办理时间"],
        materials=tuple(word.strip() for word in values["所需材料"].split("、")),
        basis=values["依据"],
    )


def _save_text(me: ByMe, register: Register, record: Record | None, values: Values) -> Any:
    ends: date | None = a_day(values["失效日期"]) if values["失效日期"] else None
    return SetLibraryText(
        **me,
        text=record.id if record else None,
        kind=from_label(LibraryKind, values["类型"]),
        title=values["标题"],
        body=values["正文"],
        source=values["出处"],
        category=an_id(register, values["适用类别"], "category"),
        valid_from=a_day(values["生效日期"]),
        valid_to=ends,
    )


TEXT_SPECS: tuple[RegisterSpec, ...] = (
    RegisterSpec(
        "事项目录",
        "引导对接时选一项，去处、对接人、电话和材料就填好；改动只影响以后的引导。",
        (
            Column("事项", "诉求人会怎么说就怎么写，例如：居住证办理", required=True),
            Column("本街道单位", options=("",)),
            Column("外单位", "不是本街道的单位写在这里"),
            Column("对接人"),
            Column("对接电话", "对外公开的办公电话"),
            Column("地址"),
            Column("办理时间", "例如：周一至周五 9:00–12:00"),
            Column("所需材料", "几项之间用“、”隔开"),
            Column("依据"),
        ),
        directory_register,
        _save_item,
        fresh="新增事项",
        retire=lambda me, record: RetireServiceItem(**me, item=record.id),
        retire_question="停用后受理时不再出现，旧案件里的引导记录仍保留。",
        deed=Deed.EDIT_LIBRARY,
        columns_of={"name": "事项", "unit": "本街道单位", "office": "外单位"},
    ),
    RegisterSpec(
        "答复口径",
        "写意见书、记录时按 Ctrl+J 插入。改正文会从生效日期起用新的，旧的标明失效。",
        (
            Column("类型", required=True, options=_KINDS),
            Column("标题", "查找时用，可用拼音首字母", required=True),
            Column("正文", required=True, lines=5),
            Column("出处", "法规条文必填：名称、条款、文号"),
            Column("适用类别", "可空；办这一类时排在最前", options=("",)),
            Column("生效日期", "写作 2026-11-23", required=True),
            Column("失效日期", "可空"),
        ),
        library_register,
        _save_text,
        fresh="新增口径",
        retire=lambda me, record: EndLibraryText(**me, text=record.id),
        retire_question="今天起标为失效，仍能查到，不能再插入。",
        deed=Deed.EDIT_LIBRARY,
        columns_of={
            "title": "标题", "body": "正文", "source": "出处", "category": "适用类别",
            "valid_from": "生效日期", "valid_to": "失效日期",
        },
    ),
)  # fmt: skip
