"""The receipt on thermal paper of 58 and 80 mm (热敏小票)."""

import pytest
from PIL import Image, ImageChops, ImageStat

from desk.forms.layouts import layout_text
from desk.forms.roll import ROLLS, render_roll
from desk.rules.errors import RuleBroken
from tests.forms.reading import pictures_of, text_of
from tests.forms.redraw import GOLDEN, coarse
from tests.forms.specimens import specimen


@pytest.mark.parametrize("wide", ROLLS)
def test_a_slip_looks_as_when_somebody_last_looked_at_it(wide):
    paper = render_roll(specimen("receipt"), wide)
    golden = (GOLDEN / f"roll-{wide}.txt").read_text(encoding="utf-8")
    assert text_of(paper.pdf).split() == golden.split()
    (picture,) = pictures_of(paper.pdf)
    assert picture.width == pytest.approx(wide / 25.4 * 72, abs=1.5)
    with Image.open(GOLDEN / f"roll-{wide}-1.png") as drawn:
        apart = ImageChops.difference(coarse(picture), drawn.convert("L"))
    assert ImageStat.Stat(apart).mean[0] < 1.5


def test_a_long_appeal_makes_a_long_slip_of_one_piece():
    row = {**specimen("receipt"), "matters": ["楼道灯座漏电，请求修好。" * 40], "qr": ""}
    paper = render_roll(row, 58)
    assert paper.pages == 1
    assert text_of(paper.pdf).replace("\n", "").count("请求修好") == 40


def test_the_halls_own_words_stand_on_the_slip_and_no_place_to_sign():
    layout = layout_text("receipt").replace("请妥善保存本回执。", "凭此件查询。")
    words = text_of(render_roll(specimen("receipt"), 80, layout=layout).pdf)
    assert "凭此件查询。" in words
    assert "诉求人收到回执" not in words


def test_other_widths_are_refused():
    with pytest.raises(RuleBroken, match="58 或 80"):
        render_roll(specimen("receipt"), 57)
