"""A receipt on a roll goes along with saving where the desk is set for it (热敏小票)."""

from PySide6.QtCore import Qt
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.settings import change_settings, load_settings
from desk.store.models import Paper, PrintLine
from desk.ui.admin.machine_section import MachineSection
from tests.ui.intake_desk import sit_down

Key = Qt.Key


def save_one(clerk):
    clerk.write_walk_in()
    clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_1)
    clerk.save()


def prints(clerk):
    with Session(clerk.hall.engine) as session:
        rows = select(Paper.code, PrintLine.printer).join(PrintLine)
        return [tuple(row) for row in session.execute(rows)]


def test_the_slip_is_printed_and_logged(qtbot, sqlite_hall, desk_of, pdf_queue):
    desk = desk_of("许诺")
    section = MachineSection(desk)
    qtbot.addWidget(section)
    section.arrive()
    values = section.form.values()
    section.form.set_values({**values, "小票": "80 毫米", "小票打印机": pdf_queue.name})
    section.save.click()
    assert load_settings().receipt_roll == "80"
    section.arrive()
    assert section.form.values()["小票"] == "80 毫米"

    clerk = sit_down(qtbot, sqlite_hall, desk_of("李敏"))
    save_one(clerk)
    qtbot.waitUntil(lambda: ("receipt", pdf_queue.name) in prints(clerk))
    qtbot.waitUntil(lambda: len(pdf_queue.papers()) >= 1)


def test_a_slip_that_cannot_be_printed_is_said_and_the_case_is_saved(qtbot, sqlite_hall, desk_of):
    change_settings(receipt_roll="57", receipt_printer="没有这台")
    clerk = sit_down(qtbot, sqlite_hall, desk_of("李敏"))
    said = []
    clerk.desk.tasks.said.connect(said.append)
    save_one(clerk)
    qtbot.waitUntil(lambda: any("小票没有打出来" in words for words in said))
    assert clerk.case()[0].number
    assert prints(clerk) == []
