import re

import pytest

from desk.exchange.ledger_map import known_maps, map_of_kind, parse_map
from desk.exchange.ledgers import SHAPES, read_ledger, save_refused
from desk.exchange.workbook import UnreadableWorkbook
from desk.rules.codes import Channel, Discontent, Resolution, Satisfaction, Urgency
from tests.exchange.ledger_files import GOOD_ROW, save_ledger, save_table

COLUMNS_OF_APPEALS = re.split(
    "、",
    "外部编号、来源平台、来源渠道、来源级别、诉求人、联系电话、地址、社区、网格、一级分类、二级分类、"
    "诉求目的、诉求内容、紧急程度、是否疑难、受理时间、首问人、首办部门、分拨时间、派单方式、主办单位、"
    "协办单位、签收时间、联系时间、核实时间、办结时间、办理结果、处理意见、意见书时间、回访时间、回访方式、"
    "是否联系、是否解决、是否满意、不满意原因、是否纳入考评、不纳入原因、重复件主件编号、国满件、标签、备注",
)
COLUMNS_OF_TICKETS = re.split(
    "、",
    "工单编号、工单类型、问题分类、标签、标题、主要内容、工单状态、来电人、来电人电话/账号、被反映区、"
    "被反映街乡镇、办理结果、回复内容、处理受理方式、办结时间、企业名称、是否解决、是否满意、工单性质、"
    "村/社区、小区点位",
)
REQUIRED_OF_APPEALS = set(GOOD_ROW)


def only_row(path):
    reading = read_ledger(path)
    assert reading.refused == ()
    assert len(reading.rows) == 1
    return reading.rows[0]


def only_refusal(path):
    reading = read_ledger(path)
    assert reading.rows == ()
    assert len(reading.refused) == 1
    return reading.refused[0].sentence


def test_the_maps_name_the_agreed_columns_in_their_order():
    *agreed, title, until = [c.heading for c in map_of_kind("诉求台账").columns]
    assert (agreed, title, until) == (COLUMNS_OF_APPEALS, "标题", "办理延至")
    assert [c.heading for c in map_of_kind("12345工单").columns] == COLUMNS_OF_TICKETS
    required = {c.heading for c in map_of_kind("诉求台账").columns if c.required}
    assert required == REQUIRED_OF_APPEALS


def test_every_field_of_every_map_has_a_reader():
    for ledger in known_maps():
        named = {part.field for column in ledger.columns for part in column.parts}
        named |= {rule.field for rule in (*ledger.defaults, *ledger.derived)}
        assert named <= set(SHAPES[ledger.shape].readers)
    for shape in SHAPES.values():
        assert set(shape.readers) | {"row_number"} == set(shape.row.__dataclass_fields__)


def test_columns_may_stand_in_any_order(tmp_path):
    header = list(GOOD_ROW)
    header = header[3:] + header[2::-1]
    path = save_table(tmp_path / "a.xlsx", header, [[GOOD_ROW[h] for h in header]])
    row = only_row(path)
    assert (row.outside_number, row.channel) == ("QR202600900", Channel.VISIT)


def test_extra_columns_are_left_out_with_a_hint(tmp_path):
    reading = read_ledger(save_ledger(tmp_path / "a.xlsx", {"领导批示": "抓紧", "序号": 1}))
    assert len(reading.rows) == 1
    assert "“领导批示”" in reading.hints[0]
    assert "“序号”" in reading.hints[0]


@pytest.mark.parametrize("heading", sorted(REQUIRED_OF_APPEALS))
def test_a_missing_required_column_refuses_the_whole_sheet(tmp_path, heading):
    header = [h for h in GOOD_ROW if h != heading]
    path = save_table(tmp_path / "a.xlsx", header, [[GOOD_ROW[h] for h in header]])
    with pytest.raises(UnreadableWorkbook, match=f"缺少必填列：{heading}"):
        read_ledger(path, kind="诉求台账")
    with pytest.raises(UnreadableWorkbook, match=heading):
        read_ledger(path)


@pytest.mark.parametrize("heading", sorted(REQUIRED_OF_APPEALS))
def test_a_blank_required_cell_refuses_its_row_only(tmp_path, heading):
    path = save_ledger(tmp_path / "a.xlsx", {}, {heading: None}, {heading: "  "})
    reading = read_ledger(path)
    assert [row.row_number for row in reading.rows] == [2]
    assert [r.sentence for r in reading.refused] == [
        f"第 3 行 {heading}:必填，不能空着。",
        f"第 4 行 {heading}:必填，不能空着。",
    ]


def test_a_header_of_no_known_ledger_is_refused_with_the_known_kinds(tmp_path):
    path = save_table(tmp_path / "a.xlsx", ["姓名", "年龄"], [["甲", 3]])
    with pytest.raises(UnreadableWorkbook, match="12345工单、吹哨台账、未诉先办台账、诉求台账"):
        read_ledger(path)


def test_an_unknown_kind_is_refused_with_the_known_ones(tmp_path):
    known = "可选：12345工单、吹哨台账、未诉先办台账、诉求台账"
    with pytest.raises(UnreadableWorkbook, match=known):
        read_ledger(save_ledger(tmp_path / "a.xlsx", {}), kind="工资表")


def test_an_empty_workbook_is_refused_and_an_empty_ledger_says_so(tmp_path):
    with pytest.raises(UnreadableWorkbook, match="表头"):
        read_ledger(save_table(tmp_path / "a.xlsx", [], []))
    reading = read_ledger(save_table(tmp_path / "b.xlsx", list(GOOD_ROW), []))
    assert reading.rows == ()
    assert reading.hints == ("表头下面没有任何内容。",)


