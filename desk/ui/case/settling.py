"""Compares what stands in a panel with what a colleague made of it (两边的话放在一起看)."""

from typing import Any

from desk.rules.errors import StaleCase
from desk.rules.merging import differences, ties_of
from desk.ui.case.form_panel import FormPanel, Shown
from desk.ui.case.form_parts import Entry
from desk.ui.widgets.conflict_view import Conflict, conflict_of


def conflict_with(panel: FormPanel[Shown], fresh: Shown, error: StaleCase) -> Conflict:
    """Return what a colleague and the clerk wrote into the same fields, in words.

    What is hidden by now is shown to nobody, whatever it said before.
    """
    before, now = panel.theirs(panel.file), panel.theirs(fresh)
    known = panel.form.entries
    entries = {name: known[name] for name in now if name in known}
    mine = {name: entry.read() for name, entry in entries.items()}

    def words(name: str, value: Any) -> str:
        return _in_words(entries[name], value, mine[name])

    labels = {name: entry.label for name, entry in entries.items()}
    found = differences(before, now, mine)
    return conflict_of(found, ties_of(panel.deed), labels, words, error.who_changed)


def _in_words(entry: Entry, value: Any, mine: Any) -> str:
    """Return a value as a person reads it; texts are read as they are."""
    if entry.in_words == entry.read:
        return str(value or "")
    entry.write(value)
    words = entry.in_words()
    entry.write(mine)
    return words
