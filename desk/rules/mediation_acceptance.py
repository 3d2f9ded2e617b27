"""What a mediation needs before it is accepted (受理条件, DOMAIN.md 6.5 M0→M1)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from desk.rules.errors import RuleBroken
from desk.rules.id_cards import read_id_card
from desk.rules.mediation_codes import EntrustedBy, MediationSource, PartyKind, PartySide
from desk.rules.mediation_exclusions import EXCLUSIONS, Exclusion

_TWO_SIDES = frozenset({PartySide.APPLICANT, PartySide.RESPONDENT})
_OF_AGE = 18


@dataclass(frozen=True, slots=True)
class AcceptedParty:
    """What has to be known of a party before a mediation is accepted."""

    name: str
    side: PartySide
    kind: PartyKind
    agreed_on: date | None
    birth_year: int | None = None
    id_number: str = ""
    has_guardian: bool = False


def is_minor(party: AcceptedParty, today: date) -> bool:
    """Return whether a person is under eighteen: by the identity number, else by the year.

    Where only the year is known, the difference of the years counts.
    """
    if party.kind is not PartyKind.PERSON:
        return False
    card = read_id_card(party.id_number, today=today)
    if card is not None:
        born = card.born_on
        birthday_to_come = (today.month, today.day) < (born.month, born.day)
        return today.year - born.year - birthday_to_come < _OF_AGE
    return party.birth_year is not None and today.year - party.birth_year < _OF_AGE


def missing_for_acceptance(
    parties: Sequence[AcceptedParty], source: MediationSource, today: date
) -> tuple[str, ...]:
    """Return what is still missing before it can be accepted, in sentences."""
    found: list[str] = []
    if not {party.side for party in parties} >= _TWO_SIDES:
        found.append("当事人至少要有两方：申请人和被申请人各一方，请先补上。")
    if source is not MediationSource.PROACTIVE:
        silent = [party.name for party in parties if party.agreed_on is None]
        if silent:
            found.append(f"{'、'.join(silent)} 还没有同意调解，请问过后记下同意的日期。")
    found += [
        minor_sentence(party.name)
        for party in parties
        if is_minor(party, today) and not party.has_guardian
    ]
    return tuple(found)


def minor_sentence(name: str) -> str:
    """Return what is asked for where a minor has nobody to speak for him."""
    return f"{name} 未满 18 周岁，请登记监护人。"


def require_acceptable(
    parties: Sequence[AcceptedParty],
    source: MediationSource,
    exclusions: Collection[Exclusion],
    today: date,
) -> None:
    """Raise RuleBroken unless the mediation can be accepted.

    Raises:
        RuleBroken: one of the five exclusions applies, or something is missing.
    """
    for one in Exclusion:
        if one in exclusions:
            raise RuleBroken(
                f"{EXCLUSIONS[one].sentence}请按“不予受理”办理，并告诉当事人该去哪里。",
                field="exclusions",
            )
    missing = missing_for_acceptance(parties, source, today)
    if missing:
        raise RuleBroken("".join(missing), field="parties")


def require_source(source: MediationSource, entrusted_by: EntrustedBy | None) -> None:
    """Raise RuleBroken unless what was entrusted says by whom, and only that.

    Raises:
        RuleBroken: the two do not fit.
    """
    if (source is MediationSource.ENTRUSTED) != (entrusted_by is not None):
        raise RuleBroken(
            "委托移送的要选是谁委托的；当事人申请和主动调解的不选。", field="entrusted_by"
        )
