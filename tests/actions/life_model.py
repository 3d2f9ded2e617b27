"""A case's whole life in plain words and sets, written from DOMAIN.md 6.1 and 9.4 alone.

It knows nothing of the program's own tables of moves, rights and clocks: where both agree after
every step, both say what the hall means.
"""

from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

LED = "信联办"
UNIT = {
    "李敏": LED,
    "周航": LED,
    "吴芳": LED,
    "何平": LED,
    "赵强": "城建办",
    "孙浩": "综合行政执法队",
    "陈静": "榕东社区",
    "梁燕": "南塘社区",
    "郑伟": "青榕街道",
    "王磊": "青榕街道",
    "冯丽": "党政综合办",
    "秦岚": "纪工委",
    "许诺": "党政综合办",
    "高远": "纪工委",
}
PEOPLE = tuple(UNIT)
LEADERS = {"郑伟", "王磊"}
KEEPERS = LEADERS | {"秦岚"}
OVERSEERS = KEEPERS | {"周航", "吴芳", "何平", "冯丽"}
FRONT = {"李敏", "周航", "赵强", "孙浩", "陈静", "梁燕"}
HANDLERS = FRONT | {"秦岚"}
CENTRE = {"周航"}
GONE = {"returned", "replaced"}
IN_HAND = {"waiting", "accepted", "returning"}

ALIVE = {"received", "dispatched", "accepted", "handling"}
SENT = ALIVE - {"received"}
ON_PAPER = {"opinion", "signing", "sealing", "delivering", "merged"}
OVER = {"follow_up", "closed", "archived", "guided"}
ANYWHERE = ALIVE | ON_PAPER | OVER | {"withdrawn"}

# deed: who does it by his post, at which status, tied how to the case, and whether the keepers
# of secrets do it where the case is about somebody of the street
RULES = {
    "dispatch": (CENTRE, ALIVE, "", True),
    "decide_return": (CENTRE, SENT, "returning", True),
    "accept": (HANDLERS, SENT, "waiting", False),
    "contact": (HANDLERS, ALIVE | ON_PAPER, "on_case", False),
    "verify": (HANDLERS, {"accepted"}, "lead", False),
    "return": (HANDLERS, SENT, "returnable", False),
    "report": (HANDLERS, SENT, "support", False),
    "add_support": (CENTRE, SENT, "", True),
    "drop_support": (CENTRE, SENT, "", True),
    "add_matter": (FRONT, ALIVE, "on_case", False),
    "finish": (HANDLERS, {"handling"}, "lead", False),
    "write": (HANDLERS, {"opinion"}, "lead", False),
    "sign": (LEADERS, {"signing"}, "", False),
    "send_back": (LEADERS, {"signing"}, "", False),
    "unsign": (LEADERS, {"sealing"}, "", False),
    "revise": (HANDLERS, {"sealing", "delivering", "follow_up"}, "lead", False),
    "seal": ({"冯丽", "周航"}, {"sealing"}, "", True),
    "deliver": (FRONT | {"冯丽"}, {"delivering"}, "", True),
    "close": (FRONT | {"吴芳"}, {"follow_up", "closed"}, "", True),
    "again": (FRONT | {"吴芳"}, {"follow_up", "closed"}, "", True),
    "missed": (FRONT | {"吴芳"}, {"follow_up", "closed"}, "", True),
    "archive": ({"何平", "周航"}, {"closed", "guided", "withdrawn"}, "", True),
    "merge": (CENTRE, ALIVE | {"opinion"}, "", True),
    "unmerge": (CENTRE, {"merged"}, "", True),
    "withdraw": (FRONT, ALIVE | {"opinion", "signing"}, "first_or_lead", False),
    "reinstate": (FRONT, {"withdrawn"}, "first_or_lead", False),
    "accuse": (FRONT | KEEPERS | {"吴芳"}, ANYWHERE, "", False),
    "take_in": (FRONT, {"guided"}, "first_or_lead", False),
}
TO_UNDO = timedelta(seconds=60)


