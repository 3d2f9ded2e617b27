"""Lists on paper: heads come again on every page, rows stay whole, nothing is lost."""

import pytest

from desk.forms import layout_text, render
from tests.forms.reading import pictures_of, squeezed, text_of
from tests.forms.specimens import DETAILS, specimen
from tests.forms.test_flow import LEFT, edge_is_ruled, rules_of


def pages_of(code, row):
    """Return the text of each page."""
    return [squeezed(page) for page in text_of(render(code, row).pdf).split("\f")]


def uses(count, **more):
    """Return a seal register of so many lines."""
    row = specimen("seal-register")
    return row | {"uses": [dict(row["uses"][at % 45]) | more for at in range(count)]}


@pytest.mark.parametrize("count", [0, 1, 15, 16, 17, 18, 45, 120])
def test_the_column_heads_stand_on_every_page_and_every_row_stands_once(count):
    row = uses(count)
    for number, use in enumerate(row["uses"]):
        use["title"] = f"文书{number:03}甲"
    pages = pages_of("seal-register", row)
    for page in pages:
        assert page.count("用印时间") == 1
    whole = "".join(pages)
    assert [whole.count(f"文书{n:03}甲") for n in range(count)] == [1] * count
    assert "登记人：" in pages[-1]


def test_a_page_is_not_begun_for_the_names_under_a_list_alone():
    for count in range(10, 40):
        last = pages_of("seal-register", uses(count))[-1]
        assert "诉" in last.partition("备注")[2].partition("登记人")[0], count


def test_a_row_of_a_list_is_not_torn_unless_it_fills_most_of_a_page():
    row = specimen("sign-folder")
    row["cases"] = [dict(row["cases"][1]) | {"subject": "起" + "事" * 150 + "终"}] * 9
    for page in pages_of("sign-folder", row):
        assert page.count("起事") == page.count("事终") > 0


def test_a_row_longer_than_a_page_goes_on_under_the_heads():
    row = specimen("sign-folder")
    row["cases"] = [dict(row["cases"][0]) | {"subject": "事" * 1800}, row["cases"][2]]
    pages = pages_of("sign-folder", row)
    assert len(pages) > 2
    assert sum(page.count("事") - page.count("事由") for page in pages) == 1800
    assert all("编号、事由" in page for page in pages)


def test_rows_are_ruled_on_all_sides_of_every_page():
    row = uses(60, note=DETAILS[:60])
    for picture in pictures_of(render("seal-register", row).pdf):
        rules = rules_of(picture)
        assert len(rules) > 3
        assert edge_is_ruled(picture, LEFT, rules[0], rules[-1])


def test_lines_are_left_for_handwriting_up_to_the_least_number():
    row = specimen("sign-folder")
    for count in (0, 1, 7, 8, 9):
        filled = row | {"cases": row["cases"][:1] * count}
        (page,) = pages_of("sign-folder", filled)
        assert page.count("□同意") == max(count, 8)


def test_spare_lines_stand_below_the_entries():
    row = specimen("promised-calls")
    for count in (1, 4, 9):
        calls = (row["calls"] * 3)[:count]
        page = "".join(pages_of("promised-calls", row | {"calls": calls}))
        assert page.count("□接通") == max(count + 3, 5)


def test_an_empty_list_says_so_and_an_unknown_one_is_left_for_handwriting():
    row = specimen("shift-handover")
    (page,) = pages_of("shift-handover", row | {"kept": []})
    assert "没有保管的原件和钥匙。" in page
    assert "收下时间" not in page
    (blank,) = pages_of("shift-handover", row | {"kept": None})
    assert "没有保管的原件和钥匙。" not in blank
    assert "收下时间" in blank


@pytest.mark.parametrize("count", range(1, 26))
def test_a_heading_is_never_the_last_on_a_page_and_signatures_are_not_alone(count):
    row = specimen("shift-handover")
    row["open_work"] = (row["open_work"] * 10)[:count]
    pages = pages_of("shift-handover", row)
    for page in pages[:-1]:
        body = page.partition("系统流水")[0]
        assert not body.endswith(("答应的回电", "钥匙", "编号、答应的事", "点清", "到期"))
    assert "其他交代" in pages[-1]
    assert "签名：" in pages[-1]


@pytest.mark.parametrize("count", range(1, 30))
def test_the_opinions_of_a_closing_report_stand_with_its_rates(count):
    row = specimen("closing-report")
    row["steps"] = (row["steps"] * 3)[:count]
    last = pages_of("closing-report", row)[-1]
    assert "评价结论" in last
    assert "分管领导意见" in last


def test_a_layout_of_the_hall_may_repeat_any_list_of_a_form():
    mine = layout_text("receipt").replace(
        '[[bands]]\nmin_mm = 40\nsplit = true\ncells = [{ caption = "诉求事项", key = "matters", '
        'write = "numbered", caption_mm = 26 }]',
        '[[bands]]\neach = "matters"\ncells = [{ caption = "第几件", key = "n", width_mm = 20 }, '
        '{ caption = "事项", key = "entry" }]',
    )
    text = squeezed(text_of(render("receipt", specimen("receipt"), layout=mine).pdf))
    assert "第几件" in text
    assert "2请求物业说明上次检修时间" in text


@pytest.mark.parametrize("code", ["acceptance-notice", "guidance-notice"])
def test_a_notice_has_its_delivery_receipt_below_the_cut_line(code):
    row = specimen(code)
    (page,) = pages_of(code, row)
    above, below = page.split("沿此线剪下签收后交回存档")
    assert "特此告知。" in above
    assert f"送达文书：{row['title']}{row['number']}" in below
    assert "受送达人签收" in below
    assert "阿依古丽" in below


@pytest.mark.parametrize("length", range(0, 700, 35))
def test_the_signature_of_a_notice_stands_above_its_receipt_with_text(length):
    row = specimen("guidance-notice") | {"explanation": "向上级机关说明情况。" * (length // 10)}
    pages = pages_of("guidance-notice", row)
    assert "特此告知。" in pages[-1]
    assert pages[-1].index("2026年11月2日") < pages[-1].index("沿此线剪下")
    for page in pages[:-1]:
        assert "沿此线剪下" not in page
    seal = pictures_of(render("guidance-notice", row | {"seal_place": True}).pdf)[-1]
    without = pictures_of(render("guidance-notice", row | {"seal_place": False}).pdf)[-1]
    cut = 842 - 62 / 25.4 * 72
    below = (0, int(cut) + 2, 595, 842)
    assert seal.crop(below).tobytes() == without.crop(below).tobytes()


def test_several_matters_of_a_follow_up_have_a_line_each():
    row = specimen("followup-record")
    row["matters"] = [
        {"title": "楼道漏电", "resolution": "已解决", "note": "亮了"},
        {"title": "更换全小区线路", "resolution": None, "note": None},
    ]
    text = squeezed("".join(pages_of("followup-record", row)))
    assert "楼道漏电☑已解决□部分解决" in text
    assert "更换全小区线路□已解决" in text
    plain = specimen("followup-record") | {"matters": []}
    assert "诉求人的话" not in squeezed("".join(pages_of("followup-record", plain)))


def test_several_matters_are_listed_on_the_intake_sheet():
    row = specimen("intake-sheet") | {"matters": ["楼道漏电，请求断电检修", "物业报修无人到场"]}
    pages = pages_of("intake-sheet", row)
    assert "1.楼道漏电，请求断电检修；2.物业报修无人到场" in "".join(pages)
    assert len(pages) == 1
