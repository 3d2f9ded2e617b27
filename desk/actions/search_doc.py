"""The text by which a case is found, renewed whenever its facts change (HOUSE.md decision 14)."""

from sqlalchemy import select

from desk.rules.pinyin import initials
from desk.rules.search_text import canonical
from desk.store.models import Case, CaseAlias, CaseSearch, Matter, OutsideNumber, PrivateFacts
from desk.store.transaction import Transaction


def write_search_doc(tx: Transaction, case: Case) -> None:
    """Write the canonical text of number, person, address, words and matters of a case."""
    facts = tx.session.get_one(PrivateFacts, case.id)
    outside = tx.session.scalars(
        select(OutsideNumber.number).where(OutsideNumber.case_id == case.id)
    ).all()
    aliases = tx.session.scalars(select(CaseAlias.number).where(CaseAlias.case_id == case.id)).all()
    fields: list[str | None] = [case.number, f"{case.seq:05}", *aliases, *outside]
    if not case.hides_appellant:  # `queries/search.py` finds these for those whose work he is
        fields += [facts.name, initials(facts.name or ""), facts.phone, facts.other_phone]
        fields += [facts.address, facts.site]
    matters = select(Matter.content).where(Matter.case_id == case.id).order_by(Matter.seq)
    said = [text for text in tx.session.scalars(matters) if text != case.summary]
    fields += [case.summary, case.details, *said]
    doc = canonical([field for field in fields if field])
    row = tx.session.get(CaseSearch, case.id)
    if row is None:
        tx.add(CaseSearch(case_id=case.id, street_id=case.street_id, doc=doc))
    else:
        row.doc = doc