def test_the_same_column_twice_is_refused(tmp_path):
    path = save_table(tmp_path / "a.xlsx", [*GOOD_ROW, "外部编号"], [[*GOOD_ROW.values(), "QR2"]])
    with pytest.raises(UnreadableWorkbook, match="两列都是“外部编号”"):
        read_ledger(path)


def test_all_faults_of_a_row_are_named_at_once(tmp_path):
    path = save_ledger(
        tmp_path / "a.xlsx", {"受理时间": "2026-02-30", "紧急程度": "火急", "联系电话": "1"}
    )
    sentence = only_refusal(path)
    assert sentence.startswith("第 2 行 紧急程度:“火急”不在可选项内")
    assert "受理时间：“2026-02-30”不是真实存在的日期" in sentence


def test_an_anonymous_row_is_taken(tmp_path):
    row = only_row(save_ledger(tmp_path / "a.xlsx", {"诉求人": None, "联系电话": None}))
    assert (row.appellant, row.phone) == ("", "")


def test_levels_may_carry_their_suffix(tmp_path):
    assert (
        only_row(save_ledger(tmp_path / "a.xlsx", {"紧急程度": "快处类"})).urgency is Urgency.FAST
    )


def test_a_followup_is_read_with_its_listed_reason_or_the_ledgers_own_words(tmp_path):
    path = save_ledger(
        tmp_path / "a.xlsx",
        {"是否解决": "部分", "是否满意": "不满意", "不满意原因": "态度"},
        {"外部编号": "QR2", "是否解决": "否", "是否满意": "不满意", "不满意原因": "赔得太少"},
    )
    first, second = read_ledger(path).rows
    assert (first.resolution, first.satisfaction) == (Resolution.PARTLY, Satisfaction.DISSATISFIED)
    assert first.discontent == (Discontent.ATTITUDE, "")
    assert second.discontent == (Discontent.OTHER, "赔得太少")


def test_a_step_before_the_intake_is_taken_as_written_with_a_hint(tmp_path):
    reading = read_ledger(save_ledger(tmp_path / "a.xlsx", {"分拨时间": "2026-08-02 10:00"}))
    assert len(reading.rows) == 1
    assert reading.hints == ("第 2 行 分拨时间：早于受理时间，已照原样导入，请核对。",)


def test_a_ticket_takes_its_day_from_its_number_and_its_level_is_marked(tmp_path):
    path = save_table(
        tmp_path / "a.xlsx",
        COLUMNS_OF_TICKETS[:6],
        [["LW2026080300077", "咨询", "噪声->广场舞->音响", "夜间", "广场舞", "太吵"]],
    )
    row = only_row(path)
    assert f"{row.received_at:%Y-%m-%d %H:%M %z}" == "2026-08-03 00:00 +0800"
    assert (row.urgency, row.tags) == (Urgency.ROUTINE, ("夜间", "待定级"))
    assert (row.category, row.subcategory, row.note) == ("噪声", "广场舞", "三级分类：音响")


@pytest.mark.parametrize(
    ("number", "reason"),
    [("工单七号", "找不到受理日期"), ("LW2026133100001", "不是真实存在的日期"), (None, "必填")],
)
def test_a_ticket_whose_number_holds_no_day_is_refused(tmp_path, number, reason):
    path = save_table(
        tmp_path / "a.xlsx",
        ["工单编号", "问题分类", "主要内容"],
        [[number, "噪声->广场舞->", "吵"]],
    )
    sentence = only_refusal(path)
    assert sentence.startswith("第 2 行 工单编号:")
    assert reason in sentence


def test_another_platform_needs_only_a_map(tmp_path):
    ledger = parse_map(
        """
        kind = "城管平台"
        defaults = [
            { field = "platform", value = "数字城管" },
            { field = "channel", value = "上级交办" },
            { field = "urgency", value = "快处" },
        ]
        [[columns]]
        heading = "案件号"
        field = "outside_number"
        required = true
        [[columns]]
        heading = "大类"
        field = "category"
        values = { "卫生" = "市容环卫" }
        [[columns]]
        heading = "描述"
        field = "details"
        [[columns]]
        heading = "上报"
        field = "received_at"
        """
    )
    path = save_table(
        tmp_path / "a.xlsx",
        ["案件号", "大类", "描述", "上报"],
        [["C1", "卫生", "积水", "2026/8/3"]],
    )
    row = read_ledger(path, maps=[ledger]).rows[0]
    assert (row.platform, row.category, row.channel) == ("数字城管", "市容环卫", Channel.ASSIGNED)


def test_refused_rows_are_saved_with_their_reason_and_can_be_imported_when_corrected(tmp_path):
    reading = read_ledger(
        save_ledger(tmp_path / "a.xlsx", {}, {"受理时间": "昨天", "诉求内容": "=1+1", "备注": "乙"})
    )
    kept = tmp_path / "b.xlsx"
    assert save_refused(reading, reading.refused, kept) == 1

    again = read_ledger(kept)
    assert again.sheet.header[-1] == "未导入原因"
    assert again.sheet.rows[0].cells[-1] == (
        "受理时间：“昨天”看不出是什么时间，可写成 2026-08-03 09:05、2026/8/3 9:05 或 2026年8月3日。"
    )
    assert "=1+1" in again.sheet.rows[0].cells
    assert again.hints == ()
