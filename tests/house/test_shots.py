"""Every panel, question and box of the windows has its picture (界面图): nobody forgets to look."""

import importlib
import pkgutil

from PySide6.QtWidgets import QDialog

import desk.ui
from desk.cli.shots import SHOTS
from desk.ui.case.form_panel import FormPanel
from desk.ui.pages import PAGES
from tests.house.sources import calls, python_files, tree_of

# which picture shows the questions that a module asks
ASKED_IN = {
    "desk/ui/admin/copies_section.py": None,  # only after a copy has been restored to a file
    "desk/ui/admin/effect_question.py": "admin-limit-effect",
    "desk/ui/admin/register_section.py": "admin-retire",
    "desk/ui/attachments/viewer.py": None,  # the same window as “leaving”, while a brush is wet
    "desk/ui/rooms/booking_steps.py": "rooms-cancel",
    "desk/ui/rooms/papers.py": "rooms-sign",
    "desk/ui/work_news.py": "leaving",
}


def load_windows():
    """Load every window, so that all of their classes are known."""
    for module in pkgutil.walk_packages(desk.ui.__path__, "desk.ui."):
        importlib.import_module(module.name)


def below(kind):
    """Return every class below this one."""
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


def without_picture(kinds, shots):
    """Return the panels that can be opened – they have a title – and that no picture shows."""
    shown = {shot.shows for shot in shots}
    return sorted(
        f"{kind.__module__}.{kind.__name__}"
        for kind in kinds
        if hasattr(kind, "title") and not kind.__name__.startswith("_") and kind not in shown
    )


def own(kinds):
    """Return those of the program, not of Qt or of tests."""
    return [kind for kind in kinds if kind.__module__.startswith("desk.ui.")]


def test_every_panel_has_a_picture():
    load_windows()
    assert without_picture(own(below(FormPanel)), SHOTS) == []


def test_every_dialog_has_a_picture():
    load_windows()
    shown = {shot.shows for shot in SHOTS}
    assert [kind.__name__ for kind in own(below(QDialog)) if kind not in shown] == []


def test_every_question_has_a_picture():
    asking = {
        name
        for name in python_files("desk/ui/")
        for _line, called, _call in calls(tree_of(name))
        if called in {"ask_verb", "VerbDialog"}
    }
    assert asking - {"desk/ui/widgets/verb_dialog.py"} == set(ASKED_IN)
    names = {shot.name for shot in SHOTS}
    assert {name for name in ASKED_IN.values() if name is not None} <= names


def test_every_page_has_a_picture():
    assert {page.name for page in PAGES} <= {shot.page for shot in SHOTS} | {"person", "place"}


def test_no_two_pictures_have_one_name():
    names = [shot.name for shot in SHOTS]
    assert len(names) == len(set(names))


def test_a_panel_without_a_picture_is_found():
    class Forgotten:
        title = "忘了"

    assert len(without_picture([Forgotten], SHOTS)) == 1
