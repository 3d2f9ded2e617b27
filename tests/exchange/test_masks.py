"""What was brushed over cannot be made visible again, whatever the photo and the strokes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desk.exchange.masks import SIZES, Canvas, Stroke, masked_photo, open_canvas
from desk.exchange.photos import ENOUGH
from desk.rules.errors import RuleBroken
from tests.exchange.camera import photo, picture, seen

WIDTH, HEIGHT = 190, 130  # no multiple of a square: the last column and row are narrow

strokes = st.lists(
    st.builds(
        Stroke,
        st.integers(0, SIZES - 1),
        st.lists(
            st.tuples(st.floats(-20, WIDTH + 20), st.floats(-20, HEIGHT + 20)),
            min_size=1,
            max_size=4,
        ).map(tuple),
    ),
    min_size=1,
    max_size=4,
)


def squares_of(canvas, stroke):
    """Return the boxes in pixels that a stroke covers, cut at the edge of the picture."""
    side = canvas.square(stroke.size)
    return [
        (column * side, row * side,
         min((column + 1) * side, canvas.width), min((row + 1) * side, canvas.height))
        for column, row in canvas.touched(stroke)
    ]  # fmt: skip


def shuffled(canvas, painted):
    """Return another picture: inside what each stroke covers, the pixels are mirrored."""
    other = canvas.image.copy()
    for stroke in painted:
        for box in squares_of(canvas, stroke):
            piece = canvas.image.crop(box)
            other.paste(piece.transpose(Image.Transpose.ROTATE_180), box[:2])
    return other


@settings(deadline=None, max_examples=60)
@given(strokes, st.integers(0, 50))
def test_every_covered_square_is_one_colour_of_few(painted, seed):
    canvas = Canvas(picture(WIDTH, HEIGHT, seed=seed, grain=1))
    made = canvas.masked(painted)

    finest = canvas.square(0)
    for stroke in painted:
        for left, top, right, bottom in squares_of(canvas, stroke):
            for x in range(left, right, finest):
                for y in range(top, bottom, finest):
                    box = (x, y, min(x + finest, right), min(y + finest, bottom))
                    low_high = made.crop(box).getextrema()
                    assert all(low == high and low % 16 == 8 for low, high in low_high)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, SIZES - 1), strokes, st.integers(0, 50))
def test_two_people_who_average_the_same_give_the_same_masked_photo(size, painted, seed):
    painted = [Stroke(size, stroke.points) for stroke in painted]
    canvas = Canvas(picture(WIDTH, HEIGHT, seed=seed, grain=1))
    other = Canvas(shuffled(canvas, painted))

    assert other.masked(painted).tobytes() == canvas.masked(painted).tobytes()
    assert masked_photo(other, painted) == masked_photo(canvas, painted)


@settings(deadline=None, max_examples=30)
@given(strokes)
def test_what_was_not_touched_stays_to_the_pixel(painted):
    canvas = Canvas(picture(WIDTH, HEIGHT, grain=1))
    kept = Image.new("L", canvas.image.size, 255)
    for stroke in painted:
        for box in squares_of(canvas, stroke):
            kept.paste(0, box)
    made, black = canvas.masked(painted), Image.new("RGB", canvas.image.size)

    before, after = black.copy(), black.copy()
    before.paste(canvas.image, mask=kept)
    after.paste(made, mask=kept)
    assert before.tobytes() == after.tobytes()


def test_the_order_of_strokes_does_not_matter_so_one_can_be_taken_back():
    canvas = Canvas(picture(WIDTH, HEIGHT))
    fine, coarse = Stroke(0, ((60, 60), (90, 60))), Stroke(2, ((80, 70),))
    assert canvas.masked([fine, coarse]).tobytes() == canvas.masked([coarse, fine]).tobytes()


def test_a_quick_hand_leaves_no_gap():
    canvas = Canvas(picture(640, 480))
    touched = canvas.touched(Stroke(0, ((20, 240), (620, 240))))
    row = 240 // canvas.square(0)
    assert {(column, row) for column in range(2, 62)} <= touched


def test_a_stroke_beside_the_picture_covers_nothing():
    canvas = Canvas(picture(640, 480))
    assert canvas.touched(Stroke(0, ((-300, -300),))) == frozenset()
    assert canvas.masked([]).tobytes() == canvas.image.tobytes()


def test_the_preview_shows_the_colours_that_are_kept():
    canvas = Canvas(picture(640, 480))
    stroke = Stroke(1, ((320, 240),))
    made, side = canvas.masked([stroke]), canvas.square(1)
    for column, row in canvas.touched(stroke):
        assert made.getpixel((column * side, row * side)) == canvas.colour(1, (column, row))


def test_a_masked_photo_is_small_upright_and_tells_no_place():
    canvas = open_canvas(photo(4000, 3000, turned=6, with_place=True, grain=6))
    assert canvas.height > canvas.width

    made = masked_photo(canvas, [Stroke(2, ((400, 400),))])

    assert len(made) <= ENOUGH
    assert not seen(made).getexif()
    assert seen(made).size[1] > seen(made).size[0]


def test_a_photo_that_cannot_be_read_is_said_so():
    with pytest.raises(RuleBroken, match="打不开"):
        open_canvas(b"\xff\xd8\xff torn")
