"""照片从拍下到带出大厅: photos of a case pasted, compared, masked, and taken out on record."""

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication

from desk.ui.attachments.viewer import AttachmentViewer
from tests.exchange.camera import photo, seen
from tests.stories.hands import CTRL, Key
from tests.stories.life import BUILDING, comes_in, is_accepted, is_dispatched

BEFORE, MASKED = "附件 灯座前.jpg 图片 处理前", "灯座前（已遮挡）.jpg"


@pytest.fixture
def camera(tmp_path):
    """Give a function that takes a photo and copies its file, as a clerk does."""

    def shoot(name, seed, content=None):
        path = tmp_path / name
        path.write_bytes(content or photo(2400, 1800, seed=seed, with_place=True))
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        QGuiApplication.clipboard().setMimeData(data)

    yield shoot
    QGuiApplication.clipboard().clear()  # what Python made must not outlive Python


def viewer_of(someone):
    found = someone.program.frame.findChildren(AttachmentViewer)
    return next((one for one in found if one.isVisible()), None)


def pastes(someone, camera, name, seed, kind):
    """The person at the desk pastes a copied file and says what it shows."""
    camera(name, seed)
    someone.press(Key.Key_V, CTRL)
    someone.choose("kind", kind)
    someone.finish()


def names_target(someone, path):
    """Say where a copy goes, in the dialog that is open."""
    someone.press(Key.Key_A, CTRL)
    someone.dial(str(path))
    someone.press(Key.Key_Return)
    viewer_of(someone).activateWindow()  # what a window manager does by itself
    someone.quiet()


def test_photos_are_compared_masked_and_leave_the_hall_on_record(
    open_program, street_url, camera, tmp_path
):
    someone = open_program(street_url)
    number = comes_in(someone)
    is_dispatched(someone, number, "城建办")
    is_accepted(someone, number, BUILDING)
    pastes(someone, camera, "灯座前.jpg", 1, kind=1)
    pastes(someone, camera, "灯座后.jpg", 2, kind=2)
    assert someone.history()[:2] == ["添加附件", "添加附件"]

    someone.tab_to(BEFORE)
    someone.press(Key.Key_Return)
    viewer = viewer_of(someone)
    someone.press(Key.Key_C)
    assert [pane.view.name for pane in (viewer.pair.left, viewer.pair.right)] == [
        "灯座前.jpg", "灯座后.jpg",
    ]  # fmt: skip
    someone.press(Key.Key_C)
    someone.press(Key.Key_M)
    someone.press(Key.Key_Space)
    someone.press(Key.Key_Return, CTRL)
    assert viewer.view.name == MASKED
    assert "原照片没有动" in someone.words_in(viewer)

    someone.press(Key.Key_S)
    names_target(someone, tmp_path / "out.jpg")
    assert not seen((tmp_path / "out.jpg").read_bytes()).getexif()
    someone.press(Key.Key_Home)
    someone.press(Key.Key_S)
    assert "请写明带出的理由" in someone.words_in(viewer)
    someone.say("公安调取，有函")
    someone.press(Key.Key_Tab)
    someone.press(Key.Key_Return)
    names_target(someone, tmp_path / "bare.jpg")
    assert (tmp_path / "bare.jpg").exists()
    someone.press(Key.Key_Escape)
    someone.sit_down()

    assert viewer_of(someone) is None
    assert someone.history()[:3] == ["带出附件（未遮挡）", "带出附件", "遮挡照片"]


def test_a_paper_that_calls_itself_a_photo_is_not_taken(open_program, street_url, camera):
    someone = open_program(street_url)
    number = comes_in(someone)
    someone.find(number)
    camera("photo.jpg", 1, b"%PDF-1.7 specimen")

    someone.press(Key.Key_V, CTRL)

    assert "内容其实是“PDF”，没有收下" in someone.panel.said()
    someone.press(Key.Key_Return, CTRL)
    assert someone.panel.said() == "请先选文件，或扫描。"
    someone.press(Key.Key_Escape)
    assert "附件" in someone.front.page.bar.labels()
    assert someone.front.file.attachments == ()
