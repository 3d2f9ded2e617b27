"""A case that colleagues have looked at, for tests of what the log says of it."""

import pytest

from desk.actions.closing import RevealPrivate
from desk.actions.looking import LookAtContact
from tests.actions.work import LI, QIN

SECRET_WORDS = "只有本件才知道的话"


@pytest.fixture
def looked(work):
    """A case whose appellant two people looked at, one of them with a reason."""
    case = work.register(details=SECRET_WORDS)
    work.clock.forward(minutes=1)
    work.ask(LI, LookAtContact, case=case, where="案件卷")
    work.clock.forward(minutes=1)
    work.ask(QIN, RevealPrivate, case, reason=SECRET_WORDS)
    return case
