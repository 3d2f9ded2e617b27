"""A case of the plain model: its parts, matters, clocks, calls and requests, in plain words."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

GONE = {"returned", "replaced"}
IN_HAND = {"waiting", "accepted", "returning"}
PENDING = {"office", "leader"}
PAUSABLE = {"handle", "opinion", "follow_up"}  # what nobody set by law, and no call within minutes


@dataclass(eq=False)
class PartModel:
    """One unit's part in the present round."""

    unit: str
    is_lead: bool
    status: str = "waiting"
    handler: str | None = None
    was_accepted: bool = False
    was_reported: bool = False
    ended: tuple = ()  # from which status, by what


@dataclass(eq=False)
class MatterModel:
    """One matter, whose it is, and in which round it is handled."""

    unit: str | None = None
    round: int = 1
    is_answered: bool = False
    by_main: bool = False  # answered by the main case alone
    word: str | None = None  # the appellant's


@dataclass(eq=False)
class ClockModel:
    """One limit: it runs, stands still for a reason, rests with its case, or has stopped."""

    kind: str
    round: int
    part: PartModel | None = None
    pause: str | None = None
    stopped_at: datetime | None = None
    is_aside: bool = False
    counts: bool = True

    @property
    def runs(self):
        """Return whether it neither stopped nor rests; it may stand still."""
        return self.stopped_at is None and not self.is_aside

    def told(self):
        """Return how it stands, for comparing."""
        unit = self.part.unit if self.part else None
        state = "stopped" if self.stopped_at else "aside" if self.is_aside else "running"
        return (self.kind, self.round, unit, state, self.pause, self.counts)


@dataclass(eq=False)
class CallModel:
    """One attempt to reach the appellant, and perhaps a promised call."""

    owner: str
    is_promise: bool = False
    is_kept: bool = False


@dataclass(eq=False)
class KeptModel:
    """One original that somebody of the hall keeps."""

    holder: str
    is_back: bool = False


@dataclass(eq=False)
class AskModel:
    """One request for more time, or to park the case."""

    kind: str
    clock: str
    round: int
    state: str = "office"
    is_told: bool = True
    has_ended: bool = False


@dataclass(eq=False)
class SendingModel:
    """One dispatch: who sent it, when, what it made and what it ended."""

    who: str
    at: datetime
    parts: list
    ended: list
    before: tuple  # status, lead, handler
    matters: list  # matter and the unit it had
    woken: list  # clock and why it stood still
    proposal: tuple = ()


class Clocks:
    """What runs on a case: of whatever has `clocks` and a `round`."""

    def running(self, kind=None, part=None):
        """Return the clocks that run in this round; the case's own of a kind, or a part's."""
        found = [one for one in self.clocks if one.round == self.round and one.runs]
        return found if kind is None else [o for o in found if (o.kind, o.part) == (kind, part)]

    def start(self, kind, part=None):
        """Start a clock."""
        self.clocks.append(ClockModel(kind, self.round, part))

    def stop(self, kind, at, part=None):
        """Stop a clock; what it waited for is waited for no longer."""
        for one in self.running(kind, part):
            one.stopped_at, one.pause = at, None

    def stop_part(self, part, at):
        """Stop all that runs for one unit's part."""
        for one in self.running():
            if one.part is part:
                one.stopped_at, one.pause = at, None

    def wake(self):
        """Let everything run again that stands still."""
        for one in self.running():
            one.pause = None

    def pausable(self, reason):
        """Return the clocks that may stand still for a reason."""
        everyone = reason != "appraisal"
        found = [one for one in self.running() if one.kind in PAUSABLE]
        return [one for one in found if everyone or one.part is None or one.part.is_lead]

    def reopen_last(self, kind):
        """Let the last clock of a kind run again as if nobody had stopped it."""
        own = [
            one
            for one in self.clocks
            if (one.kind, one.part, one.round) == (kind, None, self.round)
        ]
        for one in own[-1:]:
            one.stopped_at = None

    def told_clocks(self):
        """Return how all clocks stand, for comparing."""
        return Counter(one.told() for one in self.clocks)


