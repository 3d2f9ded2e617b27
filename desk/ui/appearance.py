"""How the program looks on this machine (配色、大字): chosen here, remembered here."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtWidgets import QApplication

from desk.settings import change_settings, load_settings
from desk.ui.theme import apply_theme

THEME_WORDS: Mapping[str, str] = MappingProxyType(
    {"light": "浅色", "dark": "深色", "contrast": "高对比"}
)


def use_theme(name: str) -> None:
    """Change the colours now and for the next time."""
    change_settings(theme=name)
    apply_settings()


def switch_large_type() -> None:
    """Turn 大字 on or off, now and for the next time."""
    change_settings(large_type=not load_settings().large_type)
    apply_settings()


def apply_settings() -> None:
    """Look as this machine is set."""
    settings = load_settings()
    theme = settings.theme if settings.theme in THEME_WORDS else "light"
    app = QApplication.instance()
    if isinstance(app, QApplication):
        apply_theme(app, theme, large=settings.large_type)
