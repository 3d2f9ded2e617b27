"""The page of appointments and reception days: booked, put off, called off, looked at."""

from datetime import date, datetime
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.appointments import BookAppointment
from desk.actions.roster import SetDuty, SetDutyPost
from desk.queries.appointments import appointments_named
from desk.rules.moments import SHANGHAI
from desk.rules.reception_codes import AppointmentState
from desk.store.models import Appointment, Paper
from desk.ui.page_stack import open_appointment

THURSDAY = date(2026, 11, 5)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def post(sqlite_hall):
    """A leader receives on Thursday."""
    hall = sqlite_hall.sign_in("周航")
    head = sqlite_hall.by("周航")
    facts = {"weekday": 3, "hours": "09:00-11:00", "reception_place": "一楼接访室"}
    made = SetDutyPost(**head, name="领导接访", unit=sqlite_hall.unit("信联办"), **facts)
    found = hall.carry_out(made).made["post"]
    duty = {"post": found, "day": THURSDAY, "people": "郑伟"}
    hall.carry_out(SetDuty(**sqlite_hall.by("周航"), **duty))
    return found


def opened(qtbot, window):
    window.pages.go("receptions")
    page = window.pages.front
    qtbot.waitUntil(lambda: page.reading.book is not None)
    settled(qtbot, page)
    return page


def settled(qtbot, page):
    qtbot.waitUntil(lambda: not page.desk.tasks.is_busy)


def finish(qtbot, page):
    QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
    settled(qtbot, page)


def book(qtbot, page, name="陈女士", matter="电梯半年修了五次"):
    page.bar.press("新预约")
    entries = page.host.panel.form.entries
    entries["name"].write(name)
    entries["phone"].write("13800000023")
    entries["matter"].write(matter)
    finish(qtbot, page)


def kept(hall):
    with Session(hall.engine) as session:
        return session.scalars(select(Appointment).order_by(Appointment.id)).all()


def test_what_is_missing_is_said_beside_its_field(qtbot, post, open_window, sqlite_hall):
    page = opened(qtbot, open_window("李敏"))
    book(qtbot, page, name="")
    fields = page.host.panel._name, page.host.panel._matter
    assert fields[0].state().sentence == "请写来的人怎么称呼，例如 陈女士。"
    page.host.panel.form.entries["name"].write("陈女士")
    page.host.panel.form.entries["matter"].write("")
    finish(qtbot, page)
    assert fields[1].state().sentence == "请写一句来办什么事，当天不用再问。"
    page.host.panel.form.entries["matter"].write("电梯")
    finish(qtbot, page)
    assert page.host.panel is None
    (row,) = kept(sqlite_hall)
    assert (row.name, row.starts_at.hour) == ("陈女士", 1)  # nine o'clock


def test_an_appointment_is_put_off_marked_and_called_off(qtbot, post, open_window, sqlite_hall):
    page = opened(qtbot, open_window("周航"))
    book(qtbot, page)
    assert page.list.rows()[0].corner == "已约"
    page.bar.press("改期")
    slots = page.host.panel._at.chips.chips()
    page.host.panel.form.entries["starts_at"].write(
        page.reading.book.slots[2].starts_at.isoformat()
    )
    assert len(slots) == 4
    finish(qtbot, page)
    assert kept(sqlite_hall)[0].moved == 1
    page.bar.press("没有来")
    settled(qtbot, page)
    assert page.list.rows()[0].corner == "没有来"
    page.bar.press("到了，不用登记")
    settled(qtbot, page)
    assert kept(sqlite_hall)[0].state is AppointmentState.CAME
    book(qtbot, page, name="林先生")
    page.list.choose(kept(sqlite_hall)[1].id)
    page.bar.press("取消预约")
    finish(qtbot, page)
    assert kept(sqlite_hall)[1].state is AppointmentState.CANCELLED
    page.bar.press("接访地点")
    page.host.panel.form.entries["place"].write("榕东社区")
    finish(qtbot, page)
    page.bar.press("打印当天安排")
    settled(qtbot, page)
    with Session(sqlite_hall.engine) as session:
        paper = session.scalars(select(Paper).where(Paper.code == "reception-list")).one()
    assert paper.row["place"] == "榕东社区"


def test_a_leader_sees_his_day_and_books_nothing(qtbot, post, open_window):
    page = opened(qtbot, open_window("郑伟"))
    assert page.days.rows()[0].title.endswith("郑伟（您）")
    assert "新预约" not in page.bar.labels()
    assert page.views() == ("接访日", "窗口预约", "待落实")


@pytest.mark.usefixtures("post")
def test_who_was_found_by_the_search_is_shown_on_his_day(qtbot, open_window, sqlite_hall):
    request = BookAppointment(
        **sqlite_hall.by("李敏"),
        starts_at=datetime(2026, 11, 4, 10, tzinfo=SHANGHAI),
        name="欧阳先生",
        matter="餐馆油烟直排",
    )
    clerk = sqlite_hall.sign_in("李敏")
    clerk.carry_out(request)
    (hit,) = clerk.read(partial(appointments_named, text="欧阳"))
    window = open_window("李敏")
    for _ in range(2):  # before the days are read, and after
        open_appointment(window.pages, hit)
        page = window.pages.front
        settled(qtbot, page)
        assert page.reading.place.day == date(2026, 11, 4)
        assert page.chosen_view() == 1
        assert "欧阳先生" in page.list.rows()[0].title
        page.choose_view(0)
