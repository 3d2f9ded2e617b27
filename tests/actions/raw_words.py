"""What a database still says, whoever asks: every value of every table there is."""

from sqlalchemy import inspect, text


def told(hall, marks):
    """Return which of the marks stand in which table, whether the program knows it or not."""
    found = set()
    with hall.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                said = "\n".join(map(_words, row))
                found |= {(table, mark) for mark in marks if mark in said}
    return found


def _words(value):
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode(errors="ignore")
    return str(value)
