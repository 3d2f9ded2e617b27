"""A morning without the server: take somebody in, hand him a slip; later it all goes up."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk.door import passes_file
from desk.program import Program
from desk.queries.search import find
from desk.ui.theme import apply_theme
from tests.outbox.cable import Cable
from tests.small_hall import PASSWORD
from tests.ui.intake_desk import WORDS, Clerk

OWN = "own-Words-26"
_PATIENCE_MS = 20_000


@pytest.fixture
def cable(shared):
    """Return the cable between this workstation and the server."""
    made = Cable(shared.engine.url.port)
    yield made
    made.throw_away()


@pytest.fixture
def url(shared, cable):
    """Return the address that this workstation knows."""
    place = shared.engine.url.set(username=None, password=None, host="127.0.0.1", port=cable.port)
    return place.render_as_string(hide_password=False)


@pytest.fixture
def program(qtbot, qapp, url):
    """Start the program as often as the test says; each one is ended at last."""
    apply_theme(qapp, "light")
    started = []

    def start():
        made = Program(url)
        made.tasks.broke.connect(lambda error: pytest.fail(f"{type(error).__name__}: {error}"))
        started.append(made)
        made.start()
        settle(qtbot, made)
        return made

    yield start
    for one in started:
        one.stop()
        one.frame.close()
        one.frame.deleteLater()


def settle(qtbot, program):
    qtbot.waitUntil(lambda: not program.tasks.is_busy, timeout=_PATIENCE_MS)


def sign_in(qtbot, program, password):
    program.page.login.set_text("1001")
    program.page.password.set_text(password)
    program.page.password.setFocus()
    QTest.keyClick(program.page.password.edit, Qt.Key.Key_Return)
    settle(qtbot, program)
    if program.page._steps.currentIndex() == 1:
        program.page.new.set_text(OWN)
        program.page.again.set_text(OWN)
        program.page._keep.click()
        settle(qtbot, program)


def test_somebody_comes_while_the_server_is_away(qtbot, shared, cable, url, program):
    yesterday = program()
    sign_in(qtbot, yesterday, PASSWORD)
    assert yesterday.window is not None, yesterday.page.password.state().sentence
    yesterday.stop()
    assert passes_file(url).stat().st_mode & 0o777 == 0o600
    assert OWN not in passes_file(url).read_text()

    cable.pull()
    morning = program()
    sign_in(qtbot, morning, OWN)
    away = morning._away.window
    assert away is not None, morning.page.password.state().sentence
    clerk = Clerk(qtbot, shared, away._desk, away.form)
    qtbot.waitUntil(lambda: away.form._hall is not None)
    clerk.form.phone.setFocus()
    clerk.write_walk_in()
    clerk.form.category.set_value(shared.category("楼道漏电"))
    clerk.save()
    saved = away.form._last
    assert saved.waits
    assert clerk.foot.saved_words() == f"已保存在本机，暂存号 {saved.number}，联网后自动上传"
    assert "离线，1 件待上传" in away._status.text()
    assert clerk.cases() == []

    cable.plug_in()
    away.look_for_server()
    qtbot.waitUntil(lambda: "请重新登录" in away.banner.text(), timeout=_PATIENCE_MS)
    away.sign_in.click()
    assert morning.page.isVisible()
    sign_in(qtbot, morning, OWN)
    assert morning.window is not None
    qtbot.waitUntil(lambda: len(clerk.cases()) == 1, timeout=_PATIENCE_MS)
    case, facts = clerk.case()
    assert facts.name == "陈桂芳"
    li = shared.sign_in("李敏")
    assert [hit.id for hit in li.read(lambda reader: find(reader, saved.number)).cases] == [case.id]
    assert [hit.id for hit in li.read(lambda reader: find(reader, case.number)).cases] == [case.id]
    # the server has the case a moment before the window hears of it from the sender's thread
    told = f"{saved.number} 已上传，正式编号 {case.number}。"
    said = morning.window.messages.kept
    qtbot.waitUntil(lambda: told in [one.sentence for one in said()], timeout=_PATIENCE_MS)
    qtbot.waitUntil(lambda: "已连接" in morning.window._status.text(), timeout=_PATIENCE_MS)


def test_the_server_goes_away_in_the_middle_of_the_day(qtbot, shared, cable, program):
    day = program()
    sign_in(qtbot, day, PASSWORD)
    window = day.window
    window.pages.open_intake()
    form = window.pages.front
    clerk = Clerk(qtbot, shared, day._desk, form)
    qtbot.waitUntil(lambda: form._hall is not None)
    cable.pull()
    clerk.write_walk_in()
    clerk.form.category.set_value(shared.category("楼道漏电"))
    clerk.save()
    temporary = form._last.number
    assert form._last.waits
    qtbot.waitUntil(lambda: "离线，1 件待上传" in window._status.text(), timeout=_PATIENCE_MS)
    box = window.upload_news.box
    window.upload_news.open_box()
    qtbot.waitUntil(lambda: len(box.rows()) == 1)
    assert box.rows()[0].head == temporary
    assert f"诉求内容：{WORDS}" in box._text.text()
    box._drop.click()
    assert "为什么不再上传" in box._reason.state().sentence
    assert len(box.rows()) == 1

    cable.plug_in()
    box._try.click()
    qtbot.waitUntil(lambda: box.rows() == (), timeout=_PATIENCE_MS)
    ((case, _facts),) = clerk.cases()
    assert clerk.foot.saved_words() == f"{temporary} 已上传，正式编号 {case.number}"
    qtbot.waitUntil(lambda: "已连接" in window._status.text(), timeout=_PATIENCE_MS)
    box.close()


def test_nobody_registers_with_a_wrong_password_or_where_nobody_was_before(
    qtbot, cable, url, program
):
    cable.pull()
    morning = program()
    sign_in(qtbot, morning, OWN)
    assert morning._away.window is None
    assert "离线登记凭据" in morning.page.password.state().sentence
