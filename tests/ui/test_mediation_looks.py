"""Asking for a mediation by its number: from the page and by Ctrl+K, for as long as it is open."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk.store.models import MediationLook
from desk.ui.keys import PlaceKey
from tests.ui.mediation_desk import mediating_of, sit_at_mediations

WRONG = "没有这个编号，或者这一卷不归您查阅"


def ask(sitting, number, reason="归档前核对"):
    """Fill the two fields and ask."""
    sitting.panel.form.entries["number"].write(number)
    sitting.panel.form.entries["reason"].write(reason)
    sitting.finish()


def test_an_archivist_asks_by_number_reads_it_and_loses_it_when_the_time_is_over(
    qtbot, sqlite_hall, desk_of
):
    go = mediating_of(sqlite_hall)
    one, other = go.staffed(), go.open()
    sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, "何平")
    assert sitting.screen.file is None
    assert sitting.offered() == ["按编号查阅"]
    sitting.screen.ask_by_number()
    ask(sitting, "青榕人调字〔2026〕第77号")
    assert any(WRONG in words for words in sitting.shows())
    ask(sitting, go.row(one).number)
    sitting.quiet()
    assert sitting.panel is None
    assert any("张春兰" in words for words in sitting.shows())
    assert [look.reason for look in go.all(MediationLook, one)] == ["归档前核对"]
    assert go.all(MediationLook, other) == []
    sqlite_hall.clock.forward(minutes=30)
    assert sitting.screen._until.isActive()
    sitting.screen._until.timeout.emit()
    sitting.quiet()
    assert not any("张春兰" in words for words in sitting.shows())


def test_ctrl_k_offers_it_for_what_looks_like_a_number_whether_there_is_one_or_not(
    qtbot, sqlite_hall, open_window
):
    go = mediating_of(sqlite_hall)
    number = go.row(go.staffed()).number
    window = open_window("秦岚")
    box = window.palette_box
    before = window.pages.page
    QTest.keySequence(window, PlaceKey.MEDIATION)
    assert window.pages.page is before  # nobody who has no part in them finds the page by its key

    def offered(text):
        box.open_for()
        box.line.setText(text)
        qtbot.waitUntil(lambda: bool(box.rows()))
        return [row.head for row in box.rows()]

    assert offered(number) == offered("青榕人调字〔2026〕第77号") == offered("编号查阅")
    offered(number)
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.desk.tasks.is_busy)
    panel = window.pages.front.right.opening.panel
    assert panel.form.entries["number"].read() == number
    panel.form.entries["reason"].write("督办")
    panel.submit()
    qtbot.waitUntil(lambda: window.pages.front.file is not None)
    assert window.pages.front.file.body.content.title == "房屋漏水赔偿"
