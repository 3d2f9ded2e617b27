"""How the rules' checks look beside a field (字段检查)."""

from desk.rules import identity
from desk.rules.identity import FieldCheck, phone_check
from desk.ui.widgets.checked_field import Check, FieldState

_STATES = {
    identity.FieldState.OK: Check.OK,
    identity.FieldState.DOUBTFUL: Check.WARN,
    identity.FieldState.WRONG: Check.BAD,
}


def field_state(found: FieldCheck) -> FieldState:
    """Return what a field shows for what a check found."""
    return FieldState(_STATES[found.state], found.sentence)


def check_phone(text: str) -> FieldState:
    """Say what is to be said about a telephone number; none at all is fine."""
    if not text.strip():
        return FieldState()
    found = field_state(phone_check(text))
    return found if found.sentence else FieldState(found.state, "号码格式正确")
