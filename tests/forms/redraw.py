"""Draw the golden papers anew: `python -m tests.forms.redraw`, then look at each picture."""

from pathlib import Path

from PIL import Image

from desk.forms import form_codes, render
from desk.forms.roll import ROLLS, render_roll
from tests.forms.reading import pictures_of, text_of
from tests.forms.specimens import specimen

GOLDEN = Path(__file__).parent / "golden"
GREYS = 16


def coarse(picture: Image.Image) -> Image.Image:
    """Return a picture in few greys, so that the golden file is small."""
    return picture.point(lambda grey: grey // GREYS * GREYS)


def main() -> None:
    """Write text and pictures of every specimen."""
    GOLDEN.mkdir(exist_ok=True)
    papers = [(code, render(code, specimen(code))) for code in form_codes()]
    papers += [(f"roll-{wide}", render_roll(specimen("receipt"), wide)) for wide in ROLLS]
    for code, paper in papers:
        (GOLDEN / f"{code}.txt").write_text(text_of(paper.pdf) + "\n", encoding="utf-8")
        for number, picture in enumerate(pictures_of(paper.pdf), 1):
            small = coarse(picture).quantize(GREYS)
            small.save(GOLDEN / f"{code}-{number}.png", optimize=True)


if __name__ == "__main__":
    main()