@dataclass
class PartModel:
    """One unit's part in the present round."""

    unit: str
    is_lead: bool
    status: str = "waiting"
    handler: str | None = None
    was_accepted: bool = False


@dataclass(eq=False)
class CaseModel:
    """What a person at the hall would know of a case."""

    first: str
    responder: str
    status: str
    is_secret: bool = False
    about: tuple = (None, None)  # unit, person
    parts: list = field(default_factory=list)
    involved: set = field(default_factory=set)
    promises: set = field(default_factory=set)  # case-level clocks that run
    resting: set = field(default_factory=set)  # those that rest while the case is set aside
    lead: str | None = None
    handler: str | None = None
    round: int = 1
    matters: int = 1
    passed_on: int = 0  # handed back, or given to another lead
    main: object = None
    set_from: str | None = None
    signed: tuple = ()  # by whom, when
    answered_with: tuple = ()  # the main case and its signature
    own_parts: list = field(default_factory=list)  # as they stood before an answer
    own: tuple = ()  # lead and handler of these

    def live(self):
        """Return the parts that nobody took away."""
        return [part for part in self.parts if part.status not in GONE]

    def lead_part(self):
        """Return the part of the unit that is answerable."""
        return next((part for part in self.live() if part.is_lead), None)

    def aside(self, status):
        """Set the case aside: nothing runs on it."""
        self.set_from, self.status = self.status, status
        self.resting, self.promises = self.promises, set()

    def back(self):
        """Bring the case back as it was."""
        self.status, self.set_from = self.set_from, None
        self.promises, self.resting = self.resting, set()

    def begin_if_ready(self):
        """Handling begins once contact and verification are both done."""
        if self.status == "accepted" and not self.promises & {"contact", "verify"}:
            self.status = "handling"


def may_see(who, case):
    """Return whether somebody may know of the case at all."""
    unit, person = case.about
    if who == person or UNIT[who] == unit:
        return False
    if who in LEADERS or UNIT[who] in case.involved or who == case.responder:
        return True
    return who in (KEEPERS if case.is_secret else OVERSEERS)


def may(deed, who, case):
    """Return whether somebody may do this to the case now, as the hall's rules say."""
    roles, statuses, tie, by_keepers = RULES[deed]
    if by_keepers and (case.is_secret or any(case.about)):
        roles = roles | KEEPERS
    tied = _tied(tie, who, case)
    return may_see(who, case) and who in roles and case.status in statuses and tied


def _tied(tie, who, case):
    mine = [part for part in case.live() if part.unit == UNIT[who] or who in LEADERS]
    came_first = case.first == UNIT[who] or who in LEADERS
    leads = any(part.is_lead for part in mine)
    return {
        "": True,
        "lead": leads,
        "waiting": any(part.status == "waiting" for part in mine),
        "support": any(not part.is_lead and part.status == "accepted" for part in mine),
        "on_case": bool(mine) or came_first,
        "first_or_lead": leads or came_first,
        "returning": any(part.status == "returning" for part in case.live()),
        "returnable": any(_may_go_back(case, part) for part in mine),
    }[tie]


def _may_go_back(case, part):
    if part.is_lead:
        return case.status in {"dispatched", "accepted"}
    return part.status in {"waiting", "accepted"}


def _part_to_return(case, who):
    own = [p for p in case.parts if p.status in IN_HAND and p.unit == UNIT[who]]
    own.sort(key=lambda part: not part.is_lead)
    return next((part for part in own if _may_go_back(case, part)), own[0])


def _part_asked_back(case):
    asked = [part for part in case.parts if part.status == "returning"]
    return min(asked, key=lambda part: not part.is_lead)


