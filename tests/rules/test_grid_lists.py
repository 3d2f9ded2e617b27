"""Lists of grids are read from lines as people write them; cards bear office numbers only."""

import pytest

from desk.rules.codes import UnitKind
from desk.rules.contact_signs import (
    SIGN_SETTINGS,
    Named,
    fill_code,
    is_private_number,
    people_lines,
    read_code,
    read_slogan,
    service_lines,
)
from desk.rules.errors import RuleBroken
from desk.rules.grid_codes import GridPostKind
from desk.rules.grid_lists import (
    DUTIES,
    ITEMS,
    duties_of,
    items_of,
    read_duties,
    read_items,
    show_duties,
    show_items,
)
from desk.rules.grid_posts import require_post


def test_our_own_lists_read_as_they_are_shown():
    assert read_duties(show_duties(DUTIES)) == DUTIES
    assert duties_of([duty.as_json() for duty in DUTIES]) == DUTIES
    assert read_items(show_items(ITEMS)) == ITEMS
    assert items_of([item.as_json() for item in ITEMS]) == ITEMS
    assert len({duty.heading for duty in DUTIES}) == 9
    assert sum(item.most for item in ITEMS) == 100


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "至少写一项职责"),
        ("走访", "请先写一行类别"),
        (f"服务：\n{'长' * 41}", "第 2 行请写 1 到 40 个字"),
        ("服务：\n\n*", "第 3 行请写 1 到 40 个字"),
        ("服务：\n" + "走访\n" * 121, "最多 120 项，现在是 121 项"),
    ],
)
def test_duties_that_cannot_be_read_say_where(text, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        read_duties(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "1 到 12 项"),
        ("走访 1\n" * 13, "1 到 12 项"),
        ("走访", "第 1 行看不懂"),
        ("走访 二十", "第 1 行看不懂"),
        ("走访 0", "满分请写 1 到 100"),
        ("走访 20\n走访 30", "两项同名"),
    ],
)
def test_items_that_cannot_be_read_say_where(text, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        read_items(text)


def test_a_card_has_room_for_a_few_people_and_services_and_for_office_numbers_alone():
    people = [Named("网格员", f"甲{n}", "0755-20000021") for n in range(9)]
    assert people_lines(people).count("\n") == 5
    assert Named("楼栋长", "乙", "").line == "楼栋长　乙"
    assert service_lines(["讲解政策"] * 9).count("· ") == 8
    assert is_private_number("网格员 13800000001")
    assert is_private_number("138-0000-0001、0755-20000021")
    assert not is_private_number("0755-20000021")


def test_the_line_of_a_code_square_names_only_what_there_is():
    line = read_code(" {社区}：{社区电话} ")
    assert fill_code(line, {"社区": "榕东社区", "社区电话": "0755-1"}) == "榕东社区：0755-1"
    assert all(one.read(one.show(one.seed)) == one.seed for one in SIGN_SETTINGS)
    for text, sentence in (
        ("{姓名}", "没有“{姓名}”"),
        ("长" * 201, "最多写 200 个字"),
        ("打 13800000001", "不要写个人手机"),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            read_code(text)
    with pytest.raises(RuleBroken, match="最多写 40 个字"):
        read_slogan("长" * 41)


def test_posts_are_of_communities_and_grids():
    with pytest.raises(RuleBroken, match="请选一个社区或网格"):
        require_post(GridPostKind.WORKER, UnitKind.SECTION, name="甲", title="")
