"""The plain model of a hall (朴素模型): all cases, and what each deed makes of them.

Written from DOMAIN.md 6.1 and 9 alone; what waits and what is on paper is in `life_waits` and
`life_papers`.
"""

from datetime import datetime, timedelta

from tests.actions.life_case import (
    CallModel,
    CaseModel,
    KeptModel,
    MatterModel,
    PartModel,
    SendingModel,
)
from tests.actions.life_papers import PAPERS, PAPERS_FIT, begin_version, take_answers_back
from tests.actions.life_people import CHIEF, FRONT, INSPECTORS, KEEPERS, UNIT
from tests.actions.life_rules import RULES, may, may_hand_back, may_see
from tests.actions.life_waits import WAITS, WAITS_FIT

TO_UNDO = timedelta(seconds=60)
MOST_MATTERS = 99
RETURNS = 3
OVER = {"follow_up", "closed", "archived", "guided"}  # answered, or never handled here


class HallModel:
    """All cases, and what each deed makes of them; `do` says whether the hall allows it.

    Attributes:
        asks_chief: the first leader confirms each dispatch (一把手派单).
        numbers_by_office: the 党政办 gives the numbers of opinions.
    """

    def __init__(self, *, asks_chief=False, numbers_by_office=False):
        self.cases = {}
        self.handovers = []
        self.asks_chief = asks_chief
        self.numbers_by_office = numbers_by_office

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
        """Take an appeal in (6.1 #1 to #3); return whether the hall allows it."""
        unit = UNIT[who]
        if who not in FRONT or (exit_ in {"on_spot", "own_unit"} and {unit, who} & set(about)):
            return False
        if (exit_ == "own_unit" and any(about)) or (exit_ in {"on_spot", "own_unit"} and is_secret):
            return False
        status = {"on_spot": "closed", "own_unit": "accepted", "guidance": "guided"}
        case = CaseModel(unit, who, status.get(exit_, "received"), is_secret, about)
        case.involved = {unit}
        case.matters = [MatterModel(is_answered=exit_ == "on_spot") for _ in range(matters)]
        if exit_ == "own_unit":
            part = PartModel(unit, is_lead=True, status="accepted", handler=who)
            part.was_accepted = True
            case.parts, case.lead, case.handler = [part], unit, who
        if exit_ in {"own_unit", "transfer"}:
            _begin_promises(case, with_dispatch=exit_ == "transfer")
        self.cases[case_id] = case
        return True


# what must hold besides


def _whose_word(hall, case, who, units):
    """Return whose word is needed first: of what is confidential, its keepers' (9.4, 9.5)."""
    if case.is_confidential:
        return None if who in KEEPERS or set(units) == {INSPECTORS} else "keepers"
    return "chief" if hall.asks_chief and case.status == "received" and who != CHIEF else None


def _fits_sending(hall, case, who, _at, lead, supports):
    units = [lead, *supports]
    asked = _whose_word(hall, case, who, units)
    is_own = asked != "keepers" or case.status == "received"
    return is_own and len(set(units)) == len(units) and case.about[0] not in units


def _fits_confirm(hall, case, who, at):
    return bool(case.proposal) and _fits_sending(hall, case, who, at, *case.proposal[1:])


def _fits_decline(hall, case, *_):
    return bool(case.proposal)


def _fits_take_back(hall, case, who, at):
    sent = _last_sending(case)
    live = case.in_hand()
    if sent is None or sent.who != who or at - sent.at > TO_UNDO:
        return False
    is_about = any(concerns(case, part) for part in sent.ended)  # nobody has it again then
    return all(p in sent.parts and p.status == "waiting" for p in live) and not is_about


def _fits_return(hall, case, who, _at):
    part = _to_hand_back(case, who)
    if part is None or part.status == "returning":
        return False
    return not part.is_lead or case.passed_on < RETURNS


def _fits_add_support(hall, case, who, _at, unit):
    there = {part.unit for part in case.in_hand()}
    asked = _whose_word(hall, case, who, [unit])
    return asked != "keepers" and unit not in there and unit != case.about[0]


def _fits_drop_support(hall, case, _who, _at, unit):
    return any(p.unit == unit and not p.is_lead for p in case.in_hand())


def _fits_add_matter(hall, case, *_):
    return len(case.matters) < MOST_MATTERS


def _fits_assign(hall, case, _who, _at, nth, unit):
    there = {part.unit for part in case.live()}
    return unit in there and _nth(case, nth).unit != unit