class HallModel:
    """All cases, and what each deed makes of them; `do` says whether the hall allows it."""

    def __init__(self):
        self.cases = {}

    def do(self, deed, who, case_id, at: datetime, **more):
        """Do it if it may be done; return whether it was."""
        case = self.cases[case_id]
        fits = FITS.get(deed)
        if not may(deed, who, case) or (fits and not fits(self, case, who, at, **more)):
            return False
        COMES_OF[deed](self, case, who, at, **more)
        return True

    def merged_into(self, main):
        """Return the cases that wait for this one."""
        return [one for one in self.cases.values() if one.main is main and one.status == "merged"]

    def register(self, case_id, who, exit_, *, is_secret, about, matters):
        """Take an appeal in; return whether the hall allows it."""
        unit = UNIT[who]
        if who not in FRONT or (exit_ in {"on_spot", "own_unit"} and {unit, who} & set(about)):
            return False
        status = {"on_spot": "closed", "own_unit": "accepted", "guidance": "guided"}
        case = CaseModel(unit, who, status.get(exit_, "received"), is_secret, about)
        case.involved, case.matters = {unit}, matters
        if exit_ == "own_unit":
            case.parts = [PartModel(unit, is_lead=True, status="accepted", handler=who)]
            case.parts[0].was_accepted = True
            case.lead, case.handler = unit, who
        if exit_ in {"own_unit", "transfer"}:
            case.promises = {"contact", "verify", "handle"}
            case.promises |= {"dispatch"} if exit_ == "transfer" else set()
        self.cases[case_id] = case
        return True


# what must hold besides


def _fits_dispatch(hall, case, _who, _at, lead, supports):
    units = [lead, *supports]
    return len(set(units)) == len(units) and case.about[0] not in units


def _fits_return(hall, case, who, *_):
    part = _part_to_return(case, who)
    return part.status != "returning" and not (part.is_lead and case.passed_on >= 3)


def _fits_add_support(hall, case, _who, _at, unit):
    there = {part.unit for part in case.parts if part.status in IN_HAND}
    return unit not in there and unit != case.about[0]


def _fits_drop_support(hall, case, _who, _at, unit):
    return any(p.unit == unit and p.status in IN_HAND and not p.is_lead for p in case.parts)


def _fits_finish(hall, case, *_):
    return not any(p.status in IN_HAND for p in case.live() if not p.is_lead)


def _fits_unsign(hall, case, who, at):
    if not case.signed or case.answered_with or case.signed[0] != who:
        return False
    out = [one for one in _answered(hall, case) if one.status != "sealing"]
    return at - case.signed[1] <= TO_UNDO and not out


def _fits_merge(hall, case, who, _at, into):
    main = hall.cases[into]
    alike = (main.is_secret, main.about) == (case.is_secret, case.about)
    open_ = main.status in RULES["merge"][1]
    apart = main is not case and not hall.merged_into(case)
    return may_see(who, main) and alike and open_ and apart


def _fits_withdraw(hall, case, *_):
    return not hall.merged_into(case)


def _fits_accuse(hall, case, who, _at, about):
    return about != case.about and (case.status != "merged" or may_see(who, case.main))


# what it leads to


def _involve(hall, case, unit):
    for one in (case, *hall.merged_into(case)):
        one.involved.add(unit)


def _dispatch(hall, case, _who, _at, lead, supports):
    for part in case.parts:
        if part.status in IN_HAND:
            part.status = "replaced"
    for unit in (lead, *supports):
        case.parts.append(PartModel(unit, is_lead=unit == lead))
        _involve(hall, case, unit)
    case.passed_on += case.status != "received" and case.lead != lead
    case.status, case.lead, case.handler = "dispatched", lead, None
    case.promises.discard("dispatch")


def _return(hall, case, who, *_):
    _part_to_return(case, who).status = "returning"


