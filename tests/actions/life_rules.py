"""Who may do what to a case, at which step of its life: DOMAIN.md 6.1 by rows, 9.1 to 9.5.

It knows nothing of the program's own tables: where both agree after every step, both say what the
hall means.
"""

from tests.actions.life_people import (
    CENTRE,
    CHIEF,
    FRONT,
    HANDLERS,
    KEEPERS,
    LEADERS,
    OFFICE,
    OVERSEERS,
    UNIT,
    WORKING,
)

ALIVE = {"received", "dispatched", "accepted", "handling"}
SENT = ALIVE - {"received"}
AT_WORK = {"accepted", "handling", "opinion"}
ON_PAPER = {"opinion", "signing", "sealing", "delivering", "parked", "merged"}
EVER = ALIVE | ON_PAPER | {"follow_up", "closed", "archived", "guided", "withdrawn"}
SIGNERS = LEADERS | OFFICE | CENTRE  # whose signature it is, or who typed it in

# deed: row of 6.1 (or section), who does it by his post, at which status, tied how to the case,
# and whether the keepers of secrets do it where the case is about somebody of the street
RULES = {
    "dispatch": ("4", CENTRE, ALIVE, "", True),
    "confirm": ("4", {CHIEF}, {"received"}, "", True),
    "decline": ("4", {CHIEF}, {"received"}, "", True),
    "take_back": ("4", CENTRE | {CHIEF}, {"dispatched"}, "", True),
    "accept": ("5", HANDLERS, SENT, "waiting", False),
    "contact": ("6", HANDLERS, ALIVE | ON_PAPER, "on_case", False),
    "ring": ("6", HANDLERS, ALIVE | ON_PAPER, "on_case", False),
    "promise": ("6", HANDLERS, ALIVE | ON_PAPER, "on_case", False),
    "verify": ("6", HANDLERS, {"accepted"}, "lead", False),
    "return": ("7", HANDLERS, SENT, "returnable", False),
    "decide_return": ("7", CENTRE, SENT, "returning", True),
    "report": ("8", HANDLERS, SENT, "support", False),
    "add_support": ("8", CENTRE, SENT, "", True),
    "drop_support": ("8", CENTRE, SENT, "", True),
    "add_matter": ("8", HANDLERS, ALIVE, "on_case", False),
    "assign_matter": ("8", CENTRE, ALIVE, "", True),
    "answer_matter": ("8", HANDLERS, {"accepted", "handling"}, "on_case", False),
    "ask_park": ("11", HANDLERS, AT_WORK, "lead", False),
    "look_again": ("11", CENTRE | LEADERS, {"parked"}, "", True),
    "unpark": ("11", HANDLERS | LEADERS, {"parked"}, "lead_or_overseer", True),
    "ask_more": ("12", HANDLERS, AT_WORK, "lead", False),
    "tell": ("12", HANDLERS, AT_WORK, "lead_or_overseer", False),
    "drop_ask": ("12", HANDLERS, AT_WORK | {"signing"}, "lead", False),
    "review": ("12", CENTRE, ALIVE | ON_PAPER, "", True),
    "grant": ("12", LEADERS, ALIVE | ON_PAPER, "", False),
    "pause": ("4.5", HANDLERS, AT_WORK, "lead", False),
    "resume": ("4.5", HANDLERS, AT_WORK, "lead_or_overseer", False),
    "finish": ("13", HANDLERS, {"handling"}, "lead", False),
    "write": ("14", HANDLERS, {"opinion"}, "lead", False),
    "sign": ("14", LEADERS, {"signing"}, "", False),
    "send_back": ("14", LEADERS, {"signing"}, "", False),
    "sign_on_paper": ("14", OFFICE | CENTRE, {"signing"}, "", True),
    "unsign": ("14", SIGNERS, {"sealing"}, "", True),
    "revise": ("14", HANDLERS, {"sealing", "delivering", "follow_up"}, "lead", False),
    "give_number": ("9.3", OFFICE | CENTRE, {"sealing"}, "", True),
    "seal": ("9.3", OFFICE | CENTRE, {"sealing"}, "", True),
    "deliver": ("9.3", FRONT | OFFICE, {"delivering"}, "", True),
    "close": ("15", FRONT | {"吴芳"}, {"follow_up", "closed"}, "", True),
    "missed": ("15", FRONT | {"吴芳"}, {"follow_up", "closed"}, "", True),
    "again": ("16", FRONT | {"吴芳"}, {"follow_up", "closed"}, "", True),
    "archive": ("18", {"何平"} | CENTRE, {"closed", "guided", "withdrawn"}, "", True),
    "link": ("6.2", FRONT, ALIVE, "", False),
    "unlink": ("6.2", FRONT, ALIVE, "", False),
    "merge": ("19", CENTRE, ALIVE | {"opinion"}, "", True),
    "unmerge": ("19", CENTRE, {"merged"}, "", True),
    "withdraw": ("21", FRONT, ALIVE | {"parked", "opinion", "signing"}, "first_or_lead", False),
    "reinstate": ("21", FRONT, {"withdrawn"}, "first_or_lead", False),
    "arrive": ("2", FRONT, {"guided"}, "first_or_lead", False),
    "take_in": ("2", FRONT, {"guided"}, "first_or_lead", False),
    "keep": ("9.5", FRONT, EVER - {"archived"}, "on_case", False),
    "give_back": ("9.5", WORKING, EVER, "", False),
    "attach": ("9.5", WORKING, EVER - {"archived"}, "", False),
    "sort": ("9.5", WORKING, EVER - {"archived"}, "", False),
    "accuse": ("9.4", FRONT | KEEPERS | {"吴芳"}, EVER, "", False),
}


def row_of(deed):
    """Return by which row of DOMAIN.md 6.1, or which section, a deed is done."""
    return RULES[deed][0]


def may_see(who, case):
    """Return whether somebody may know of the case at all (9.4)."""
    unit, person = case.about
    if who == person or UNIT[who] == unit:
        return False
    if who in LEADERS or UNIT[who] in case.involved or who == case.responder:
        return True
    return who in (KEEPERS if case.is_secret else OVERSEERS)


def may(deed, who, case):
    """Return whether somebody may do this to the case now, as the hall's rules say."""
    _, roles, statuses, tie, by_keepers = RULES[deed]
    if by_keepers and case.is_confidential:
        roles = roles | KEEPERS
    tied = _tied(tie, who, case)
    return may_see(who, case) and who in roles and case.status in statuses and tied


def may_hand_back(part, case):
    """Return whether a part can go back: the case before work on it, a support until it reports."""
    if part.is_lead:
        return case.status in {"dispatched", "accepted"}
    return part.status in {"waiting", "accepted"}


def _tied(tie, who, case):
    mine = [part for part in case.live() if part.unit == UNIT[who] or who in LEADERS]
    came_first = case.first == UNIT[who] or who in LEADERS
    leads = any(part.is_lead for part in mine)
    oversees = who in CENTRE | LEADERS | (KEEPERS if case.is_secret else set())
    return {
        "": True,
        "lead": leads,
        "lead_or_overseer": leads or oversees,
        "waiting": any(part.status == "waiting" for part in mine),
        "support": any(not part.is_lead and part.status == "accepted" for part in mine),
        "on_case": bool(mine) or came_first,
        "first_or_lead": leads or came_first,
        "returning": any(part.status == "returning" for part in case.live()),
        "returnable": any(may_hand_back(part, case) for part in mine),
    }[tie]
