"""Whether a program and a database fit together (版本握手, RELIABILITY.md 7).

A version is the name of the newest migration, and those sort by their names. Every upgrade adds
first and removes one release later, so a program of the release before goes on working.
"""

from dataclasses import dataclass

from desk.rules.errors import WrongVersion

_EMPTY = "这个数据库还没有建好。请先运行“main.py upgrade”建库。"
_OLDER = "数据库比本程序旧。请由管机器的同事运行“main.py upgrade”升级数据库。"
NEWER = "数据库比本程序新。请先把本机的程序升级到新版本，再打开。"
_UNFINISHED = (
    "数据库正在升级，请一分钟后再登录。一直这样，请管机器的同事再运行一次“main.py upgrade”。"
)
_BANNER = "数据库已升级，本机的程序旧一版，还能照常用。请今天下班前升级本机的程序。"
TOO_OLD = "本机的程序太旧，只能查看和登记：登记先存在本机，升级后自动上传。请升级本机的程序。"


@dataclass(frozen=True, slots=True)
class Fit:
    """How a program and its database fit.

    Attributes:
        banner: what the desk is told all day; nothing where both are the same.
        may_write: whether commands may go to the database; if not, intakes wait on the desk.
    """

    banner: str = ""
    may_write: bool = True


def fit_of(mine: str, found: str | None, oldest: str | None) -> Fit:
    """Return how this program fits a database.

    Args:
        mine: the version this program works with.
        found: the version of the database, or None while it is empty.
        oldest: the oldest program that may write to it; None where the database does not say it
            of this version, as its upgrade was not finished.

    Raises:
        WrongVersion: the database must be made or upgraded first, its upgrade is under way or was
            cut off, or it is newer and does not say for whom.
    """
    if found is None:
        raise WrongVersion(_EMPTY)
    if found < mine:
        raise WrongVersion(_OLDER)
    if found == mine:
        if oldest is None:
            raise WrongVersion(_UNFINISHED)
        return Fit()
    if oldest is None:
        raise WrongVersion(NEWER)
    if oldest <= mine:
        return Fit(_BANNER)
    return Fit(TOO_OLD, may_write=False)
