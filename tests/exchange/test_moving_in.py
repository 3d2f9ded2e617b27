"""A file of another platform: its columns are guessed, kept for the next month, read, corrected."""

from desk.actions.platform_forms import SetPlatformForm
from desk.exchange.column_guess import guessed, sample, synonyms
from desk.exchange.corrections import corrected, only_row
from desk.exchange.import_ledger import carry_in, import_ledger
from desk.exchange.ledger_map import known_maps, map_of_kind
from desk.exchange.ledgers import read_rows
from desk.exchange.source_map import all_maps, needed, source_map
from desk.exchange.workbook import read_sheet
from desk.rules.platform_forms import COPIED, import_lines
from tests.exchange.case_facts import only_case
from tests.exchange.ledger_files import save_table

HEADER = (
    "信访件编号", "登记日期", "信访人", "方式", "住址", "所属社区", "概况信息", "大类", "经办",
)  # fmt: skip
JULY = (
    ("XF2026070001", "2026-07-06 09:10", "陈桂芳", "13800000012", "榕东路 1 号", "榕东",
     "楼下广场舞音响声音过大，晚上九点以后还在放。", "噪声", "甲"),
    ("XF2026070002", "七月六日", "吴建国", "13800000013", "榕东路 3 号", "榕冬",
     "楼道堆放杂物影响通行，希望尽快清理。", "噪声", "乙"),
)  # fmt: skip
GUESS = {
    "信访件编号": "外部编号",
    "登记日期": "受理时间",
    "信访人": "诉求人",
    "方式": "联系电话",  # by what stands in it
    "住址": "地址",
    "所属社区": "社区",
    "概况信息": "诉求内容",
    "大类": "一级分类",
}
FIXED = ("来源平台 = 信访信息系统", "来源渠道 = 信访平台", "紧急程度 = 常态")
APPEALS = map_of_kind("诉求台账", known_maps())


def sheet_of(tmp_path, rows=JULY, name="七月.xlsx"):
    path = save_table(tmp_path / name, HEADER, rows)
    return path, read_sheet(path, knows=lambda _header: True)


def keep(street, **more):
    facts = {
        "is_import": True,
        "name": "信访信息系统",
        "kind": "诉求台账",
        "lines": tuple(f"{theirs} = {ours}" for theirs, ours in GUESS.items()),
        "fixed": FIXED,
    }
    by = {"made_by": street.person.staff_id, "happened_at": street.now()}
    return street.carry_out(SetPlatformForm(**by, **(facts | more))).made["form"]


def test_columns_are_guessed_by_name_by_synonym_and_by_content(tmp_path):
    _, sheet = sheet_of(tmp_path)
    assert guessed(sheet, APPEALS) == GUESS
    assert sample(sheet, 2) == ("陈桂芳", "吴建国")
    assert set(needed(APPEALS)) - set(GUESS.values()) == {"来源平台", "来源渠道", "紧急程度"}
    headings = {column.heading: column.parts[0].field for column in APPEALS.columns}
    assert set(synonyms()) <= set(headings)
    assert COPIED.items() <= headings.items()


def test_what_was_mapped_once_is_known_by_its_header_next_month(street, tmp_path):
    path, _ = sheet_of(tmp_path)
    keep(street)
    result = import_ledger(street, path)
    assert (result.imported, len(result.refused)) == (1, 1)
    assert dict(result.refused[0].faults).keys() == {"登记日期"}
    case = only_case(street, "XF2026070001")
    assert (case["community_id"], case["category_id"]) == ("榕东社区", "噪声")
    assert case["platform"] == "信访信息系统"

    again = import_ledger(street, path)
    assert (again.imported, again.updated, again.skipped) == (0, 0, 1)


def test_a_corrected_row_is_read_anew_and_what_is_wrong_is_said_by_cell(street, tmp_path):
    path, sheet = sheet_of(tmp_path)
    lines = import_lines(f"{theirs} = {ours}" for theirs, ours in GUESS.items())
    fixed = {"来源平台": "信访信息系统", "来源渠道": "信访平台", "紧急程度": "常态"}
    ledger = source_map("信访信息系统", "诉求台账", lines, fixed)

    def check(corrections):
        mended = only_row(corrected(sheet, corrections), 3)
        reading = read_rows(path.name, mended, (ledger,))
        return carry_in(street, reading, is_check=True)

    assert [column for column, _ in check({}).refused[0].faults] == ["登记日期"]
    first = {(3, 1): "2026-07-06"}
    assert [column for column, _ in check(first).refused[0].faults] == ["所属社区"]
    assert check(first | {(3, 5): "榕东"}).outcomes == {3: "新增"}
    assert check(first | {(3, 5): ""}).outcomes == {3: "新增"}


def test_an_import_that_is_stopped_says_how_many_are_left_and_goes_on_later(street, tmp_path):
    rows = [(f"XF20260700{n:02}", "2026-07-06", *JULY[0][2:]) for n in range(4)]
    path, sheet = sheet_of(tmp_path, rows)
    keep(street)
    reading = read_rows(path.name, sheet, street.read(all_maps))
    done = []
    result = carry_in(
        street, reading, progress=lambda n, _of: done.append(n), is_wanted=lambda: len(done) < 2
    )
    assert (result.imported, result.left) == (2, 2)
    assert "还有 2 行没有处理" in result.sentences()[0]

    rest = carry_in(street, reading)
    assert (rest.imported, rest.skipped, rest.left) == (2, 2, 0)
