"""Random lists of commands in words, and their playing on a real hall (同一串操作).

A list knows nothing of ids: cases, mediations and bookings are told by when they came. What the
plain model of `life_model.py` allows is drawn more often than what it does not, so that cases get
far; whether the hall allows a command is the hall's to say.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError

from desk.actions.booking_changes import CancelBooking, MoveBooking
from desk.actions.booking_series import BookSeries
from desk.actions.bookings import BookRoom, ReleaseExpired
from desk.rules.errors import DeskError
from desk.rules.mediation_codes import BookingPurpose, RepeatRule
from desk.rules.moments import SHANGHAI
from tests.actions.life_deeds import do, register
from tests.actions.life_model import HallModel
from tests.actions.life_people import PEOPLE
from tests.actions.life_rules import RULES, may
from tests.actions.rooms import CAUCUS, FIRST, LAO_LIANG, MENG, QIAN, SECOND, STUDIO, Rooms
from tests.actions.usual_life import EXITS, UNITS, USUAL

START = datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI)
NOBODY = (None, None)
ABOUT = (*[NOBODY] * 6, ("城建办", None), (None, "赵强"), (None, "郑伟"), ("榕东社区", None))
USUAL_TO_THE_END = {**USUAL, "closed": ("archive",)}
MOST = 6
# what needs facts that only the machine of whole lives draws (`whole_life.py`)
NOT_DRAWN = {
    "answer_matter", "arrive", "ask_more", "ask_park", "assign_matter", "confirm", "decline",
    "grant", "link", "look_again", "pause", "promise", "review", "sign_on_paper",
}  # fmt: skip
DRAWN = sorted(set(RULES) - NOT_DRAWN)
DISPUTES = (("31", "32"), ("32", "33"))  # phones; they share a party


@dataclass(frozen=True)
class Command:
    """Who does what to the how-manieth case or booking, after how many seconds."""

    kind: str
    seconds: int
    who: str
    which: int = 0
    facts: dict = field(default_factory=dict)


def command_list(seed, length):
    """Return a random list of commands; the same seed gives the same list."""
    chance, model, now, found = random.Random(seed), HallModel(), START, []  # noqa: S311
    while len(found) < length:
        one = _draw(chance, model)
        now += timedelta(seconds=one.seconds)
        _tell(model, one, now)
        found.append(one)
    return found


def _draw(chance, model):
    seconds, dice = chance.choice((5, 50, 900)), chance.random()
    if not model.cases or (dice < 0.12 and len(model.cases) < MOST):
        facts = {
            "exit_": chance.choice(EXITS),
            "is_secret": chance.random() < 0.15,
            "about": chance.choice(ABOUT),
            "matters": chance.randint(1, 2),
        }
        facts["matters"] = 1 if facts["exit_"] == "on_spot" else facts["matters"]
        return Command("register", 20, chance.choice(("李敏", "周航", "赵强", "陈静")), 0, facts)
    if dice < 0.3:
        return _about_rooms(chance, seconds)
    which = chance.choice(sorted(model.cases))
    case = model.cases[which]
    deed, who = chance.choice(DRAWN), chance.choice(PEOPLE)
    if dice < 0.8:
        usual = (one for one in USUAL_TO_THE_END.get(case.status, ()) if one in DRAWN)
        wanted = tuple(usual) if dice < 0.65 else tuple(DRAWN)
        able = [(one, who) for one in wanted for who in PEOPLE if may(one, who, case)]
        deed, who = chance.choice(able) if able else (deed, who)
    return Command(deed, seconds, who, which, _particulars(chance, deed, model, dice))


def _particulars(chance, deed, model, dice):
    unit = chance.choice(UNITS)
    return {
        "dispatch": {"lead": unit if dice > 0.5 else "综合行政执法队", "supports": ()},
        "add_support": {"unit": unit},
        "drop_support": {"unit": unit},
        "decide_return": {"is_agreed": chance.random() < 0.5},
        "merge": {"into": chance.choice(sorted(model.cases))},
        "accuse": {"about": chance.choice(ABOUT)},
    }.get(deed, {})


def _about_rooms(chance, seconds):
    kind = chance.choice(("book", "book", "book", "series", "move", "cancel", "release"))
    facts = {
        "day": chance.randint(1, 4),
        "start": chance.choice((540, 570, 615, 660, 840, 870, 960, 1065)),
        "length": chance.choice((15, 45, 75)),
        "room": chance.choice((FIRST, SECOND, STUDIO)),
        "caucus": chance.random() < 0.3,
        "mediator": chance.choice((None, QIAN, LAO_LIANG)),
        "dispute": chance.choice((None, 0, 1)),
        "holds": chance.random() < 0.4,
    }
    return Command(
        kind, seconds, chance.choice((MENG, MENG, MENG, "赵强")), chance.randint(0, 9), facts
    )


def _tell(model, one, now):
    """Let the model follow, as far as cases go."""
    if one.kind == "register":
        facts = dict(one.facts)
        exit_ = facts.pop("exit_")
        model.register(len(model.cases), one.who, exit_, **facts)
    elif one.kind in RULES:
        model.do(one.kind, one.who, one.which, now, **one.facts)


class Player:
    """Plays a list on one hall; what the hall says to each command is kept."""

    def __init__(self, hall):
        hall.clock.set("2026-05-04 08:00")
        self.rooms = Rooms(hall, hall.clock).furnish()
        self.rooms.next_week()
        self.disputes = [
            self.rooms.mediation(tuple(f"138000000{phone}" for phone in phones))
            for phones in DISPUTES
        ]
        hall.clock.set("2026-11-02 09:00")
        self.rooms.monday = START.date()
        self.cases, self.bookings, self.said = [], [], []

    def play(self, commands):
        """Carry out a list; return what was said to each."""
        for one in commands:
            self.rooms.clock.forward(seconds=one.seconds)
            try:
                self._play(one)
            except (DeskError, DBAPIError) as refused:  # what no sentence was found for differs
                self.said.append(f"{type(refused).__name__}: {refused}")
            else:
                self.said.append("好")
        return self.said

    def _play(self, one):
        rooms = {
            "book": self._book,
            "series": self._series,
            "move": self._move,
            "cancel": self._cancel,
            "release": self._release,
        }
        if one.kind == "register":
            facts = dict(one.facts)
            self.cases.append(register(self.rooms, one.who, facts.pop("exit_"), **facts))
        elif one.kind in rooms:
            rooms[one.kind](one)
        elif one.which < len(self.cases):
            facts = dict(one.facts)
            if "into" in facts:
                facts["into"] = self.cases[facts["into"] % len(self.cases)]
            do(self.rooms, one.kind, one.who, self.cases[one.which], **facts)

    def _where(self, one):
        begin = datetime.combine(self.rooms.monday, datetime.min.time(), SHANGHAI)
        begin += timedelta(days=one.facts["day"], minutes=one.facts["start"])
        more = {"mediator": one.facts["mediator"]} if one.facts["mediator"] else {}
        if one.facts["caucus"]:
            more["caucus_room"] = CAUCUS
        where = self.rooms.where(one.facts["room"], "09:00", "10:00", **more)
        return where | {
            "starts_at": begin,
            "ends_at": begin + timedelta(minutes=one.facts["length"]),
        }

    def _book(self, one):
        about = {"purpose": BookingPurpose.CONSULTATION, "title": "个案会商"}
        if one.facts["dispute"] is not None:
            mediation = self.disputes[one.facts["dispute"]]
            about = {"mediation": mediation, "seen": self.rooms.row(mediation).version}
        facts = about | self._where(one) | {"is_provisional": one.facts["holds"]}
        self.bookings.append(self.rooms.ask(one.who, BookRoom, **facts).made["booking"])

    def _series(self, one):
        facts = {"title": "领导接访", "rule": RepeatRule.DAILY, "count": 2} | self._where(one)
        self.bookings += self.rooms.ask(one.who, BookSeries, **facts).made["bookings"]

    def _move(self, one):
        if self.bookings:
            made = self.rooms.change(MoveBooking, self._booking(one), one.who, **self._where(one))
            self.bookings.append(made.made["booking"])

    def _cancel(self, one):
        if self.bookings:
            self.rooms.change(CancelBooking, self._booking(one), one.who, reason="当事人有事")

    def _release(self, one):
        self.rooms.ask(one.who, ReleaseExpired)

    def _booking(self, one):
        return self.bookings[one.which % len(self.bookings)]
