"""What a form means, what its words suggest, and which limits it would start."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from desk.actions.intake import MaterialFacts
from desk.queries.intake import IntakeHall, intake_hall
from desk.queries.lookups import CategoryChoice
from desk.rules.clock_faces import ClockState
from desk.rules.codes import Channel, Exit, Purpose, Sex, Urgency
from desk.rules.errors import RuleBroken
from desk.rules.likeness import features
from desk.rules.moments import SHANGHAI
from desk.rules.suggestions import WordUse, learnt
from desk.ui.intake.category_guess import CategoryGuess
from desk.ui.intake.facts import channel_of, is_empty, material_of, register_request
from desk.ui.intake.limits import Start, handle_limit, limits_before_saving

NOW = datetime(2026, 11, 23, 9, 46, tzinfo=SHANGHAI)
ME, MY_UNIT = 11, 22


def request(leave=Exit.TRANSFER, **content):
    filled = {"command": str(uuid4()), "details": "灯座漏电", "category": 5} | content
    return register_request(filled, leave, made_by=ME, home_unit=MY_UNIT, now=NOW)


def choice(key, parent, name, path=""):
    return CategoryChoice(key, parent, name, path or name, "", None)


CATEGORIES = (
    choice(1, None, "物业与小区"),
    choice(2, 1, "电梯", "物业与小区 › 电梯"),
    choice(3, 1, "维修资金、业委会", "物业与小区 › 维修资金、业委会"),
    choice(4, None, "噪声"),
    choice(5, 4, "施工", "噪声 › 施工"),
    choice(6, 4, "广场舞", "噪声 › 广场舞"),
)


def test_an_ordinary_form_needs_hardly_anything():
    made = request()
    assert (made.channel, made.purpose, made.first_unit) == (Channel.VISIT, Purpose.HELP, MY_UNIT)
    assert (made.happened_at, made.headcount, made.appellant.name) == (NOW, 1, "")
    assert made.first_responder is None


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"details": " \n"}, "details"),
        ({"category": None}, "category"),
        ({"headcount": "很多"}, "headcount"),
    ],
)
def test_what_is_missing_names_its_field(content, field):
    with pytest.raises(RuleBroken) as broken:
        request(**content)
    assert broken.value.field == field


def test_a_late_entry_may_come_by_any_channel():
    assert channel_of({"view": "leader_day", "channel": "letter"}) is Channel.LEADER_DAY
    assert channel_of({"view": "later", "channel": "duty_room"}) is Channel.DUTY_ROOM


def test_sex_and_year_of_birth_come_from_the_identity_number():
    made = request(id_number="44030819500101001 9", sex="male")
    assert made.appellant.id_number == "440308195001010019"
    assert (made.appellant.sex, made.appellant.birth_year) == (Sex.MALE, 1950)
    assert request(sex="female").appellant.sex is Sex.FEMALE


def test_words_written_for_another_exit_stay_out_of_the_record():
    content = {"answer": "已说明", "guided_to": "区住建局", "satisfaction": "satisfied"}
    assert request(Exit.TRANSFER, **content).answer == ""
    assert request(Exit.ON_SPOT, **content).guided_to == ""
    assert request(Exit.GUIDANCE, **content, has_arrived=False).has_arrived is False


def test_when_it_occurred_is_kept_as_it_was_told():
    made = request(occurred=" 上周四晚 ", note="带了照片")
    assert (made.occurred, made.note) == ("上周四晚", "带了照片")


@pytest.mark.parametrize(
    ("line", "material"),
    [
        ("照片 2 张", MaterialFacts("照片", 2)),
        ("照片×3", MaterialFacts("照片", 3)),
        ("合同复印件 1 份", MaterialFacts("合同复印件", 1)),
        ("身份证复印件", MaterialFacts("身份证", 1)),
        ("房产证（原件）", MaterialFacts("房产证", 1, is_original=True)),
        ("证件", MaterialFacts("证件", 1)),
        ("2026 年合同", MaterialFacts("2026 年合同", 1)),
    ],
)
def test_a_line_of_material_is_understood(line, material):
    assert material_of(line) == material


def test_an_untouched_form_is_empty():
    assert is_empty({"view": "visit", "judgement": [False] * 4, "needs": [], "channel": "visit"})
    assert not is_empty({"details": "字"})


def test_the_name_of_a_category_in_the_text_suggests_it():
    first, *_ = CategoryGuess(CATEGORIES).suggest("7 栋电梯反复停在半层")
    assert first.path == "物业与小区 › 电梯"
    assert first.reason == "内容里有“电梯”"
    assert CategoryGuess(CATEGORIES).suggest("业委会不公开账目")[0].category == 3


def test_words_of_earlier_cases_suggest_their_category():
    texts = {2: "轿厢困人，救援来得慢", 5: "夜里打桩，睡不着"}
    use = learnt((key, features(text)) for key, text in texts.items() for _ in range(4))

    first, *_ = CategoryGuess(CATEGORIES, use).suggest("昨晚又打桩到三点")
    assert first.category == 5
    assert first.reason == "“打桩”多归此类（近期 4 件中 4 件）"


def test_without_a_clue_the_usual_categories_are_offered_but_no_parents():
    use = WordUse({}, Counter({6: 9, 5: 3}))
    assert [g.category for g in CategoryGuess(CATEGORIES, use).suggest("")] == [6, 5, 2]


@pytest.fixture
def known_hall(sqlite_hall) -> IntakeHall:
    return sqlite_hall.sign_in("李敏").read(intake_hall)


def start(**facts) -> Start:
    usual = {
        "leave": Exit.TRANSFER,
        "urgency": Urgency.FAST,
        "at": NOW,
        "channel": Channel.VISIT,
        "has_phone": True,
    }
    return Start(**usual | facts)


def faces(known_hall, **facts):
    found = limits_before_saving(known_hall, start(**facts), NOW)
    return {face.name: face.text for face in found.faces}


def test_a_transfer_starts_four_limits_from_when_it_happened(known_hall):
    at = NOW - timedelta(minutes=4)
    assert faces(known_hall, at=at) == {
        "联系": "当面已谈",
        "核实": "10:12 前",
        "分拨": "10:42 前",
        "办理": "明天 09:42 前",
    }
    promise = limits_before_saving(known_hall, start(at=at), NOW).promise
    assert "11月24日 09:42" in promise


def test_the_own_unit_is_not_dispatched_and_a_letter_is_not_a_talk(known_hall):
    found = faces(known_hall, leave=Exit.OWN_UNIT, channel=Channel.LETTER)
    assert "分拨" not in found
    assert found["联系"] == "09:56 前"
    assert faces(known_hall, channel=Channel.LETTER, has_phone=False)["联系"] == "不适用"


def test_a_limit_that_has_passed_already_is_shown_as_such(known_hall):
    found = limits_before_saving(known_hall, start(at=NOW - timedelta(hours=2)), NOW)
    states = {face.name: face.state for face in found.faces}
    assert states["核实"] is ClockState.OVER
    assert states["办理"] is ClockState.OK


@pytest.mark.parametrize("leave", [Exit.ON_SPOT, Exit.GUIDANCE])
def test_what_ends_at_the_counter_starts_no_limit(known_hall, leave):
    assert faces(known_hall, leave=leave) == {}


def test_the_limit_of_a_level_is_said_in_words(known_hall):
    assert handle_limit(known_hall, Urgency.FAST) == "24 小时内办理完毕"
