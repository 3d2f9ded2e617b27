"""The workbook from which a new street is founded, filled as somebody in the hall does."""

from pathlib import Path

from openpyxl import load_workbook

STREET = {
    "街道名称": "青榕街道",
    "城市": "岭湾市",
    "区县": "滨河区",
    "统一初始密码": "first-2026",
    "发文机关": "青榕街道办事处",
    "机关代字": "青榕",
    "查询电话": "0755-20000001",
    "办公地址": "青榕路 1 号",
}
UNITS = (
    ("青榕街道办事处", "街道", "街道", ""),
    ("信联办", "信联办", "信联办", "青榕街道办事处"),
    ("榕西社区", "榕西", "社区", "青榕街道办事处"),
)
STAFF = (
    ("1001", "李敏", "信联办", "窗口"),
    ("9001", "管理员", "信联办", "管理员", "", "", "admin-2026"),
)


def fill(file: Path) -> None:
    """Fill the workbook as somebody in the hall does: below its headings, by their names."""
    book = load_workbook(file)
    for row in book["街道"].iter_rows():
        name = str(row[0].value or "").rstrip("*")
        if name in STREET:
            row[1].value = STREET[name]
    for name, lines in (("单位", UNITS), ("人员", STAFF)):
        for at, line in enumerate(lines, start=2):
            for column, value in enumerate(line, start=1):
                book[name].cell(at, column, value)
    book.save(file)
