"""A screen of its own (Xvfb), for tests that start the real program and type into it."""

import os
import signal
import subprocess
from collections.abc import Iterator

import pytest

PATIENCE = 30.0
SCREEN = "1366x768x24"  # the smallest monitor found on counters


@pytest.fixture(scope="session")
def x_display() -> Iterator[str]:
    """Run an X server for this session and return its name, such as `:5`."""
    reading, writing = os.pipe()
    screen = ["-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"]
    with os.fdopen(reading) as answer:
        server = subprocess.Popen(
            # setpriv: the server must not outlive a test run that was killed
            ["setpriv", "--pdeathsig", "TERM", "Xvfb", "-displayfd", str(writing), *screen],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(writing)
        number = answer.readline().strip()  # comes when the server is ready
    if not number:
        pytest.fail("Xvfb 没有启动。")
    yield f":{number}"
    server.send_signal(signal.SIGTERM)
    server.wait(PATIENCE)
