"""Every form looks as it did when somebody last looked at it (redraw.py draws them anew)."""

import pytest
from PIL import Image, ImageChops, ImageStat

from desk.forms import form_codes, render
from tests.forms.reading import pictures_of, text_of
from tests.forms.redraw import GOLDEN, coarse
from tests.forms.specimens import printed, specimen


@pytest.mark.parametrize("code", form_codes())
def test_the_text_of_a_form_is_the_golden_one(code):
    golden = (GOLDEN / f"{code}.txt").read_text(encoding="utf-8")
    assert text_of(printed(code).pdf).split() == golden.split()


@pytest.mark.parametrize("code", form_codes())
def test_the_picture_of_a_form_is_the_golden_one(code):
    pictures = pictures_of(printed(code).pdf)
    goldens = sorted(GOLDEN.glob(f"{code}-*.png"))
    assert len(pictures) == len(goldens)
    for picture, path in zip(pictures, goldens, strict=True):
        with Image.open(path) as golden:
            apart = ImageChops.difference(coarse(picture), golden.convert("L"))
        # Another version of the reader may smooth edges differently; a moved line is far more.
        assert ImageStat.Stat(apart).mean[0] < 1.5, path.name
        worst = max(block_means(apart))
        assert worst < 15, path.name


def block_means(picture: Image.Image, side: int = 24) -> list[float]:
    """Return the mean of every block of a picture."""
    return [
        ImageStat.Stat(picture.crop((x, y, x + side, y + side))).mean[0]
        for x in range(0, picture.width - side, side)
        for y in range(0, picture.height - side, side)
    ]


def test_the_comparison_notices_a_moved_line():
    (before,) = pictures_of(printed("receipt").pdf)
    row = specimen("receipt") | {"category": "物业与小区 / 电梯"}
    (after,) = pictures_of(render("receipt", row).pdf)
    assert max(block_means(ImageChops.difference(coarse(before), coarse(after)))) > 15
