"""Scenes of talks for the handbook's pictures (约谈的界面图)."""

from collections.abc import Iterator

from desk.cli.panel_scenes import line_panel
from desk.rules.assessment_codes import TalkDecision
from desk.ui.letters.talk_panels import ProposePanel
from desk.ui.letters_screen import LettersScreen
from desk.ui.main_window import MainWindow

_TALKS = 2  # which list of the page
_WHY = "三件夜间噪声的诉求都是超期以后才联系，群众连着两周又来电。"


def decide_anew(window: MainWindow) -> Iterator[None]:
    """Put a unit forward to be talked with, then think the decision over."""
    yield from line_panel("另提名", view=_TALKS)(window) or ()
    page = window.pages.front
    panel = page.host.panel if isinstance(page, LettersScreen) else None
    if isinstance(panel, ProposePanel):
        unit, _name = panel.file.board.units[-1]
        for name, value in (("unit", unit), ("why", _WHY), ("decision", TalkDecision.TALK)):
            panel.form.entries[name].write(value)
        panel.submit()
        yield
    yield from line_panel("改决定", view=_TALKS)(window) or ()
