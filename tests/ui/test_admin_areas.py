"""Who answers for which unit is set on the administration page, with dates."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.store.models import LeaderArea
from desk.ui.admin_screen import AdminScreen
from desk.ui.widgets.verb_dialog import VerbDialog


@pytest.fixture
def part(qtbot, desk_of):
    """Open the register of areas for the administrator."""
    screen = AdminScreen(desk_of("许诺"))
    qtbot.addWidget(screen)
    screen.resize(1200, 700)
    screen.show()
    screen.show_section("领导包片")
    settled(qtbot, screen.section())
    yield screen.section()
    screen.close()


def settled(qtbot, part):
    qtbot.waitUntil(lambda: not part.desk.tasks.is_busy, timeout=20_000)


def write(qtbot, part, **more):
    part.begin()
    values = {"领导": "郑伟", "单位": "城建办", "开始日期": "2026-11-02"}
    part.form.set_values(values | more)
    part.save.click()
    settled(qtbot, part)


def rows(hall):
    with Session(hall.engine) as session:
        found = session.scalars(select(LeaderArea).order_by(LeaderArea.id))
        return [(row.leader_id, str(row.valid_from), str(row.valid_to)) for row in found]


def test_a_new_leader_takes_a_unit_over(qtbot, part, sqlite_hall):
    write(qtbot, part)
    write(qtbot, part, 领导="王磊", 开始日期="2026-12-01")

    assert [line.label for line in part.register.records] == ["郑伟　城建办", "王磊　城建办"]
    assert [line.note for line in part.register.records] == ["到 11 月 30 日", "12 月 1 日起"]
    zheng = sqlite_hall.person("郑伟").staff_id
    assert rows(sqlite_hall)[0] == (zheng, "2026-11-02", "2026-12-01")


def test_a_day_in_between_is_refused_beside_its_field(qtbot, part, sqlite_hall):
    write(qtbot, part, 截止日期="2026-11-20")
    write(qtbot, part, 领导="王磊", 开始日期="2026-11-10")

    assert "已由郑伟包片" in part.form._fields["开始日期"].state().sentence
    assert len(rows(sqlite_hall)) == 1


def test_an_area_ends_at_once_when_the_leader_hands_it_over(qtbot, part, sqlite_hall):
    write(qtbot, part)
    sqlite_hall.clock.set("2026-11-09 09:00")
    part.desk.set_time(sqlite_hall.clock())
    part.lines.choose(part.register.records[0].id)

    part.retire.click()
    part.window().findChild(VerbDialog).button("retire").click()
    settled(qtbot, part)

    assert rows(sqlite_hall)[0][2] == "2026-11-09"
