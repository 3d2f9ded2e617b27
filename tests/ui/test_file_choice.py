"""Files are chosen in Chinese, and what is chosen arrives as a path."""

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from desk.ui.file_choice import choose_file, choose_files, choose_target


@pytest.fixture
def window(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_a_chosen_file_arrives_as_a_path(window, tmp_path):
    (tmp_path / "台账.xlsx").touch()
    chosen = []
    dialog = choose_file(window, "选附件", chosen.append)

    dialog.fileSelected.emit(str(tmp_path / "台账.xlsx"))

    assert chosen == [tmp_path / "台账.xlsx"]


def test_several_files_arrive_together(window, tmp_path):
    chosen = []
    dialog = choose_files(window, "选附件", chosen.append)

    dialog.filesSelected.emit([str(tmp_path / name) for name in ("前.jpg", "后.jpg")])

    assert chosen == [[tmp_path / "前.jpg", tmp_path / "后.jpg"]]


def test_a_target_is_offered_with_name_and_ending(window, tmp_path):
    chosen = []
    dialog = choose_target(window, "另存 PDF", chosen.append, "PDF 文件 (*.pdf)", name="意见书.pdf")

    dialog.fileSelected.emit(str(tmp_path / "意见书.pdf"))

    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert dialog.defaultSuffix() == "pdf"
    assert chosen == [tmp_path / "意见书.pdf"]


def test_the_dialog_speaks_chinese(window):
    dialog = choose_file(window, "选附件", print)

    words = {label.text().replace("&", "") for label in dialog.findChildren(QLabel)}

    assert {"位置：", "文件名：", "类型："} <= words
