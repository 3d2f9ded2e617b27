"""How many people live where is filled in on the administration page, line by line."""

import pytest

from desk.queries.residents import resident_register
from desk.ui.admin_screen import AdminScreen


@pytest.fixture
def part(qtbot, desk_of):
    """Open the register for the administrator."""
    screen = AdminScreen(desk_of("许诺"))
    qtbot.addWidget(screen)
    screen.resize(1200, 700)
    screen.show()
    screen.show_section("常住人口")
    settled(qtbot, screen.section())
    yield screen.section()
    screen.close()


def settled(qtbot, part):
    qtbot.waitUntil(lambda: not part.desk.tasks.is_busy, timeout=20_000)


def write(qtbot, part, record, **values):
    part.lines.choose(record.id)
    part.form.set_values({**record.values, **values})
    part.save.click()
    settled(qtbot, part)


def test_the_street_and_a_community_get_their_numbers(qtbot, part, sqlite_hall):
    street, *others = part.register.records
    assert (street.label, street.note) == ("全街道", "还没有填")
    community = next(one for one in others if one.label == "榕东社区")

    write(qtbot, part, street, 常住人口="85000 人")
    write(qtbot, part, community, 常住人口="约一万")
    assert "请写整数" in part.form._fields["常住人口"].state().sentence
    write(qtbot, part, community, 常住人口="12000", 从哪天起="2026-01-01")

    found = sqlite_hall.sign_in("许诺").read(resident_register).records
    notes = {one.label: one.note for one in found}
    assert notes["全街道"] == "85000 人"
    assert notes["榕东社区"] == "社区　12000 人"
    assert part.lines.current() == community.id
