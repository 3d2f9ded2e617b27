"""Pictures of moving in (导入台账): a file that is known, and one that is not yet."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from desk.cli.scenes import section
from desk.exchange.write_workbook import write_sheet
from desk.ui.admin_screen import AdminScreen
from desk.ui.main_window import MainWindow
from desk.ui.moving_in.section import ImportSection

_KNOWN = ("信访件编号", "登记日期", "信访人", "手机", "所属社区", "概况信息", "大类", "经办")
_STRANGE = ("任务号", "上报时间", "上报人", "联系方式", "村社区", "问题描述", "大类", "处置")
_ROWS = (
    ("2026-11-02 09:10", "陈桂芳", "13800000012", "榕东社区",
     "楼下广场舞音响声音过大，晚上九点以后还在放，老人睡不好。", "噪声", "甲"),
    ("十一月三日", "吴建国", "13800000013", "榕东社区",
     "楼道堆放杂物影响通行，希望尽快清理。", "市容环卫", "乙"),
    ("2026-11-04 15:30", "何秀英", "13800000014", "榕冬社区",
     "路灯不亮一周了，晚上走路不安全。", "市政设施", "甲"),
    ("2026-11-05 10:05", "林国强", "13800000015", "南塘社区",
     "小区门口车辆乱停，消防车进不来。", "交通出行", "丙"),
)  # fmt: skip


def moving_in(*, is_known: bool) -> Callable[[MainWindow], None]:
    """Return what opens a file of another platform: its rows, or first its columns."""

    def prepare(window: MainWindow) -> None:
        section(ImportSection.title)(window)
        page = window.pages.front
        part = page.section() if isinstance(page, AdminScreen) else None
        if isinstance(part, ImportSection):
            part.open_file(_written(is_known=is_known))

    return prepare


def _written(*, is_known: bool) -> Path:
    """Write the file into a folder that the machine clears by itself."""
    path = Path(tempfile.mkdtemp(prefix="case-desk-")) / "信访系统 11 月.xlsx"
    mark = "XF202611" if is_known else "WG202611"
    rows = [(f"{mark}{n:04}", *row) for n, row in enumerate(_ROWS, start=1)]
    write_sheet(path, title="月报", header=_KNOWN if is_known else _STRANGE, rows=rows)
    return path
