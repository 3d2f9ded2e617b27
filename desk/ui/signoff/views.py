"""Which lists the page of signatures has (等我签、我签过的、各处在签), and for whom."""

from collections.abc import Sequence
from enum import StrEnum

from desk.queries.sign_queue import SignQueue, SignRow
from desk.rules.codes import Role
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.rights import Person

_OVERSEERS = STEP_OF[Deed.SIGN_ON_PAPER].roles | {Role.CHIEF}


class View(StrEnum):
    """One list of opinions."""

    WAITING = "waiting"
    SIGNED = "signed"
    EVERYWHERE = "everywhere"

    @property
    def head(self) -> str:
        """Say in which order the list stands."""
        return {"waiting": "最先到期的在上", "signed": "最近签的在上"}.get(self, "等得最久的在上")

    @property
    def empty(self) -> str:
        """Say what it means that nothing is there."""
        return {
            "waiting": "都签完了，今天没有会超期的。",
            "signed": "您还没有签过文书。",
        }.get(self, "现在没有在签的意见书。")

    def label(self, queue: SignQueue) -> str:
        """Return the words of the view switch."""
        if self is View.SIGNED:
            return f"我签过的（今天 {queue.signed_today}）"
        name = "等我签" if self is View.WAITING else "各处在签"
        return f"{name} {len(self.rows(queue))}"

    def rows(self, queue: SignQueue) -> Sequence[SignRow]:
        """Return what stands in the list."""
        if self is View.WAITING:
            return queue.waiting
        return queue.signed if self is View.SIGNED else queue.everywhere


def views_for(person: Person) -> tuple[View, ...]:
    """Return the lists that somebody needs: whoever signs, and whoever sees that it goes on."""
    signs = person.is_built_in or bool(STEP_OF[Deed.SIGN].roles & person.seeing_roles)
    oversees = person.is_built_in or bool(_OVERSEERS & person.roles)
    found = (View.WAITING, View.SIGNED) if signs else ()
    return (*found, View.EVERYWHERE) if oversees or not signs else found
