"""The power fails while somebody writes: the next start offers what he had written."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt

from desk.settings import change_settings, load_settings
from tests.stories.life import CLERK

PHONE = "13800000045"
ROOT = Path(__file__).parents[2]


def xdotool(display, *command):
    run = subprocess.run(
        ["xdotool", *command],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return run.stdout.split()


def kept_drafts():
    folder = Path(os.environ["XDG_DATA_HOME"]) / "case-desk" / "drafts"
    found = [json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.json")]
    return [draft["content"] for draft in found]


def has_come_in():
    return load_settings().hall_name != ""


def test_the_draft_of_a_killed_program_is_offered_at_the_next_start(
    qtbot, open_program, sqlite_street_url, x_display
):
    # so the caret stands in the password from the first moment, however early the keys come
    change_settings(last_login=CLERK)
    environment = {**os.environ, "DISPLAY": x_display, "QT_QPA_PLATFORM": "xcb"}
    program = subprocess.Popen(
        [sys.executable, "main.py", "--database", sqlite_street_url], cwd=ROOT, env=environment
    )
    try:
        (window, *_) = xdotool(x_display, "search", "--sync", "--onlyvisible", "--name", "案台")
        xdotool(x_display, "windowfocus", "--sync", window)
        xdotool(x_display, "type", "qingrong1")
        xdotool(x_display, "key", "Return")
        qtbot.waitUntil(has_come_in, timeout=30_000)
        xdotool(x_display, "key", "F2")
        xdotool(x_display, "type", PHONE)
        qtbot.waitUntil(lambda: [d["phone"] for d in kept_drafts()] == [PHONE], timeout=30_000)
    finally:
        program.kill()
        ended = program.wait(30)
    assert ended == -signal.SIGKILL

    someone = open_program(sqlite_street_url)
    assert "1 份没写完的草稿" in someone.program.page._foot.accessibleName()
    someone.sign_in(CLERK)
    someone.press(Qt.Key.Key_F2)
    offered = someone.front.work.side.drafts
    assert offered.isVisible()
    assert PHONE in someone.words_in(offered)
    someone.tab_to(f"接着写 {kept_words(someone)}")
    someone.press(Qt.Key.Key_Space)
    assert someone.front.work.sheet.form.phone.text() == PHONE


def kept_words(someone):
    """Return what the button of the only draft says."""
    (button,) = someone.buttons_in(someone.front.work.side.drafts)
    return button.text()
