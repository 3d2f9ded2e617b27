"""Drawn scenes that stand for photos in the demo (演示照片): nobody real is to be seen."""

import random
from collections.abc import Callable, Mapping
from io import BytesIO
from types import MappingProxyType

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 900
_FLOOR = 640
_WALL, _GROUND, _DARK = (196, 190, 178), (120, 116, 110), (50, 54, 58)
_SKIN, _HAIR, _COAT = (226, 182, 150), (40, 34, 30), (38, 74, 120)
_SEAM = (104, 100, 96)
Draw = ImageDraw.ImageDraw


def scene(name: str, *, is_done: bool) -> bytes:
    """Return the photo of a scene before or after it was put right."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _WALL)
    draw = ImageDraw.Draw(image)
    chance = random.Random(name)
    _ground(draw, chance)
    SCENES[name](draw, chance, is_done)
    if not is_done:
        _neighbour(draw)
    small = (WIDTH // 2, HEIGHT // 2)
    grain = Image.frombytes("L", small, chance.randbytes(small[0] * small[1]))
    kept = BytesIO()
    soft = image.filter(ImageFilter.BoxBlur(1))
    rough = grain.resize((WIDTH, HEIGHT)).convert("RGB")
    Image.blend(soft, rough, 0.04).save(kept, "JPEG", quality=80)
    return kept.getvalue()


def _ground(draw: Draw, chance: random.Random) -> None:
    draw.rectangle([0, _FLOOR, WIDTH, HEIGHT], fill=_GROUND)
    for x in range(-200, WIDTH + 400, 90):
        draw.line([x, _FLOOR, x * 1.4 - 240, HEIGHT], fill=_SEAM, width=3)
    for _ in range(16):
        x, y = chance.randint(0, WIDTH), chance.randint(0, _FLOOR - 60)
        draw.ellipse([x, y, x + chance.randint(10, 80), y + chance.randint(4, 24)], fill=(186,) * 3)


def _neighbour(draw: Draw) -> None:
    """Draw somebody whose face is to be hidden before the photo leaves the hall."""
    x, y = 230, 260
    draw.rounded_rectangle([x - 85, y + 105, x + 85, y + 480], 30, fill=_COAT)
    draw.ellipse([x - 65, y - 65, x + 65, y + 100], fill=_SKIN)
    draw.pieslice([x - 70, y - 80, x + 70, y + 60], 180, 360, fill=_HAIR)
    for eye in (-26, 26):
        draw.ellipse([x + eye - 9, y + 5, x + eye + 9, y + 20], fill=_HAIR)
    draw.arc([x - 30, y + 30, x + 30, y + 70], 20, 160, fill=(150, 60, 60), width=5)


def _switch_box(draw: Draw, chance: random.Random, is_done: bool) -> None:  # noqa: FBT001
    draw.rectangle([660, 180, 940, 530], fill=(92, 98, 104), outline=_DARK, width=6)
    draw.rectangle([680, 200, 920, 510], fill=(206, 208, 206) if is_done else (60, 58, 55))
    for wire in range(6):
        x = 700 + wire * 36
        if is_done:
            colour = ((180, 40, 40), (40, 90, 170), (40, 130, 70))[wire % 3]
            draw.line([x, 220, x, 490], fill=colour, width=7)
        else:
            bends = [(x + chance.randint(-20, 20), 220 + at * 30) for at in range(10)]
            draw.line(bends, fill=(150, 70, 30), width=8)
    if not is_done:
        draw.ellipse([720, 330, 870, 480], fill=(25, 20, 18))


def _passage(draw: Draw, chance: random.Random, is_done: bool) -> None:  # noqa: FBT001
    draw.rectangle([470, 160, 1010, _FLOOR], fill=(168, 172, 170), outline=_DARK, width=6)
    draw.rectangle([530, 210, 950, 290], fill=(30, 120, 70))
    if is_done:
        return
    for _ in range(14):
        x, y = chance.randint(480, 900), chance.randint(430, 720)
        side = chance.randint(60, 150)
        colour = (chance.randint(120, 190), chance.randint(90, 140), chance.randint(50, 90))
        draw.rectangle([x, y, x + side, y + side * 0.7], fill=colour, outline=_DARK, width=3)


def _road(draw: Draw, chance: random.Random, is_done: bool) -> None:  # noqa: FBT001
    draw.rounded_rectangle([760, 520, 1130, 690], 50, fill=(140, 30, 30))
    draw.rectangle([850, 620, 1010, 665], fill=(24, 60, 150))
    draw.text((866, 624), "TEST 8X88", fill=(255, 255, 255), font_size=28)
    if is_done:
        draw.rectangle([330, 740, 720, 850], fill=(70, 70, 72))
        return
    edge = [(330 + at * 40, 745 + chance.randint(-24, 24)) for at in range(11)]
    draw.polygon([*edge, (700, 850), (360, 850)], fill=(58, 48, 40))


SCENES: Mapping[str, Callable[[Draw, random.Random, bool], None]] = MappingProxyType(
    {"配电箱": _switch_box, "消防通道": _passage, "路面": _road}
)
