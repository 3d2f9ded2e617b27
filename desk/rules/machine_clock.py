"""Whether a workstation's own clock is right (本机时钟): limits run on the server's alone."""

from datetime import timedelta

MOST_APART = timedelta(minutes=2)
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_TWO = 2


def machine_clock_words(ahead: timedelta) -> str:
    """Return what to say of a clock that is so far ahead of the server's; nothing if it will do.

    More than two minutes are said (RELIABILITY.md 51).
    """
    apart = abs(ahead)
    if apart <= MOST_APART:
        return ""
    unit, word = next(
        (unit, word)
        for unit, word in ((_DAY, "天"), (_HOUR, "小时"), (_MINUTE, "分钟"))
        if apart >= unit * _TWO
    )
    side = "快" if ahead > timedelta() else "慢"
    return f"本机时钟比服务器{side} {apart // unit} {word}，时限以服务器为准。请校准本机时间。"
