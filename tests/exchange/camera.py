"""Photos as telephones make them: with noise, a lens direction, and the place they were taken."""

import random
from io import BytesIO

from PIL import Image

ORIENTATION, GPS = 0x0112, 0x8825
PLACE = {1: "N", 2: (22.0, 36.0, 0.0), 3: "E", 4: (114.0, 3.0, 0.0)}


def picture(width=640, height=480, *, seed=1, grain=8):
    """Return a picture of coloured patches with noise, like a wall in a stairwell."""
    chance = random.Random(seed)  # noqa: S311 - a wall, no secret
    small = Image.frombytes(
        "RGB", (width // grain + 1, height // grain + 1),
        chance.randbytes((width // grain + 1) * (height // grain + 1) * 3),
    )  # fmt: skip
    return small.resize((width, height), Image.Resampling.BILINEAR)


def photo(width=640, height=480, *, form="JPEG", turned=0, with_place=False, **more):
    """Return the bytes of a photo.

    Args:
        turned: how the camera was held, as its EXIF says (6 is a quarter to the right).
    """
    image = picture(width, height, **more)
    exif, more_to_save = Image.Exif(), {"quality": 95} if form == "JPEG" else {}
    if turned:
        exif[ORIENTATION] = turned
    if with_place:
        exif.get_ifd(GPS).update(PLACE)
    kept = BytesIO()
    if turned or with_place:
        more_to_save["exif"] = exif
    image.save(kept, form, **more_to_save)
    return kept.getvalue()


def seen(content):
    """Return a photo as somebody sees it who opens it."""
    with Image.open(BytesIO(content)) as image:
        image.load()
        return image.copy()
