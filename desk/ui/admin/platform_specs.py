"""The register of forms into which cases are copied (回填模板)."""

from typing import Any

from desk.actions.platform_forms import EndPlatformForm, SetPlatformForm
from desk.exchange.organisation_rows import Column
from desk.queries.administration import Record, Register
from desk.queries.platform_forms import copy_form_register
from desk.rules.deeds import Deed
from desk.rules.platform_forms import COPIED, LONGEST_NAME, SEPARATORS
from desk.ui.admin.specs import RegisterSpec, Values
from desk.ui.desk import ByMe
from desk.ui.keys import CaseKey, shown

_LEDGER = "诉求台账"
_BETWEEN = "几栏合成一块时用什么隔开"


def _save(me: ByMe, _register: Register, record: Record | None, values: Values) -> Any:
    return SetPlatformForm(
        **me,
        form=record.id if record else None,
        is_import=False,
        name=values["平台"],
        kind=_LEDGER,
        lines=tuple(line for line in values["栏目"].splitlines() if line.strip()),
        separator=values[_BETWEEN],
    )


PLATFORM_SPECS: tuple[RegisterSpec, ...] = (
    RegisterSpec(
        "回填模板",
        "别的系统要再填一遍的，在这里写明它有哪些栏目、各取本厅哪一栏；"
        f"案件卷里按 {shown(CaseKey.COPY_OUT)} 逐块复制，导出台账时也可以按这个格式导出。"
        f"本厅栏目：{'、'.join(COPIED)}。",
        (
            Column("平台", f"例如：信访信息系统；最多 {LONGEST_NAME} 字", required=True),
            Column(_BETWEEN, required=True, options=tuple(SEPARATORS)),
            Column(
                "栏目",
                "一行一栏，照对方页面的次序：对方栏目 = 本厅栏目；几栏合成一块用“、”，"
                "例如：反映人 = 诉求人、联系电话",
                required=True,
                lines=12,
            ),
        ),
        copy_form_register,
        _save,
        fresh="新增模板",
        retire=lambda me, record: EndPlatformForm(**me, form=record.id),
        retire_question="停用后案件卷里不再出现；已经复制、导出的不受影响。",
        deed=Deed.EDIT_LIBRARY,
        columns_of={"name": "平台", "lines": "栏目", "separator": _BETWEEN},
    ),
)
