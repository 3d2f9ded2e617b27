"""The plain model of what is on paper (6.1 #14, 9.3): opinion, signature, number, seal."""

from datetime import timedelta

from tests.actions.life_case import PartModel

TO_UNDO = timedelta(seconds=60)


def _fits_on_paper(hall, case, _who, _at, signer, is_agreed):
    return signer != case.about[1]


def _fits_unsign(hall, case, who, at):
    if not case.signed or case.answered_with or who not in case.signed[0::2]:
        return False
    out = [one for one in _answered(hall, case) if one.status != "sealing"]
    return at - case.signed[1] <= TO_UNDO and not out


def _fits_number(hall, case, *_):
    return not case.has_paper


def _fits_seal(hall, case, *_):
    return case.has_paper


def _write(hall, case, _who, at):
    case.status = "signing"
    case.stop("opinion", at)


def _send_back(hall, case, *_):
    case.status = "opinion"


def _sign(hall, case, who, at):
    _signed(hall, case, (who, at, None))


def _sign_on_paper(hall, case, who, at, signer, is_agreed):
    if is_agreed:
        _signed(hall, case, (signer, at, who))
    else:
        case.status = "opinion"


def _signed(hall, case, signature):
    case.status, case.signed, case.answered_with = "sealing", signature, ()
    _number(hall, case)
    for one in hall.merged_into(case):
        _answer(hall, case, one, signature)


def _number(hall, case):
    case.has_number = case.has_paper = case.has_number or not hall.numbers_by_office


def _answer(hall, main, one, signature):
    """Answer a case that waited with what its main case was answered (逐一告知)."""
    for part in one.live():
        part.ended, part.status = (part.status, signature), "replaced"
    lead = main.lead or main.first
    one.parts.append(PartModel(lead, is_lead=True, status="reported", handler=main.handler))
    one.involved.add(lead)
    one.lead, one.handler = lead, main.handler
    one.status, one.answered_with, one.signed = "sealing", (main, signature), signature
    _number(hall, one)
    for matter in one.present_matters():
        matter.by_main |= not matter.is_answered
        matter.is_answered = True


def _answered(hall, case):
    return [one for one in hall.cases.values() if one.answered_with == (case, case.signed)]


def take_answers_back(hall, case):
    """Take the answers of merged cases back with the signature; what was sealed is out."""
    back = [one for one in _answered(hall, case) if one.status == "sealing"]
    for one in back:
        one.lead = one.handler = None
        one.parts[-1].status = "replaced"
        for part in one.parts[:-1]:
            if part.status == "replaced" and part.ended[1] == case.signed:
                part.status = part.ended[0]
                if part.is_lead:
                    one.lead, one.handler = part.unit, part.handler
        one.status, one.answered_with, one.signed, one.has_paper = "merged", (), (), False
        for matter in one.present_matters():
            matter.is_answered &= not matter.by_main
            matter.by_main = False
    return back


def _unsign(hall, case, *_):
    take_answers_back(hall, case)
    case.status, case.signed, case.has_paper = "signing", (), False


def _revise(hall, case, _who, at):
    begin_version(hall, case, at)


def begin_version(hall, case, at):
    """Void what was issued, and lay the words before the lead once more."""
    back = take_answers_back(hall, case)
    case.status, case.signed, case.answered_with = "opinion", (), ()
    case.has_number = case.has_number and not case.was_sealed
    case.has_paper = case.was_sealed = False
    case.stop("follow_up", at)
    return back


def _give_number(hall, case, *_):
    case.has_number = case.has_paper = True


def _seal(hall, case, *_):
    case.status, case.was_sealed = "delivering", True


def _deliver(hall, case, *_):
    case.status = "follow_up"
    if not case.running("follow_up"):
        case.start("follow_up")


PAPERS_FIT = {
    "give_number": _fits_number,
    "seal": _fits_seal,
    "sign_on_paper": _fits_on_paper,
    "unsign": _fits_unsign,
}
PAPERS = {
    "deliver": _deliver,
    "give_number": _give_number,
    "revise": _revise,
    "seal": _seal,
    "send_back": _send_back,
    "sign": _sign,
    "sign_on_paper": _sign_on_paper,
    "unsign": _unsign,
    "write": _write,
}
