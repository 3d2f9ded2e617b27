"""Attachments are looked at, compared, masked and taken out without losing the original."""

import io
import wave

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from sqlalchemy.orm import Session

from desk.actions.attachments import AddAttachment
from desk.queries.attachments import attachment_bytes
from desk.queries.start import start
from desk.rules.codes import AttachmentKind
from desk.store.models import Attachment
from desk.ui.attachments.opened_files import OPENED, opened_files_of
from desk.ui.attachments.strip import FileRow, Thumb
from desk.ui.main_window import MainWindow
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.verb_dialog import VerbDialog
from tests.exchange.camera import photo
from tests.ui.case_desk import CTRL, ESCAPE, NO, RETURN, sit_at_case

K = Qt.Key
BEFORE, AFTER = AttachmentKind.BEFORE, AttachmentKind.AFTER


def spoken(seconds):
    kept = io.BytesIO()
    with wave.open(kept, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(8000)
        made.writeframes(bytes(16_000 * seconds))
    return kept.getvalue()


@pytest.fixture
def case(life):
    """A case with photos of before and after, and a recording."""
    case = life.at("handling")
    for name, seed, kind in (
        ("箱前一.jpg", 1, BEFORE),
        ("箱后一.jpg", 2, AFTER),
        ("箱前二.jpg", 3, BEFORE),
        ("其他.jpg", 4, None),
    ):
        content = photo(640, 480, seed=seed)
        life.do("赵强", AddAttachment, case, name=name, content=content, kind=kind)
    life.do("赵强", AddAttachment, case, name="通话.wav", content=spoken(65))
    return case


@pytest.fixture
def sitting(qtbot, life, desk_of, case):
    return sit_at_case(qtbot, life, desk_of, "赵强", case)


class Looking:
    """The viewer under a pair of hands."""

    def __init__(self, sitting, viewer):
        self.sitting, self.viewer, self.side = sitting, viewer, viewer.side
        sitting.quiet()

    def press(self, key, held=NO):
        """Press a key where the keyboard is in the viewer."""
        at = self.viewer.focusWidget() or self.viewer
        self.sitting.qtbot.keyClick(at, key, held)
        self.sitting.quiet()

    def name(self):
        return self.viewer.view.name


@pytest.fixture
def looking(sitting):
    """The viewer, opened with Enter on the first photo of the case."""
    thumb = sitting.page.papers.findChildren(Thumb)[0]
    thumb.setFocus()
    sitting.press(RETURN)
    return Looking(sitting, sitting.screen.work.attachments.viewer)


def rows(life):
    with Session(life.hall.engine) as session:
        return session.query(Attachment).order_by(Attachment.id).all()


def test_the_case_file_shows_photos_in_the_order_of_the_story(sitting):
    thumbs = sitting.page.papers.findChildren(Thumb)

    assert [thumb.text() for thumb in thumbs] == [
        "箱前一.jpg", "箱前二.jpg", "箱后一.jpg", "其他.jpg",
    ]  # fmt: skip
    assert all(thumb.has_picture for thumb in thumbs)
    assert thumbs[0].accessibleName() == "附件 箱前一.jpg 图片 处理前"


def test_a_recording_says_how_long_it_is(sitting):
    (row,) = sitting.page.papers.findChildren(FileRow)
    assert row.facts() == "录音 · 1 分 05 秒 · 1016 KB"


def test_arrows_turn_from_one_attachment_to_the_next_and_round(looking):
    names = [looking.name()]
    for _ in range(5):
        looking.press(K.Key_Right)
        names.append(looking.name())

    assert names == [
        "箱前一.jpg", "箱前二.jpg", "箱后一.jpg", "其他.jpg", "通话.wav", "箱前一.jpg",
    ]  # fmt: skip
    looking.press(K.Key_End)
    assert looking.name() == "通话.wav"
    looking.press(K.Key_Home)
    assert looking.name() == "箱前一.jpg"


def test_before_and_after_stand_side_by_side_and_turn_each_for_itself(looking):
    pair = looking.viewer.pair
    looking.press(K.Key_C)
    assert (pair.left.view.name, pair.right.view.name) == ("箱前一.jpg", "箱后一.jpg")

    looking.press(K.Key_Right)
    assert (pair.left.view.name, pair.right.view.name) == ("箱前二.jpg", "箱后一.jpg")
    looking.press(K.Key_Tab)
    assert looking.name() == "箱后一.jpg"
    looking.press(K.Key_C)

    assert not pair.is_both
    assert looking.name() == "箱后一.jpg"


def test_a_photo_is_masked_by_keys_and_the_original_stays(looking, life):
    before = rows(life)
    looking.press(K.Key_M)
    looking.press(K.Key_Space)
    looking.press(K.Key_Down)
    looking.press(K.Key_Space)
    looking.press(K.Key_Z, CTRL)
    looking.press(RETURN, CTRL)

    after = rows(life)
    (copy,) = [row for row in after if row.masks_id is not None]
    assert copy.masks_id == before[0].id
    assert [row.sha256 for row in after if row.masks_id is None] == [r.sha256 for r in before]
    assert looking.name() == "箱前一（已遮挡）.jpg"
    assert looking.side.said.text() == "已存成遮挡副本，原照片没有动。"
    read = life.hall.sign_in("赵强").read
    masked = read(lambda reader: attachment_bytes(reader, attachment_id=copy.id))
    original = read(lambda reader: attachment_bytes(reader, attachment_id=before[0].id))
    assert masked != original


def test_strokes_that_were_not_kept_are_remembered_and_asked_about(looking, life):
    looking.press(K.Key_M)
    looking.press(K.Key_Space)
    looking.press(ESCAPE)
    assert not looking.viewer.is_masking
    looking.press(K.Key_M)
    assert len(looking.viewer.masking.brush.strokes()) == 1
    looking.press(ESCAPE)

    looking.press(ESCAPE)

    (question,) = looking.viewer.findChildren(VerbDialog)
    assert looking.viewer.isVisible()
    question.reject()
    assert looking.viewer.isVisible()
    looking.press(ESCAPE)
    question = looking.viewer.findChildren(VerbDialog)[-1]
    question.button("drop").click()
    assert not looking.viewer.isVisible()
    assert [row.masks_id for row in rows(life)] == [None] * 5


def test_an_unmasked_photo_leaves_only_with_a_reason_and_on_record(looking, life, tmp_path):
    looking.press(K.Key_S)
    assert looking.side.reason.state().sentence == "请写明带出的理由，或先遮挡再带出。"
    target = tmp_path / "给公安.jpg"

    looking.viewer.taking_out.take_out(looking.viewer.view, "", target)
    looking.sitting.quiet()
    assert not target.exists()
    looking.viewer.taking_out.take_out(looking.viewer.view, "公安调取", target)
    looking.sitting.quiet()

    assert target.read_bytes().startswith(b"\xff\xd8\xff")
    assert looking.side.said.text() == "已另存为“给公安.jpg”，并记进办理过程。"
    (line,) = life.lines("attachment.taken_out")
    assert line.payload["detail"] == "箱前一.jpg　公安调取"


def test_a_recording_leaves_when_somebody_has_heard_it_or_says_why_not(looking, life, tmp_path):
    looking.press(K.Key_End)
    looking.press(K.Key_S)
    side = looking.side
    asked = "请写明带出的理由，或看（听）一遍再勾“核对过了，可以带出”。"
    assert side.reason.state().sentence == asked
    target = tmp_path / "给法院.wav"
    looking.viewer.taking_out.take_out(looking.viewer.view, "", target)
    looking.sitting.quiet()
    assert side.reason.state().sentence == (
        "这份录音还没有核对过，里面可能有证件、电话或住址。"
        "请看（听）一遍再勾“核对过了”，或写明带出的理由，理由会留痕。"
    )
    wanted = []
    side.take_out_asked.disconnect()
    side.take_out_asked.connect(lambda *said: wanted.append(said))
    side.seen.setFocus()
    looking.press(K.Key_Space)
    side.ask_to_take_out()
    assert wanted == [("", True)]
    looking.viewer.taking_out.take_out(looking.viewer.view, "法院调取", target)
    looking.sitting.quiet()
    assert target.exists()
    assert life.lines("attachment.taken_out")[0].title == "带出附件（未核对）"


def test_a_copy_that_cannot_be_written_is_said_so(looking, tmp_path):
    looking.press(K.Key_End)
    gone = tmp_path / "no folder" / "通话.wav"

    looking.viewer.taking_out.take_out(looking.viewer.view, "", gone, is_checked=True)
    looking.sitting.quiet()

    assert (
        looking.side.said.text() == "没有写成“通话.wav”，可能没有权限或磁盘已满。请换个地方再存。"
    )


def test_what_a_photo_shows_is_said_afterwards(looking, life):
    looking.press(K.Key_Left)
    looking.press(K.Key_Left)
    assert looking.name() == "其他.jpg"

    looking.side.kinds.setFocus()
    looking.press(K.Key_Left)
    looking.press(K.Key_Left)

    assert looking.name() == "其他.jpg"
    assert rows(life)[3].kind is AFTER
    assert looking.side.kinds.value() is AFTER


def test_what_a_colleague_adds_appears_while_one_is_typing_a_reason(looking, life, case):
    looking.side.reason.setFocus()
    looking.sitting.qtbot.keyClicks(looking.viewer.focusWidget(), "court order")

    changes = life.do("周航", AddAttachment, case, name="函.pdf", content=b"%PDF-1.4 x")
    looking.sitting.desk.changed.emit(changes, None)
    looking.sitting.quiet()

    assert [view.name for view in looking.viewer.album.views][-1] == "函.pdf"
    assert looking.side.reason.text() == "court order"
    assert looking.viewer.focusWidget() is looking.side.reason.edit


def test_a_broken_pdf_is_said_to_be_broken(looking, life, case):
    life.do("周航", AddAttachment, case, name="函.pdf", content=b"%PDF-1.4 x")
    looking.viewer.album.read_again()
    looking.sitting.quiet()

    looking.press(K.Key_End)

    assert looking.viewer.face.said.text().startswith("这份 PDF 在这里打不开")


def test_a_photo_of_a_kind_that_cannot_be_painted_on_says_what_to_do(looking, life, case):
    heic = b"\x00\x00\x00\x18ftypheic and so on"
    life.do("周航", AddAttachment, case, name="手机.heic", content=heic, kind=BEFORE)
    looking.viewer.album.read_again()
    looking.sitting.quiet()
    looking.press(K.Key_Right)
    looking.press(K.Key_Right)
    assert looking.name() == "手机.heic"
    pane = looking.viewer.pair.left.pane
    assert pane.accessibleDescription() == "这张图片在这里打不开，可另存后用别的程序看。"

    looking.press(K.Key_M)

    assert not looking.viewer.is_masking
    assert "请另存成 JPG" in looking.side.said.text()


def test_the_case_file_leads_straight_to_before_and_after(sitting):
    (both,) = [b for b in sitting.page.papers.findChildren(KeyButton) if b.text() == "前后对照"]
    both.setFocus()
    sitting.press(RETURN)

    assert sitting.screen.work.attachments.viewer.pair.is_both


def test_pressing_a_small_picture_shows_it_large(looking):
    thumbs = looking.viewer.thumbs.findChildren(Thumb)
    looking.sitting.qtbot.mouseClick(thumbs[2], Qt.MouseButton.LeftButton)
    looking.sitting.quiet()

    assert looking.name() == "箱后一.jpg"
    assert [thumb.isChecked() for thumb in thumbs] == [False, False, True, False, False]


def test_a_case_that_goes_out_of_sight_closes_its_photos(looking, life):
    looking.viewer.album.gone.emit()
    looking.sitting.quiet()
    assert not looking.viewer.isVisible()


def test_where_a_copy_goes_is_asked_by_its_own_kind(looking):
    looking.press(K.Key_End)
    looking.side.seen.setFocus()
    looking.press(K.Key_Space)
    looking.side.take_out.setFocus()
    looking.press(K.Key_Space)

    (dialog,) = looking.viewer.findChildren(QFileDialog)
    assert dialog.nameFilters() == ["录音 (*.wav)"]
    dialog.reject()


class Player(QObject):
    """Stands for the desktop's own player."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot(QUrl)
    def play(self, url):
        self.opened.append(url.toLocalFile())


@pytest.fixture
def player(qapp):
    player = Player()
    QDesktopServices.setUrlHandler("file", player, "play")
    yield player
    QDesktopServices.unsetUrlHandler("file")


def test_a_recording_is_played_outside_and_gone_at_the_lock(looking, life, player):
    looking.press(K.Key_End)
    looking.press(RETURN)
    looking.sitting.qtbot.waitUntil(lambda: bool(player.opened))

    folder = opened_files_of(looking.sitting.desk).folder
    (file,) = folder.iterdir()
    assert player.opened == [str(file)]
    assert file.name.endswith("-通话.wav")
    assert file.read_bytes() == spoken(65)
    assert looking.viewer.face.said.text() == OPENED

    window = MainWindow(looking.sitting.desk, life.hall.sign_in("赵强").read(start))
    looking.sitting.qtbot.addWidget(window)
    window.rest()

    assert not folder.exists()
    assert opened_files_of(looking.sitting.desk).folder is None


def test_a_file_added_by_mistake_is_taken_down_for_a_reason(looking):
    name, down = looking.name(), looking.viewer.taking_down
    assert down.reason.isHidden()

    down.button.click()
    down.button.click()
    looking.sitting.quiet()
    assert "为什么撤下" in down.reason.state().sentence

    down.reason.set_text("加错了件")
    down.button.click()
    looking.sitting.quiet()

    assert name not in {view.name for view in looking.viewer.album.views}
    assert f"已撤下“{name}”" in looking.side.said.text()
    assert down.reason.isHidden()
