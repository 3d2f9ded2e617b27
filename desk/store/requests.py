"""Requests (what someone asks the program to do), their registry, and what comes back.

They live in the store, below the actions, because `Database.carry_out` is the one place that
turns a request into a transaction; `desk/actions` only fills the registry.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What someone asks the program to do: plain data, safe to store and to send twice.

    Attributes:
        saved_at: when a desk kept it in its journal, where it may wait there for the server.
    """

    made_by: int
    happened_at: datetime
    command: UUID = field(default_factory=uuid4)
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRequest(Request):
    """A request about one existing case, made by someone who had seen a version of it."""

    case: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationRequest(Request):
    """A request about one existing mediation, made by someone who had seen a version of it."""

    mediation: int
    seen: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What a request changed; stored with the history line and answered to a repeated command.

    Attributes:
        title: the history line's words, without personal data (“首次联系 接通”).
        cases: ids of the cases it touched.
        mediations: ids of the mediations it touched.
        made: ids and numbers of what was made, by name.
        detail: further words for the case's own timeline; part of the erasable payload.
        kind: the history kind, where it is not the one the request is registered with.
    """

    title: str
    cases: tuple[int, ...] = ()
    mediations: tuple[int, ...] = ()
    made: Mapping[str, Any] = field(default_factory=dict)
    detail: str = ""
    kind: str = ""

    def touches(self, case_id: int) -> bool:
        """Return whether the case was changed."""
        return case_id in self.cases

    def touches_mediation(self, mediation_id: int) -> bool:
        """Return whether the mediation was changed; “load everything again” counts."""
        return mediation_id in self.mediations or not (self.cases or self.mediations)

    def as_result(self) -> dict[str, Any]:
        """Return the plain data stored with the history line."""
        return {
            "title": self.title,
            "cases": list(self.cases),
            "mediations": list(self.mediations),
            "made": dict(self.made),
        }

    @classmethod
    def from_result(cls, result: Mapping[str, Any]) -> "Changes":
        """Return the first answer to a command that arrives again."""
        return cls(
            result["title"],
            tuple(result["cases"]),
            tuple(result["mediations"]),
            result["made"],
        )


Asked = TypeVar("Asked", bound=Request)
Action = Callable[["Transaction", Any], Changes]


@dataclass(frozen=True, slots=True)
class Registered:
    """An action with the kind of history line it writes.

    Attributes:
        may_wait: whether a desk that cannot reach the server may keep it and send it later.
    """

    kind: str
    carry_out: Action
    may_wait: bool = False


ACTIONS: dict[type[Request], Registered] = {}


def action(
    request: type[Asked], kind: str, *, may_wait: bool = False
) -> Callable[
    [Callable[["Transaction", Asked], Changes]], Callable[["Transaction", Asked], Changes]
]:
    """Register a function as the one way to carry out a kind of request.

    Args:
        request: the class of the request.
        kind: the history kind, `subject.verb_past`.
        may_wait: it only adds what somebody has just told us (登记、批注、联系、回访), and loses
            nothing by arriving later (HOUSE.md decision 5).
    """

    def register(
        function: Callable[["Transaction", Asked], Changes],
    ) -> Callable[["Transaction", Asked], Changes]:
        ACTIONS[request] = Registered(kind, function, may_wait)
        return function

    return register
