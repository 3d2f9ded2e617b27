"""Files come in by choice, by dropping and by pasting; each is checked, none is lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from desk.actions.attachments import AddAttachment
from desk.actions.closing import CorrectCase
from desk.rules.codes import AttachmentKind, CaseStatus
from desk.ui.attachments.attach_panel import AttachPanel
from tests.exchange.camera import photo
from tests.ui.case_desk import CTRL, sit_at_case

LEFT, NO = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def sitting(qtbot, life, desk_of):
    return sit_at_case(qtbot, life, desk_of, "赵强", life.at("handling"))


@pytest.fixture
def photos(tmp_path):
    """Two photos and a paper that only says it is one."""
    for name, seed in (("一.jpg", 1), ("二.jpg", 2)):
        (tmp_path / name).write_bytes(photo(2400, 1800, seed=seed))
    (tmp_path / "三.jpg").write_bytes(b"%PDF-1.7 specimen")
    return [tmp_path / name for name in ("一.jpg", "二.jpg", "三.jpg")]


def drop(screen, paths):
    """Drop files onto the screen, as the desktop does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action = Qt.DropAction.CopyAction
    hover = QDragEnterEvent(QPoint(9, 9), action, data, LEFT, NO)
    QApplication.sendEvent(screen, hover)
    QApplication.sendEvent(screen, QDropEvent(QPointF(9, 9), action, data, LEFT, NO))
    return hover.isAccepted()


def kept(sitting):
    return {view.name: view for view in sitting.screen.file.attachments}


def test_several_files_are_taken_at_once_and_the_wrong_one_is_named(sitting, photos):
    sitting.alt("U")
    sitting.panel.take_paths(photos)
    sitting.quiet()

    assert "“三.jpg”的名字说是“图片”，内容其实是“PDF”" in sitting.panel.said()
    sitting.choose("kind", 2)
    sitting.finish()

    assert {name: view.kind for name, view in kept(sitting).items()} == {
        "一.jpg": AttachmentKind.AFTER,
        "二.jpg": AttachmentKind.AFTER,
    }
    assert all(view.size <= 300 * 1024 for view in kept(sitting).values())
    assert sitting.panel is None


def test_a_kind_is_given_only_to_what_it_fits(sitting, photos, tmp_path):
    (tmp_path / "通话.amr").write_bytes(b"#!AMR\n" + bytes(32) * 50)
    sitting.alt("U")
    sitting.panel.take_paths([photos[0], tmp_path / "通话.amr"])
    sitting.quiet()
    sitting.choose("kind", 1)
    sitting.finish()

    kinds = {name: view.kind for name, view in kept(sitting).items()}
    assert kinds == {"一.jpg": AttachmentKind.BEFORE, "通话.amr": AttachmentKind.RECORDING}


def test_the_original_is_kept_where_it_is_wanted(sitting, photos):
    sitting.alt("U")
    sitting.panel.take_path(photos[0])
    sitting.quiet()
    reduced = sitting.panel.rows[0].facts()
    sitting.go_to("keeps_original")
    sitting.press(Qt.Key.Key_Space)

    assert "缩成" in reduced
    assert "缩成" not in sitting.panel.rows[0].facts()
    sitting.finish()
    assert kept(sitting)["一.jpg"].size == photos[0].stat().st_size


def test_a_file_may_be_named_anew_or_left_out(sitting, photos):
    sitting.alt("U")
    sitting.panel.take_paths(photos[:2])
    sitting.quiet()
    first, second = sitting.panel.rows
    second.dropped.emit()
    first.name.setText("配电箱.jpg")
    sitting.finish()

    assert list(kept(sitting)) == ["配电箱.jpg"]


def test_nothing_to_add_is_said_in_words(sitting):
    sitting.alt("U")
    sitting.finish()
    assert sitting.panel.said() == "请先选文件，或扫描。"


def test_dropped_files_open_the_panel_and_more_join_them(sitting, photos):
    assert drop(sitting.screen, photos[:1])
    sitting.quiet()
    assert isinstance(sitting.panel, AttachPanel)
    drop(sitting.screen, photos[1:2])
    sitting.quiet()

    assert [row.picked.name for row in sitting.panel.rows] == ["一.jpg", "二.jpg"]


def test_words_that_are_dropped_are_no_attachment(sitting):
    data = QMimeData()
    data.setText("words")
    hover = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, LEFT, NO)
    hover.ignore()
    QApplication.sendEvent(sitting.screen, hover)

    assert not hover.isAccepted()
    assert sitting.panel is None


def test_a_picture_is_pasted_from_the_clipboard(sitting):
    picture = QImage(900, 700, QImage.Format.Format_RGB32)
    picture.fill(QColor(Qt.GlobalColor.darkCyan))
    QGuiApplication.clipboard().setImage(picture)
    sitting.screen.setFocus()

    sitting.press(Qt.Key.Key_V, CTRL)
    sitting.finish()

    assert list(kept(sitting)) == ["粘贴的图片.png"]


def test_files_copied_elsewhere_are_pasted_too(sitting, photos):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photos[0]))])
    QGuiApplication.clipboard().setMimeData(data)
    sitting.screen.setFocus()

    sitting.press(Qt.Key.Key_V, CTRL)

    assert [row.picked.name for row in sitting.panel.rows] == ["一.jpg"]


def test_what_is_being_written_elsewhere_is_put_aside_as_a_draft(sitting, photos):
    sitting.alt("X")
    sitting.write("half a note")
    drop(sitting.screen, photos[:1])
    sitting.quiet()
    sitting.alt("X")

    assert sitting.panel.form.entries["note"].read() == "half a note"


def test_a_case_that_may_not_be_changed_takes_nothing_more(qtbot, life, desk_of, photos):
    case = life.at("dispatched")
    reader = sit_at_case(qtbot, life, desk_of, "赵强", case)
    said = []
    reader.screen.said.connect(said.append)
    archived = replace(reader.screen.file.stand, status=CaseStatus.ARCHIVED)
    reader.screen.work.take_file(replace(reader.screen.file, stand=archived))

    drop(reader.screen, photos[:1])
    reader.quiet()

    assert said == ["这一件现在不能再加附件（已归档，或不归您办理）。"]
    assert reader.panel is None


def test_nothing_is_taken_in_while_no_case_is_open(qtbot, life, desk_of, photos):
    stranger = sit_at_case(qtbot, life, desk_of, "许诺", life.at("dispatched"))
    assert stranger.screen.file is None
    drop(stranger.screen, photos[:1])
    stranger.quiet()
    assert stranger.panel is None


def test_a_colleagues_change_does_not_stop_the_adding(sitting, life, photos):
    sitting.alt("U")
    sitting.panel.take_paths(photos[:2])
    sitting.quiet()
    case = sitting.screen.file.id
    life.do("周航", AddAttachment, case, name="函.pdf", content=b"%PDF-1.4 x")
    life.do("赵强", CorrectCase, case, summary="楼道漏电", reason="写全")

    sitting.finish()
    sitting.screen.reload()
    sitting.quiet()

    assert set(kept(sitting)) == {"一.jpg", "二.jpg", "函.pdf"}