def _fits_answer(hall, case, who, _at, nth):
    mine = [part for part in case.live() if part.unit == UNIT[who]]
    own = any(part.is_lead or part.unit == _nth(case, nth).unit for part in mine)
    return own and any(part.status != "waiting" for part in mine)


def _fits_finish(hall, case, *_):
    return not any(not part.is_lead for part in case.in_hand())


def _fits_give_back(hall, case, who, _at):
    return _held_by(case, who) is not None


def _fits_sort(hall, case, *_):
    return bool(case.files)


def _fits_link(hall, case, who, _at, earlier):
    other = hall.cases[earlier]
    return may_see(who, other) and case not in _chain(other)


def _fits_merge(hall, case, who, _at, into):
    main = hall.cases[into]
    alike = (main.is_secret, main.about) == (case.is_secret, case.about)
    open_ = main.status in RULES["merge"][2]
    apart = main is not case and not hall.merged_into(case)
    return may_see(who, main) and alike and open_ and apart


def _fits_withdraw(hall, case, *_):
    return not hall.merged_into(case)


def _fits_accuse(hall, case, who, _at, about):
    is_told = case.status != "merged" or may_see(who, case.main)
    return about != case.about and is_told


# what it leads to


def _held_by(case, who):
    return next((one for one in case.kept if (one.holder, one.is_back) == (who, False)), None)


def concerns(case, part):
    """Return whether a part is held by whom the case is about (9.4)."""
    unit, person = case.about
    return part.unit == unit or (part.handler is not None and part.handler == person)


def _to_hand_back(case, who):
    own = sorted(
        (part for part in case.in_hand() if part.unit == UNIT[who]), key=lambda one: not one.is_lead
    )
    return next((part for part in own if may_hand_back(part, case)), own[0] if own else None)


def _chain(case):
    found = []
    while case is not None and case not in found:
        found.append(case)
        case = case.repeats
    return found


def _nth(case, nth):
    own = case.present_matters()
    return own[nth % len(own)]


def _begin_promises(case, *, with_dispatch):
    for kind in (*(["dispatch"] if with_dispatch else []), "contact", "verify", "handle"):
        case.start(kind)


def _involve(hall, case, unit):
    for one in (case, *hall.merged_into(case)):
        one.involved.add(unit)


def _dispatch(hall, case, who, at, lead, supports):
    if _whose_word(hall, case, who, [lead, *supports]):
        case.proposal = (who, lead, supports)
        return
    _send(hall, case, who, at, lead, supports)


def _confirm(hall, case, who, at):
    proposal = case.proposal
    _send(hall, case, who, at, *proposal[1:])
    case.sendings[-1].proposal = proposal


def _decline(hall, case, *_):
    case.proposal = ()


def _send(hall, case, who, at, lead, supports):
    before = (case.status, case.lead, case.handler, case.passed_on)
    ended, woken = case.in_hand(), case.standing_still()
    case.end(ended, at, "sent on")
    case.passed_on += case.status != "received" and lead != case.lead
    case.status, case.lead, case.handler, case.proposal = "dispatched", lead, None, ()
    made = [PartModel(unit, is_lead=unit == lead) for unit in (lead, *supports)]
    case.parts += made
    for part in made:
        _involve(hall, case, part.unit)
        _begin_part(case, part)
    case.stop("dispatch", at)
    moved = case.give_matters()
    case.sendings.append(SendingModel(who, at, made, ended, before, moved, woken))


def _begin_part(case, part):
    case.start("accept", part)
    if not part.is_lead:
        case.start("handle", part)


def _last_sending(case):
    live = case.in_hand()
    return next((s for s in reversed(case.sendings) if any(p in s.parts for p in live)), None)


def _take_back(hall, case, _who, at):
    sent = _last_sending(case)
    own = case.in_hand()
    case.end(own, at, "taken back")
    for one in case.clocks:
        one.counts &= one.part not in own
        if one.kind == "dispatch" and one.stopped_at == sent.at:
            one.stopped_at = None
        if one.part in sent.ended and one.stopped_at == sent.at:
            one.stopped_at = None
    for part in sent.ended:
        part.status = part.ended[0]
    for one, reason in sent.woken:
        one.pause = reason
    for matter, unit in sent.matters:
        matter.unit = unit
    case.status, case.lead, case.handler, case.passed_on = sent.before
    case.proposal = sent.proposal
    case.give_matters()


def _return(hall, case, who, _at):
    _to_hand_back(case, who).status = "returning"