def _decide_return(hall, case, _who, _at, is_agreed):
    part = _part_asked_back(case)
    if not is_agreed:
        part.status = "accepted" if part.was_accepted else "waiting"
        return
    if not part.is_lead:
        part.status = "returned"
        return
    for one in case.parts:
        if one.status in IN_HAND:
            one.status = "replaced"
    part.status = "returned"
    case.status, case.lead, case.handler = "received", None, None
    case.passed_on += 1
    case.promises.add("dispatch")


def _accept(hall, case, who, _at):
    mine = [p for p in case.live() if p.status == "waiting" and p.unit == UNIT[who]]
    for part in mine:
        part.status, part.handler, part.was_accepted = "accepted", who, True
    if any(part.is_lead for part in mine):
        case.status, case.handler = "accepted", who
        case.begin_if_ready()


def _contact(hall, case, who, _at):
    lead = case.lead_part()
    if case.first == UNIT[who] or (lead and lead.unit == UNIT[who]):
        case.promises.discard("contact")
        case.begin_if_ready()


def _verify(hall, case, *_):
    case.promises.discard("verify")
    case.begin_if_ready()


def _report(hall, case, who, _at):
    for part in case.live():
        if part.unit == UNIT[who] and not part.is_lead and part.status == "accepted":
            part.status = "reported"


def _add_support(hall, case, _who, _at, unit):
    case.parts.append(PartModel(unit, is_lead=False))
    _involve(hall, case, unit)


def _drop_support(hall, case, _who, _at, unit):
    for part in case.parts:
        if part.unit == unit and part.status in IN_HAND and not part.is_lead:
            part.status = "replaced"


def _add_matter(hall, case, *_):
    case.matters += 1


def _finish(hall, case, *_):
    lead = case.lead_part()
    lead.status = "reported" if lead.status == "accepted" else lead.status
    case.status = "opinion"
    case.promises = (case.promises - {"handle"}) | {"opinion"}


def _write(hall, case, *_):
    case.status = "signing"
    case.promises.discard("opinion")


def _send_back(hall, case, *_):
    case.status = "opinion"


def _sign(hall, case, who, at):
    case.status, case.signed, case.answered_with = "sealing", (who, at), ()
    for one in hall.merged_into(case):
        one.own_parts = deepcopy(one.parts)
        one.own = (one.lead, one.handler)
        for part in one.live():
            part.status = "replaced"
        lead = case.lead or case.first
        one.parts.append(PartModel(lead, is_lead=True, status="reported"))
        one.parts[-1].handler = case.handler
        one.involved.add(lead)
        one.lead, one.handler = lead, case.handler
        one.status, one.answered_with = "sealing", (case, case.signed)
        one.signed = case.signed


def _answered(hall, case):
    return [one for one in hall.cases.values() if one.answered_with == (case, case.signed)]


def _take_answers_back(hall, case):
    for one in _answered(hall, case):
        if one.status == "sealing":
            together = replace(one.parts[-1], status="replaced")
            one.parts, (one.lead, one.handler) = [*one.own_parts, together], one.own
            one.status, one.answered_with, one.signed = "merged", (), ()


def _unsign(hall, case, *_):
    _take_answers_back(hall, case)
    case.status, case.signed = "signing", ()


def _revise(hall, case, *_):
    _take_answers_back(hall, case)
    case.status, case.signed, case.answered_with = "opinion", (), ()
    case.promises.discard("follow_up")


def _seal(hall, case, *_):
    case.status = "delivering"


def _deliver(hall, case, *_):
    case.status = "follow_up"
    case.promises.add("follow_up")


def _missed(hall, case, *_):
    pass


def _close(hall, case, *_):
    case.status = "closed"
    case.promises -= {"follow_up", "contact"}


