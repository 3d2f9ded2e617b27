"""What neighbours may read of a solved case: no person, no door, nothing delicate."""

import pytest

from desk.rules.neighbour_words import LONGEST, key_sentence


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("已更换楼道线路并加装漏电保护器。", "已更换楼道线路并加装漏电保护器"),
        (
            "陈桂芳家住青榕花园 7 栋 2 单元 401，已更换线路。",
            "诉求人家住青榕花园 〔门牌〕，已更换线路",
        ),
        ("电话 13800000023 已告知张先生结果。", "电话 〔号码〕 已告知诉求人结果"),
        ("7-2-401 门口的灯座已更换完毕。", "〔门牌〕 门口的灯座已更换完毕"),
        ("住户患病需照顾。已在坡道加装扶手两处。", "已在坡道加装扶手两处"),
        ("好的。", ""),
        ("", ""),
    ],
)
def test_names_doors_and_delicate_sentences_stay_behind(text, told):
    assert key_sentence(text, ("陈桂芳", "")) == told


def test_a_long_sentence_is_cut():
    assert len(key_sentence("换" * 200)) == LONGEST + 1
