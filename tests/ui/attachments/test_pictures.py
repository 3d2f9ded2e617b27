"""Two photos always show the same part, and the brush shows exactly what will be kept."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication

from desk.exchange.masks import SIZES, Canvas
from desk.ui.attachments.brush_pane import BrushPane
from desk.ui.attachments.photo_pair import PhotoPair
from desk.ui.attachments.picture_pane import PicturePane
from desk.ui.attachments.sight import Sight, frame_of, kept_inside, share_at, zoomed
from tests.exchange.camera import picture

K, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


def to_qt(image):
    form = QImage.Format.Format_RGB888
    made = QImage(image.tobytes(), image.width, image.height, 3 * image.width, form)
    return made.convertToFormat(QImage.Format.Format_RGB32)


@pytest.fixture
def canvas():
    return Canvas(picture(320, 240, grain=4))


@pytest.fixture
def brush(qtbot, canvas):
    """The brush on a photo, as large as the photo."""
    made = BrushPane()
    qtbot.addWidget(made)
    made.resize(320, 240)
    made.take_canvas(canvas, to_qt(canvas.image))
    with qtbot.waitExposed(made):
        made.show()
    return made


def shows_what_is_kept(brush, canvas):
    """Compare the preview with what would be kept, pixel by pixel."""
    return brush.shown_picture() == to_qt(canvas.masked(brush.strokes()))


rooms = st.builds(QSize, st.integers(50, 2000), st.integers(50, 2000))
sights = st.builds(Sight, st.floats(1, 12), st.floats(-1, 2), st.floats(-1, 2))


@given(sights, rooms, rooms)
def test_there_is_never_empty_room_beside_more_picture(sight, room, size):
    frame = frame_of(kept_inside(sight, room, size), room, size)

    if frame.width() >= room.width():
        assert frame.left() <= 0.01
        assert frame.right() >= room.width() - 0.01
    else:
        assert abs(frame.center().x() - room.width() / 2) < 0.01


@given(rooms, st.floats(0.3, 0.7), st.floats(0.3, 0.7))
def test_what_lies_under_the_pointer_stays_there(room, across, down):
    size, at = QSize(1800, 1350), QPointF(room.width() * across, room.height() * down)
    sight = kept_inside(Sight(4.0), room, size)
    closer = zoomed(sight, 1.25, at, room, size)

    before = share_at(at, frame_of(sight, room, size))
    after = share_at(at, frame_of(closer, room, size))
    frame = frame_of(sight, room, size)
    if frame.width() > room.width() and frame.height() > room.height():
        assert before == pytest.approx(after)


def test_zooming_and_moving_one_of_two_photos_moves_the_other(qtbot, desk_of):
    pair = PhotoPair(desk_of("李敏"))
    qtbot.addWidget(pair)
    pair.resize(900, 400)
    pair.right.show()
    with qtbot.waitExposed(pair):
        pair.show()
    for pane, size in ((pair.left.pane, (320, 240)), (pair.right.pane, (640, 480))):
        pane.show_picture(to_qt(picture(*size)), "照片")

    for key, held in ((K.Key_Plus, Qt.KeyboardModifier.NoModifier), (K.Key_Right, SHIFT)) * 3:
        qtbot.keyClick(pair.left.pane, key, held)

    assert pair.left.pane.sight.zoom > 1.5
    assert pair.left.pane.sight.x > 0.5
    assert pair.right.pane.sight == pair.left.pane.sight
    qtbot.keyClick(pair.right.pane, K.Key_Minus)
    assert pair.left.pane.sight == pair.right.pane.sight
    pair.fit()
    assert pair.left.pane.sight == Sight()


def test_a_photo_is_dragged_with_the_mouse_and_never_out_of_sight(qtbot):
    pane = PicturePane("照片")
    qtbot.addWidget(pane)
    pane.resize(320, 240)
    pane.show_picture(to_qt(picture(640, 480)), "照片")
    with qtbot.waitExposed(pane):
        pane.show()
    pane.zoom(2.0)

    for _ in range(2):
        qtbot.mousePress(pane, Qt.MouseButton.LeftButton, pos=QPoint(160, 120))
        qtbot.mouseMove(pane, QPoint(20, 20))
        qtbot.mouseRelease(pane, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))

    assert (pane.sight.x, pane.sight.y) == (0.75, 0.75)


def test_the_brush_covers_by_keys_alone(qtbot, brush, canvas):
    for key in (K.Key_Left, K.Key_Left, K.Key_Up, K.Key_Space):
        qtbot.keyClick(brush, key)

    (stroke,) = brush.strokes()
    side = canvas.square(1)
    assert stroke.points == ((160 - 2 * side, 120 - side),)
    assert shows_what_is_kept(brush, canvas)


def test_plus_and_minus_change_the_brush_within_its_sizes(qtbot, brush):
    sizes = []
    brush.size_changed.connect(sizes.append)
    for key in (K.Key_Plus,) * 4 + (K.Key_Minus,) * 5:
        qtbot.keyClick(brush, key)
    assert sizes == [2, 3, 2, 1, 0]


def test_each_stroke_is_taken_back_alone(qtbot, brush, canvas):
    counts = []
    brush.strokes_changed.connect(counts.append)
    qtbot.keyClick(brush, K.Key_Space)
    one = brush.shown_picture().copy()
    qtbot.mousePress(brush, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    qtbot.mouseRelease(brush, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))

    brush.undo()
    assert brush.shown_picture() == one
    brush.undo()
    assert brush.shown_picture() == to_qt(canvas.image)
    brush.undo()
    assert counts == [1, 2, 1, 0]


def test_the_brush_stays_in_sight_of_the_zoomed_photo(qtbot, brush):
    for _ in range(6):
        qtbot.keyClick(brush, K.Key_PageUp)
    for _ in range(8):
        qtbot.keyClick(brush, K.Key_Right, SHIFT)

    assert brush.frame().right() == pytest.approx(brush.width(), abs=1)
    qtbot.keyClick(brush, K.Key_Space)
    assert brush.strokes()[0].points[0][0] == 320


def draw(widget, *points):
    """Draw with the left button held, as a hand does; a few points arrive of a quick one."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    steps = [
        (QEvent.Type.MouseButtonPress, left, left, points[0]),
        *((QEvent.Type.MouseMove, none, left, point) for point in points[1:]),
        (QEvent.Type.MouseButtonRelease, left, none, points[-1]),
    ]
    for kind, button, held, (x, y) in steps:
        at = QPointF(x, y)
        free = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(widget, QMouseEvent(kind, at, at, button, held, free))


