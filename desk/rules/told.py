"""What a database tells a desk by itself (通知): that there may be news, never what they are."""

from enum import StrEnum


class Told(StrEnum):
    """What was heard."""

    LINES = "lines"  # somebody did something: there may be news
    OPENED = "opened"  # somebody opened a case or left it
    LOST = "lost"  # the connection: whoever asks now sees whether the server is there