@dataclass(eq=False)
class CaseModel(Clocks):
    """What a person at the hall would know of a case."""

    first: str
    responder: str
    status: str
    is_secret: bool = False
    about: tuple = (None, None)  # unit, person
    parts: list = field(default_factory=list)
    old_parts: list = field(default_factory=list)  # of the rounds before
    matters: list = field(default_factory=list)
    clocks: list = field(default_factory=list)
    calls: list = field(default_factory=list)
    asks: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    files: list = field(default_factory=list)  # as what each is filed
    sendings: list = field(default_factory=list)
    followups: int = 0
    involved: set = field(default_factory=set)
    proposal: tuple = ()  # who, lead, supports
    lead: str | None = None
    handler: str | None = None
    round: int = 1
    passed_on: int = 0
    main: object = None
    repeats: object = None  # the case it is linked to as a repeat
    link_before: object = None  # the link it had when it was merged
    set_from: str | None = None
    signed: tuple = ()  # by whom, when, typed in by whom
    answered_with: tuple = ()  # the main case and its signature
    has_number: bool = False
    has_paper: bool = False
    was_sealed: bool = False
    has_arrived: bool | None = None

    @property
    def is_confidential(self):
        """Return whether it is a report, or about the street's own units or people (9.4)."""
        return self.is_secret or any(self.about)

    def live(self):
        """Return the parts that nobody took away."""
        return [part for part in self.parts if part.status not in GONE]

    def in_hand(self):
        """Return the parts that somebody still has in hand."""
        return [part for part in self.parts if part.status in IN_HAND]

    def lead_part(self):
        """Return the part of the unit that is answerable."""
        return next((part for part in self.live() if part.is_lead), None)

    def pending(self):
        """Return the request that nobody has decided yet, in this round."""
        own = [ask for ask in self.asks if ask.round == self.round and ask.state in PENDING]
        return own[-1] if own else None

    def present_matters(self):
        """Return the matters of this round."""
        return [one for one in self.matters if one.round == self.round]

    def end(self, parts, at, why):
        """End parts; what the old lead waited for, the next one may not wait for."""
        for part in parts:
            part.ended, part.status = (part.status, why), "replaced"
            self.stop_part(part, at)
        if any(part.is_lead for part in parts):
            self.wake()

    def aside(self, status):
        """Set the case aside: nothing runs on it."""
        self.set_from, self.status = self.status, status
        for one in self.running():
            one.is_aside = True

    def back(self):
        """Bring the case back as it was."""
        self.status, self.set_from = self.set_from, None
        for one in self.clocks:
            if one.round == self.round:
                one.is_aside = False

    def standing_still(self):
        """Return what stands still, each with why."""
        return [(one, one.pause) for one in self.running() if one.pause]

    def end_parking(self):
        """It is on somebody's desk again."""
        for ask in self.asks:
            ask.has_ended |= (ask.kind, ask.state) == ("park", "granted")

    def begin_if_ready(self):
        """Handling begins once contact and verification are both done (6.1 #6)."""
        waits = {one.kind for one in self.running()} & {"contact", "verify"}
        if self.status == "accepted" and not waits:
            self.status = "handling"

    # matters and calls

    def give_matters(self):
        """Let every matter of the round stay with its unit while that has a part, else the lead."""
        there = {part.unit for part in self.live()}
        moved = []
        for one in self.present_matters():
            unit = one.unit if one.unit in there else self.lead
            if unit != one.unit:
                moved.append((one, one.unit))
                one.unit = unit
        return moved

    def attempt(self, who, unit, at, *, reached=True, promised=False):
        """Try to reach him; the clock is the lead's, before that the first unit's (9.2)."""
        if reached:
            self.keep_calls()
        self.calls.append(CallModel(who, promised))
        if unit == (self.lead or self.first):
            self.stop("contact", at)
            self.begin_if_ready()

    def keep_calls(self):
        """Count the calls promised before as made: he has been reached."""
        for call in self.calls:
            call.is_kept |= call.is_promise
