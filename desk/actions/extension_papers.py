"""The paper of a request for more time (延期、挂账、退回申请): issued anew with each word."""

from dataclasses import replace

from sqlalchemy import select

from desk.actions.papers import issue, replace_paper
from desk.rules.clock_codes import ExtensionKind
from desk.rules.codes import PaperState
from desk.rules.wording import label
from desk.store.extension_rows import HandingBack, is_of_unit
from desk.store.models import Case, ExtensionRequest, Paper
from desk.store.transaction import Transaction

_CODE = "extension-request"


def issue_request(tx: Transaction, case: Case, row: ExtensionRequest) -> Paper:
    """Issue the paper of a request; once there is one, its next revision."""
    old = _last(tx, case, row.kind) if row.paper_id else None
    paper = issue(tx, case, _CODE, number=case.number, assignment=row)
    if old is not None:
        replace_paper(tx, old, paper)
    row.paper_id = paper.id
    return paper


def issue_return(tx: Transaction, case: Case, about: HandingBack) -> Paper:
    """Issue the same paper for a case that is handed back, and anew with the answer."""
    old = None
    if about.is_agreed is not None:
        old = _last(tx, case, ExtensionKind.RETURN, about.part.unit_id)
    if old is not None:  # who asked stands on the first one
        about = replace(about, asked_by=old.row["asked_by"], asked_on=old.row["asked_on"])
    paper = issue(tx, case, _CODE, number=case.number, assignment=about)
    if old is not None:
        replace_paper(tx, old, paper)
    return paper


def _last(
    tx: Transaction, case: Case, kind: ExtensionKind, unit_id: int | None = None
) -> Paper | None:
    """Return the last valid paper of one of the three uses; where several may ask, that unit's."""
    papers = tx.session.scalars(
        select(Paper)
        .where(Paper.case_id == case.id, Paper.code == _CODE, Paper.state == PaperState.ISSUED)
        .order_by(Paper.id.desc())
    )
    return next(
        (
            paper
            for paper in papers
            if paper.row["kind"] == label(kind)
            and (unit_id is None or is_of_unit(tx.session, paper, unit_id))
        ),
        None,
    )