def test_a_stroke_of_the_mouse_covers_all_that_lies_on_its_way(brush, canvas):
    brush.set_brush(0)
    draw(brush, (40, 120), (150, 120), (280, 120))

    (stroke,) = brush.strokes()
    row = 120 // canvas.square(0)
    assert stroke.points == ((40, 120), (150, 120), (280, 120))
    assert {(column, row) for column in range(5, 35)} <= canvas.touched(stroke)
    assert shows_what_is_kept(brush, canvas)


def test_fine_strokes_over_a_coarse_one_do_not_lift_it(brush, canvas):
    brush.set_brush(2)
    draw(brush, (160, 120), (190, 120))
    brush.set_brush(0)
    draw(brush, (120, 100), (240, 140))

    assert len(brush.strokes()) == 2
    assert shows_what_is_kept(brush, canvas)


def test_a_stroke_beside_the_photo_is_none(brush, canvas):
    draw(brush, (-400, -400), (-300, -300))
    assert brush.strokes() == ()
    assert shows_what_is_kept(brush, canvas)


dabs = st.tuples(st.integers(0, SIZES - 1), st.integers(0, 319), st.integers(0, 239))


@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(dabs, min_size=1, max_size=6), st.integers(0, 3))
def test_whatever_is_brushed_the_preview_is_what_is_kept(qtbot, brush, canvas, painted, undone):
    brush.take_canvas(canvas, to_qt(canvas.image))
    for size, x, y in painted:
        brush.set_brush(size)
        qtbot.mousePress(brush, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
        qtbot.mouseRelease(brush, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    for _ in range(undone):
        brush.undo()

    assert len(brush.strokes()) == max(len(painted) - undone, 0)
    assert shows_what_is_kept(brush, canvas)


def test_strokes_that_were_put_aside_are_there_again(qtbot, brush, canvas):
    qtbot.keyClick(brush, K.Key_Space)
    kept = brush.strokes()

    brush.take_canvas(canvas, to_qt(canvas.image), kept)

    assert brush.strokes() == kept
    brush.paint(kept[0])
    assert len(brush.strokes()) == 2
    assert shows_what_is_kept(brush, canvas)
