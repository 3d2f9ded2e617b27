"""The attack list: what somebody might try with a tool of his own instead of the program.

Each attack is told in the words of the handbook's page 数据库守住什么, which lists them all, and
says whether one file (SQLite) refuses it too. Every statement is tried by everybody but those who
may do just this; statements that write bring a line of the log along, so that not its absence
alone is what stops them. Names after a colon are filled in by `test_attacks.py`.
"""

from dataclasses import dataclass

THEN = ";;"  # between statements of one attempt
# who may do it, for attacks that some roles may carry out by right
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Attack:
    """Something to try, in one or several ways.

    Attributes:
        but: logins' names for whom it is no attack.
        with_line: whether an honest-looking line of the log goes before it.
        on_file: whether one file refuses it, too; None: a file knows no logins and no streets.
    """

    title: str
    tries: tuple[str, ...]
    but: frozenset[str] = NOBODY
    with_line: bool = True
    on_file: bool | None = None


CENTRE = frozenset({"周航", "郑伟", "王磊", "秦岚", "吴芳", "何平", "冯丽"})  # oversee all cases
KEEPERS = frozenset({"郑伟", "王磊", "秦岚"})  # see reports, too
ADMIN = frozenset({"许诺"})
MEDIATING = frozenset({"钱惠", "孟瑶", "顾敏"})
