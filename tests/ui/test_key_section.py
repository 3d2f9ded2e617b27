"""管理 · 证件号密钥: the sheet on paper, the box that is remembered, the code on another desk."""

import pytest
from PySide6.QtCore import Qt

from desk.actions.identity_keys import RenewIdentityKey, UseIdentityKey
from desk.queries.identity_keys import identity_key_state
from desk.store import identity_keys
from desk.store.identity_keys import key_folder, new_key
from desk.ui.admin.key_section import CODE, KeySection, sheet_paper
from desk.ui.admin.lights import key_light
from tests.actions.raw_words import told
from tests.forms.reading import text_of
from tests.small_hall import COMMAND_LINE

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot, desk_of, sqlite_hall):
    desk = desk_of("许诺")
    found = KeySection(desk)
    found.told = []
    found.said.connect(found.told.append)
    desk.tasks.said.connect(found.told.append)
    qtbot.addWidget(found)
    found.resize(1050, 620)
    with qtbot.waitExposed(found):
        found.show()
    found.rest = lambda: qtbot.waitUntil(lambda: not desk.tasks.is_busy, timeout=15000)
    found.arrive()
    found.rest()
    return found


def state(hall):
    return hall.sign_in(COMMAND_LINE).read(identity_key_state)


def use(hall, key):
    request = UseIdentityKey(**hall.by(COMMAND_LINE), key_id=key.id)
    hall.sign_in(COMMAND_LINE).carry_out(request)


def test_a_hall_begins_prints_and_says_that_it_was_put_away(qtbot, page, sqlite_hall):
    assert key_light(state(sqlite_hall)).state == "ok"
    qtbot.mouseClick(page.make, LEFT)
    page.rest()
    assert state(sqlite_hall).is_here
    assert "还没有打印并封存" in page.sheet.text()
    assert key_light(state(sqlite_hall)).state == "warn"
    ready = sheet_paper(state(sqlite_hall), "许诺", sqlite_hall.clock())
    key = identity_keys.known_key(state(sqlite_hall).key_id)
    printed = "".join(text_of(ready.pdf).split())
    assert ready.pages == 1
    assert all(group in printed for group in key.recovery_code().split("-"))
    assert told(sqlite_hall, [key.recovery_code()[:9]]) == set(), "on paper and nowhere else"

    qtbot.mouseClick(page.put_away, LEFT)
    page.rest()

    found = state(sqlite_hall)
    assert found.put_away_by == "许诺"
    assert "许诺" in page.sheet.text()
    assert page.put_away.isChecked()
    assert key_light(found).state == "ok"
    qtbot.mouseClick(page.put_away, LEFT)
    page.rest()
    assert page.put_away.isChecked(), "what was put away is not forgotten by a click"


def test_another_desk_types_the_code_in_and_a_wrong_letter_is_said(
    qtbot, page, sqlite_hall, monkeypatch
):
    key = new_key()
    use(sqlite_hall, key)
    monkeypatch.setattr(identity_keys, "_KNOWN", {})
    (key_folder() / f"{key.id}.key").unlink()
    page.arrive()
    page.rest()
    assert page.form.isVisible()
    assert not page.print.isVisible()
    assert key_light(state(sqlite_hall)).sentence.startswith("本机没有装")

    for code, words in (
        ("", "请照恢复单"),
        ("ABCD", "恢复码不对"),
        (identity_keys.HallKey(b"x" * 32).recovery_code(), "没有改动"),
    ):
        page.form.set_values({CODE: code})
        qtbot.mouseClick(page.install, LEFT)
        page.rest()
        assert words in page.form.field(CODE).state().sentence

    page.form.set_values({CODE: key.recovery_code().lower().replace("-", " ")})
    qtbot.mouseClick(page.install, LEFT)
    page.rest()
    assert state(sqlite_hall).is_here
    assert page.print.isVisible()


def test_a_desk_that_lacks_the_key_of_before_asks_for_its_sheet(
    qtbot, page, sqlite_hall, monkeypatch
):
    old, new = new_key(), new_key()
    use(sqlite_hall, old)
    renew = RenewIdentityKey(**sqlite_hall.by(COMMAND_LINE), key_id=new.id)
    sqlite_hall.sign_in(COMMAND_LINE).carry_out(renew)
    monkeypatch.setattr(identity_keys, "_KNOWN", {})
    (key_folder() / f"{old.id}.key").unlink()
    page.arrive()
    page.rest()
    assert f"还缺以前的密钥 {old.id[:8]}" in page.stands.text()
    assert page.print.isVisible()

    page.form.set_values({CODE: old.recovery_code()})
    qtbot.mouseClick(page.install, LEFT)
    page.rest()

    assert state(sqlite_hall).lacks == ()
    assert not page.form.isVisible()
