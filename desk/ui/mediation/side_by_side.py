"""Fields of a form side by side (两栏): so that a long form is seen at one look."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.ui.case.form_column import FormColumn
from desk.ui.theme import say_state

_BETWEEN = 16


def halves(form: FormColumn, one: int = 1, other: int = 1) -> tuple[QVBoxLayout, QVBoxLayout]:
    """Return two columns below what is in the form, with these shares of the width."""
    both = QWidget()
    say_state(both, ground="clear")
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_BETWEEN)
    first, second = QVBoxLayout(), QVBoxLayout()
    row.addLayout(first, one)
    row.addLayout(second, other)
    form.add(both)
    return first, second