def _decide_return(hall, case, _who, at, is_agreed):
    asked = [part for part in case.in_hand() if part.status == "returning"]
    part = min(asked, key=lambda one: not one.is_lead)
    if not is_agreed:
        part.status = "accepted" if part.was_accepted else "waiting"
        return
    if not part.is_lead:
        case.end([part], at, "returned")
        part.status = "returned"
        case.give_matters()
        return
    case.end(case.in_hand(), at, "returned")
    part.status = "returned"
    case.status, case.lead, case.handler = "received", None, None
    case.passed_on += 1
    case.give_matters()
    case.start("dispatch")


def _accept(hall, case, who, at):
    mine = [p for p in case.live() if p.status == "waiting" and p.unit == UNIT[who]]
    for part in mine:
        part.status, part.handler, part.was_accepted = "accepted", who, True
        case.stop("accept", at, part)
    if any(part.is_lead for part in mine):
        case.status, case.handler = "accepted", who
        case.begin_if_ready()


def _contact(hall, case, who, at, *, reached=True, promised=False):
    case.attempt(who, UNIT[who], at, reached=reached, promised=promised)


def _ring(hall, case, who, at):
    _contact(hall, case, who, at, reached=False)


def _promise(hall, case, who, at, reached):
    _contact(hall, case, who, at, reached=reached, promised=True)


def _verify(hall, case, _who, at):
    case.stop("verify", at)
    case.begin_if_ready()


def _report(hall, case, who, at):
    for part in case.live():
        if part.unit == UNIT[who] and not part.is_lead and part.status == "accepted":
            part.status = "reported"
            case.stop("handle", at, part)


def _add_support(hall, case, _who, _at, unit):
    part = PartModel(unit, is_lead=False)
    case.parts.append(part)
    _involve(hall, case, unit)
    _begin_part(case, part)


def _drop_support(hall, case, _who, at, unit):
    case.end([p for p in case.in_hand() if p.unit == unit and not p.is_lead], at, "dropped")
    case.give_matters()


def _add_matter(hall, case, *_):
    case.matters.append(MatterModel(case.lead, case.round))


def _assign_matter(hall, case, _who, _at, nth, unit):
    matter = _nth(case, nth)
    matter.unit, matter.is_answered, matter.by_main = unit, False, False


def _answer_matter(hall, case, _who, _at, nth):
    matter = _nth(case, nth)
    matter.is_answered, matter.by_main = True, False


def _finish(hall, case, _who, at):
    lead = case.lead_part()
    lead.status = "reported" if lead.status == "accepted" else lead.status
    case.wake()
    case.status = "opinion"
    case.stop("handle", at)
    if not case.running("opinion"):
        case.start("opinion")
    case.has_number = False  # a new draft
    for matter in case.present_matters():
        matter.is_answered, matter.by_main = True, False


def _missed(hall, case, who, _at):
    case.followups += 1
    case.calls.append(CallModel(who))


def _close(hall, case, who, at):
    _asked(case, who, at)
    case.status = "closed"
    for matter in case.present_matters():
        matter.word = "yes"


def _asked(case, who, at):
    case.followups += 1
    case.keep_calls()
    case.calls.append(CallModel(who))
    case.stop("follow_up", at)
    case.stop("contact", at)


def _again(hall, case, who, at, solved):
    _asked(case, who, at)
    own = case.present_matters()
    for nth, matter in enumerate(own):
        matter.word = "yes" if nth < solved and len(own) > 1 else "no"
    open_ = [one for one in case.matters if one.word != "yes"] or case.matters
    lead = case.lead or case.first
    part = PartModel(lead, is_lead=True, status="accepted", handler=case.handler)
    part.was_accepted = True
    held = PartModel(lead, is_lead=True, handler=case.handler if case.lead else case.responder)
    is_unnamed = case.lead is None and case.is_confidential  # nobody was named for it yet
    is_free = not is_unnamed and not concerns(case, held)
    case.round += 1
    case.status = "handling" if is_free else "received"
    case.lead = lead if is_free else None
    case.handler = case.handler if is_free else None
    case.old_parts += case.parts
    case.parts = [part] if is_free else []
    for matter in open_:
        matter.round, matter.is_answered, matter.by_main = case.round, False, False
    case.give_matters()
    for kind in ("handle", "contact", *(() if is_free else ("dispatch",))):
        case.start(kind)
    case.signed = case.answered_with = ()
    case.has_number = case.has_paper = case.was_sealed = False
    case.involved |= {lead} if is_free else set()


def _archive(hall, case, *_):
    case.status = "archived"


def _link(hall, case, _who, _at, earlier):
    case.repeats = hall.cases[earlier]


def _unlink(hall, case, *_):
    case.repeats = None


