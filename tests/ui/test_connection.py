"""Where a workstation finds the hall's server: written on the first page, for the next start."""

import pytest

from desk.settings import chosen_database, load_settings
from desk.ui.connection import ConnectionDialog
from desk.ui.setup.screen import SetupScreen
from desk.ui.sign_in import SignInPage
from desk.ui.tasks import Tasks


@pytest.fixture
def page(qtbot):
    made = SignInPage()
    qtbot.addWidget(made)
    made.show()
    return made


def opened(page):
    """Return the dialog that the button of the first page opens."""
    page.connection.click()
    (dialog,) = page.findChildren(ConnectionDialog)
    return dialog


def write(dialog, **values):
    known = dialog.form.values()
    words = {"hosts": "服务器", "port": "端口", "name": "库名", "root": "根证书"}
    dialog.form.set_values(known | {words[key]: value for key, value in values.items()})


def test_the_server_and_its_root_certificate_are_kept_for_the_next_start(page, tmp_path):
    root = tmp_path / "hall-root.crt"
    root.write_text("fictional")
    dialog = opened(page)
    write(dialog, hosts="hall-a、hall-b")
    dialog.take_certificate(root)
    dialog.keep.click()
    assert "请关闭程序再打开，就连到“hall-a、hall-b”" in page._said.text()
    assert load_settings().server_certificate == str(root)
    assert chosen_database() == (
        "postgresql:///hall?host=hall-a,hall-b&port=5432,5432"
        f"&target_session_attrs=read-write&sslrootcert={root}"
    )


def test_what_cannot_be_meant_stays_in_the_dialog_with_a_sentence(page):
    dialog = opened(page)
    write(dialog, hosts="hall a/b")
    dialog.keep.click()
    assert "不像主机名" in dialog.form.field("服务器").state().sentence
    write(dialog, hosts="hall-a", root="gone.crt")
    dialog.keep.click()
    assert "请重新选" in dialog.form.field("根证书").state().sentence
    assert load_settings().database_url == ""


def test_a_workstation_goes_back_to_its_own_file(page):
    first = opened(page)
    write(first, hosts="hall-a", root="")
    first.keep.click()
    dialog = ConnectionDialog(page)
    assert dialog.form.values()["服务器"] == "hall-a"
    dialog.own_file.click()
    assert load_settings().database_url == ""


def test_a_new_workstation_finds_it_on_the_page_that_founds_a_street(qtbot):
    screen = SetupScreen(Tasks())
    qtbot.addWidget(screen)
    assert any(button.text() == "连接设置" for button in screen.findChildren(type(screen._next)))
