"""Rooms, mediators and whom they avoid are kept on the administration page."""

import pytest
from PySide6.QtWidgets import QLabel
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.mediation_codes import RoomKind
from desk.store.models import Mediator, MediatorTie, Room
from desk.ui.admin_screen import AdminScreen
from desk.ui.widgets.verb_dialog import VerbDialog
from tests.actions.rooms import FIRST, Rooms


@pytest.fixture
def part(qtbot, desk_of):
    """Open a register of the administration for somebody."""
    opened = []

    def open_for(name, title):
        screen = AdminScreen(desk_of(name))
        qtbot.addWidget(screen)
        opened.append(screen)
        screen.show()
        screen.show_section(title)
        qtbot.waitUntil(lambda: not screen.desk.tasks.is_busy, timeout=20_000)
        return screen.section()

    yield open_for
    for screen in opened:
        screen.close()


def write(qtbot, part, **values):
    part.begin()
    part.form.set_values(values)
    part.save.click()
    qtbot.waitUntil(lambda: not part.desk.tasks.is_busy, timeout=20_000)


def only(hall, table):
    with Session(hall.engine) as session:
        return session.scalars(select(table)).one()


def test_a_room_is_written_down_and_what_is_wrong_is_said_beside_its_field(
    qtbot, part, sqlite_hall
):
    rooms = part("许诺", "调解室")
    facts = {"房间": "第一调解室", "类型": "调解室", "最多几人": "八", "前后清场几分钟": "15"}
    write(qtbot, rooms, **facts)
    assert "请写整数" in rooms.form.field("最多几人").state().sentence

    write(qtbot, rooms, **(facts | {"最多几人": "8", "无障碍": "是"}))
    room = only(sqlite_hall, Room)
    assert (room.name, room.kind, room.capacity) == ("第一调解室", RoomKind.MEDIATION, 8)
    assert room.is_accessible
    assert not room.records


def test_the_secretary_keeps_mediators_and_whom_they_avoid(qtbot, part, sqlite_hall):
    mediators = part("孟瑶", "调解员")
    write(qtbot, mediators, 调解员="钱惠", 特长="邻里、物业", 语言="粤语", 当班="随时")
    assert "看不懂" in mediators.form.field("当班").state().sentence
    write(qtbot, mediators, 调解员="钱惠", 特长="邻里、物业", 本厅账号="钱惠（7001）")
    mediator = only(sqlite_hall, Mediator)
    assert mediator.skills == ["neighbours", "property"]

    ties = part("孟瑶", "回避名单")
    write(qtbot, ties, 调解员="钱惠", 回避谁="张某甲", 关系="亲属")
    assert only(sqlite_hall, MediatorTie).mediator_id == mediator.id


def test_whoever_writes_a_tie_down_reads_which_bookings_need_another_mediator(
    qtbot, part, sqlite_hall
):
    sqlite_hall.clock.set("2026-11-02 08:00")
    rooms = Rooms(sqlite_hall, sqlite_hall.clock).furnish()
    rooms.booked(FIRST, "09:00", "10:00", rooms.mediation())
    ties = part("孟瑶", "回避名单")
    write(qtbot, ties, 调解员="钱惠", 回避谁="陈某甲", 关系="亲属")
    assert ties.findChild(VerbDialog) is None
    write(qtbot, ties, 调解员="钱惠", 回避谁="李国强", 关系="亲属")
    dialog = ties.findChild(VerbDialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "已排好的 1 场要换调解员：11 月 2 日 09:00–10:00 第一调解室" in said
    dialog.button("read").click()
    assert not dialog.isVisible()


def test_the_administrator_finds_no_list_of_whom_somebody_avoids(part):
    assert "回避名单" not in part("许诺", "调解室").window().sections
    assert list(part("孟瑶", "调解员").window().sections) == ["调解员", "回避名单"]