def _merge(hall, case, _who, _at, into):
    main = hall.cases[into]
    case.aside("merged")
    case.main, case.link_before = main, case.repeats
    if case not in _chain(main):
        case.repeats = main
    for part in main.live():
        case.involved.add(part.unit)
    for one in hall.merged_into(main):
        one.involved |= {part.unit for part in main.live()}


def _unmerge(hall, case, *_):
    case.back()
    case.main, case.repeats = None, case.link_before


def _withdraw(hall, case, *_):
    case.aside("withdrawn")


def _reinstate(hall, case, *_):
    case.back()


def _arrive(hall, case, _who, _at, answer):
    case.has_arrived = {"arrived": True, "not_arrived": False}.get(answer)


def _take_in(hall, case, *_):
    case.status = "received"
    _begin_promises(case, with_dispatch=True)


def _keep(hall, case, who, _at):
    case.kept.append(KeptModel(who))


def _give_back(hall, case, who, _at):
    _held_by(case, who).is_back = True


def _attach(hall, case, *_):
    case.files = case.files or ["other"]  # the same file is kept once


def _sort(hall, case, *_):
    case.files[0] = "after" if case.files[0] == "before" else "before"


def _accuse(hall, case, _who, at, about):
    main = case.main if case.status == "merged" else case
    together = [case, *(one for one in (main, *hall.merged_into(main)) if one is not case)]
    for one in together:
        one.about = about
        together += [back for back in _recuse(hall, one, at) if back not in together]


def _recuse(hall, case, at):
    """Take from whom the case is about what is not answered yet; return whose answers go back."""
    aside = case.status if case.status in {"merged", "withdrawn"} else None
    if case.status in OVER:
        return []
    ended = [part for part in case.live() if concerns(case, part)]
    if ended and aside:
        case.back()
    case.end(ended, at, "recused")
    units = {part.unit for part in ended}
    units |= {None} if any(part.is_lead for part in ended) else set()
    for matter in case.present_matters():
        if matter.unit in units:
            matter.unit, matter.is_answered, matter.by_main = None, False, False
    back = []
    if any(part.is_lead for part in ended):
        back = _anew(hall, case, at)
    elif case.status in {"sealing", "delivering"} and case.signed[0] == case.about[1]:
        back = begin_version(hall, case, at)
    if ended and aside:
        case.aside(aside)
    return back


def _anew(hall, case, at):
    """Somebody else does all of it; what was promised runs on as it was."""
    back = []
    if case.status in {"sealing", "delivering"}:
        back = take_answers_back(hall, case)
        for one in case.clocks:
            one.is_aside &= one.round != case.round
        case.set_from = None
    case.end_parking()
    case.status, case.lead, case.handler, case.has_paper = "received", None, None, False
    case.signed = case.answered_with = ()
    case.stop("opinion", at)
    for kind in ("verify", "handle"):
        case.reopen_last(kind)
    if not case.running("dispatch"):
        case.start("dispatch")
    return back


FITS = {
    "accuse": _fits_accuse,
    "add_matter": _fits_add_matter,
    "add_support": _fits_add_support,
    "answer_matter": _fits_answer,
    "assign_matter": _fits_assign,
    "confirm": _fits_confirm,
    "decline": _fits_decline,
    "dispatch": _fits_sending,
    "drop_support": _fits_drop_support,
    "finish": _fits_finish,
    "give_back": _fits_give_back,
    "sort": _fits_sort,
    "link": _fits_link,
    "merge": _fits_merge,
    "return": _fits_return,
    "take_back": _fits_take_back,
    "withdraw": _fits_withdraw,
    **WAITS_FIT,
    **PAPERS_FIT,
}
COMES_OF = {
    "dispatch": _dispatch,
    "confirm": _confirm,
    "decline": _decline,
    "take_back": _take_back,
    "decide_return": _decide_return,
    "accept": _accept,
    "contact": _contact,
    "ring": _ring,
    "promise": _promise,
    "verify": _verify,
    "return": _return,
    "report": _report,
    "add_support": _add_support,
    "drop_support": _drop_support,
    "add_matter": _add_matter,
    "assign_matter": _assign_matter,
    "answer_matter": _answer_matter,
    "finish": _finish,
    "close": _close,
    "again": _again,
    "missed": _missed,
    "archive": _archive,
    "link": _link,
    "unlink": _unlink,
    "merge": _merge,
    "unmerge": _unmerge,
    "withdraw": _withdraw,
    "reinstate": _reinstate,
    "arrive": _arrive,
    "take_in": _take_in,
    "keep": _keep,
    "give_back": _give_back,
    "attach": _attach,
    "sort": _sort,
    "accuse": _accuse,
    **WAITS,
    **PAPERS,
}
