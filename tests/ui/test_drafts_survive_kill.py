"""kill -9 in the middle of a word: at most the last second is missing (issue: it must show)."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from desk.ui.drafts import DraftFiles
from tests.ui.draft_typist import TEXT

KILLS = 10  # more of them: python -m tests.ui.draft_typist
ONE_SECOND = 1.0
PHONE, WORDS = TEXT.split("\t")


def written_after(strokes: int) -> tuple[str, str]:
    """Return telephone and words as they stood after so many strokes."""
    phone, _, words = TEXT[:strokes].partition("\t")
    return phone, words


def kept_in(folder: str) -> tuple[str, str]:
    """Return telephone and words that the disk still knows."""
    drafts = DraftFiles(Path(folder) / "case-desk" / "drafts").read_all()
    assert len(drafts) < 2
    content = drafts[0].content if drafts else {}
    return content.get("phone", ""), content.get("details", "")


def test_ten_kills_at_random_moments_lose_at_most_the_last_second(sqlite_hall_url, tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "tests.ui.draft_typist", sqlite_hall_url, tmp_path, str(KILLS)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    windows = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(windows) == KILLS
    missing = []
    for window in windows:
        assert window["killed_by"] == signal.SIGKILL, run.stderr[-2000:]
        died = window["strokes"][-1][0]
        safe = max((n for at, n in window["strokes"] if at <= died - ONE_SECOND), default=0)
        phone, words = kept_in(window["folder"])
        assert PHONE.startswith(phone)
        assert WORDS.startswith(words)
        at_least = written_after(safe)
        assert (len(phone), len(words)) >= (len(at_least[0]), len(at_least[1])), window["folder"]
        in_all = written_after(window["strokes"][-1][1])
        missing.append(len("".join(in_all)) - len(phone + words))
    print(f"{KILLS} 次 kill -9：最多缺最后 {max(missing)} 个字")  # noqa: T201
    assert any(lost < len("".join(written_after(5))) for lost in missing)
