"""A desk in a process of its own: it keeps intakes until it is killed (see test_journal.py)."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from desk.actions.intake import RegisterCase
from desk.outbox.journal import Journal
from desk.rules.codes import Channel, Exit


def main() -> None:
    """Keep one intake after the other; say 已保存 only when `put` has returned."""
    journal = Journal(Path(sys.argv[1]))
    now = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    while True:
        asked = RegisterCase(
            made_by=1,
            happened_at=now,
            exit=Exit.TRANSFER,
            channel=Channel.VISIT,
            details="路灯不亮。",
            category=2,
            first_unit=3,
        )
        row = journal.put(asked, may_wait=True, now=now)
        sys.stdout.write(f"已保存 {row.temporary}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
