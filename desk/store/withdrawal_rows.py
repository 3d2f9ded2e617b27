"""The row of the 撤回申请书: what is known is filled in, why he withdraws he writes himself."""

from desk.rules.matters import heading_of
from desk.rules.wording import label
from desk.store.paper_source import Row, Source, on_paper, several


def withdrawal_request(source: Source) -> Row:
    """Return the row of an application to take an appeal back (6.1 #21), to be signed by hand."""
    case, facts = source.case, source.facts
    return {
        "appellant": facts.name,
        "phone": facts.phone,
        "address": facts.address,
        "people": case.headcount,
        "received_at": on_paper(case.received_at),
        "channel": label(case.channel),
        "subject": case.summary,
        "matters": [heading_of(matter) for matter in several(source)],
        "signer": None,  # ticked by hand
        "reason": None,
    }
