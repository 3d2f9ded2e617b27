"""Fields that follow a choice (联动): they are shown anew when a draft puts the choice back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desk.ui.case.form_column import FormColumn


def follow(form: FormColumn, name: str, show: Callable[[], None]) -> None:
    """Call `show` whenever the field of this name is filled from outside, by a draft for one."""
    entry = form.entries[name]

    def write(value: Any) -> None:
        entry.write(value)
        show()

    form.entries[name] = replace(entry, write=write)
