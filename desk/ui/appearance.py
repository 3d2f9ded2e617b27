"""How the program looks and sounds on this machine (配色、大字、提醒声音), remembered here."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtWidgets import QApplication

from desk.settings import change_settings, load_settings
from desk.ui.theme import apply_theme

THEME_WORDS: Mapping[str, str] = MappingProxyType(
    {"light": "浅色", "dark": "深色", "contrast": "高对比"}
)

SOUND_WORDS: Mapping[bool, str] = MappingProxyType(
    {True: "到期提醒会响一声，夜间不响。", False: "到期提醒不再出声。"}
)


def use_theme(name: str) -> None:
    """Change the colours now and for the next time."""
    change_settings(theme=name)
    apply_settings()


def switch_large_type() -> None:
    """Turn 大字 on or off, now and for the next time."""
    change_settings(large_type=not load_settings().large_type)
    apply_settings()


def switch_reminder_sound() -> bool:
    """Turn the sound of reminders on or off at this machine; return whether it is on now."""
    return change_settings(reminder_sound=not load_settings().reminder_sound).reminder_sound


def apply_settings() -> None:
    """Look as this machine is set."""
    settings = load_settings()
    theme = settings.theme if settings.theme in THEME_WORDS else "light"
    app = QApplication.instance()
    if isinstance(app, QApplication):
        apply_theme(app, theme, large=settings.large_type)
