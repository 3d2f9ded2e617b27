"""How many days are left before a signature comes too late (剩余): short words for a list."""

from datetime import datetime

from desk.rules.moments import day_of, last_day_of


def left_words(due_at: datetime | None, now: datetime) -> str:
    """Return “今天”, “2 天”, “超 1 天”; a dash where no limit was set."""
    if due_at is None:
        return "—"
    days = (last_day_of(due_at) - day_of(now)).days
    if days < 0:
        return f"超 {-days} 天"
    if due_at < now:
        return "已超"
    return f"{days} 天" if days else "今天"