def _again(hall, case, *_):
    handler = case.handler if case.lead else case.responder
    case.round += 1
    case.lead = case.lead or case.first
    case.status, case.promises, case.resting = "handling", {"handle", "contact"}, set()
    case.signed = case.answered_with = ()
    if case.lead == case.about[0] or (handler and handler == case.about[1]):
        case.status, case.lead, case.handler, case.parts = "received", None, None, []
        case.promises.add("dispatch")
        return
    case.parts = [PartModel(case.lead, is_lead=True, status="accepted", handler=case.handler)]
    case.parts[0].was_accepted = True
    case.involved.add(case.lead)


def _archive(hall, case, *_):
    case.status = "archived"


def _merge(hall, case, _who, _at, into):
    main = hall.cases[into]
    case.aside("merged")
    case.main = main
    for part in main.live():
        case.involved.add(part.unit)
    for one in hall.merged_into(main):
        one.involved |= {part.unit for part in main.live()}


def _unmerge(hall, case, *_):
    case.back()
    case.main = None


def _withdraw(hall, case, *_):
    case.aside("withdrawn")


def _reinstate(hall, case, *_):
    case.back()


def _take_in(hall, case, *_):
    case.status = "received"
    case.promises = {"dispatch", "contact", "verify", "handle"}


def _accuse(hall, case, _who, _at, about):
    main = case.main if case.status == "merged" else case
    together = [case, *(one for one in (main, *hall.merged_into(main)) if one is not case)]
    for one in together:
        one.about = about
        together += [back for back in _recuse(hall, one) if back not in together]


def _recuse(hall, case):
    """Take the case from whom it is about; return whose answers went back with it."""
    if case.status in OVER:
        return []
    ended = [p for p in case.live() if p.unit == case.about[0] or p.handler == case.about[1]]
    ended = [part for part in ended if part.unit == case.about[0] or part.handler]
    for part in ended:
        part.status = "replaced"
    if any(part.is_lead for part in ended):
        return _lose_lead(hall, case)
    signer = case.signed[0] if case.signed else None
    by_him = signer and (signer == case.about[1] or UNIT[signer] == case.about[0])
    if case.status in {"sealing", "delivering"} and by_him:
        back = _in_house(hall, case)
        _revise(hall, case)
        return back
    return []


def _lose_lead(hall, case):
    aside, back = case.status in {"merged", "withdrawn"} and case.status, []
    if aside:
        case.back()
    if case.status in {"sealing", "delivering"}:
        back = _in_house(hall, case)
        _take_answers_back(hall, case)
        case.promises, case.resting = case.promises | case.resting, set()
        case.signed, case.answered_with, case.set_from = (), (), None
    case.status, case.lead, case.handler = "received", None, None
    again = {"dispatch", "handle"} | ({"verify"} if case.round == 1 else set())
    case.promises = (case.promises - {"opinion"}) | again
    if aside:
        case.aside(aside)
    return back


def _in_house(hall, case):
    return [one for one in _answered(hall, case) if one.status == "sealing"]


FITS = {
    "accuse": _fits_accuse,
    "add_support": _fits_add_support,
    "dispatch": _fits_dispatch,
    "drop_support": _fits_drop_support,
    "finish": _fits_finish,
    "merge": _fits_merge,
    "return": _fits_return,
    "unsign": _fits_unsign,
    "withdraw": _fits_withdraw,
}
COMES_OF = {
    "dispatch": _dispatch,
    "decide_return": _decide_return,
    "accept": _accept,
    "contact": _contact,
    "verify": _verify,
    "return": _return,
    "report": _report,
    "add_support": _add_support,
    "drop_support": _drop_support,
    "add_matter": _add_matter,
    "finish": _finish,
    "write": _write,
    "sign": _sign,
    "send_back": _send_back,
    "unsign": _unsign,
    "revise": _revise,
    "seal": _seal,
    "deliver": _deliver,
    "close": _close,
    "again": _again,
    "missed": _missed,
    "archive": _archive,
    "merge": _merge,
    "unmerge": _unmerge,
    "withdraw": _withdraw,
    "reinstate": _reinstate,
    "accuse": _accuse,
    "take_in": _take_in,
}
