"""Everything on paper: rows in, PDF out; layouts and fonts that a hall may replace by its own."""

from desk.forms.fonts import font_set_version, hall_fonts
from desk.forms.layouts import BadLayout, form_codes, layout_text, load_layout
from desk.forms.paper import Paper, layout_version, render, render_batch, render_waiting_slip

__all__ = [
    "BadLayout",
    "Paper",
    "font_set_version",
    "form_codes",
    "hall_fonts",
    "layout_text",
    "layout_version",
    "load_layout",
    "render",
    "render_batch",
    "render_waiting_slip",
]
