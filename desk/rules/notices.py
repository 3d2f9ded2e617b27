"""Papers that are issued when somebody asks for them (出具文书): which fit a case as it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desk.rules.codes import CaseStatus, Exit, PaperState
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.papers import ON_DEMAND, PAPER_TITLES, SERVED

S = CaseStatus

_WITHDRAWAL = "withdrawal-request"
# Numbered in a run of their own (诉告); the others carry the number of their case.
NUMBERED = frozenset({"acceptance-notice", "guidance-notice"})
# An acceptance is told while the case is worked on; of a merged case too (逐一告知).
_WORKED_ON = frozenset(S) - {S.CLOSED, S.ARCHIVED, S.GUIDED, S.WITHDRAWN}
_TAKEN_IN = frozenset({Exit.TRANSFER, Exit.OWN_UNIT})
_FITS: Mapping[str, tuple[frozenset[CaseStatus], str]] = MappingProxyType(
    {
        "acceptance-notice": (_WORKED_ON, "受理告知书只出给已受理、还没有办结的件。"),
        "guidance-notice": (
            frozenset({S.GUIDED}),
            "引导告知书只出给引导对接的件；已受理的请出受理告知书。",
        ),
        "delivery-proof": (frozenset(S), ""),
        # signed before it is taken back, or afterwards where he had only rung
        _WITHDRAWAL: (
            STEP_OF[Deed.WITHDRAW].statuses | {S.WITHDRAWN},
            "现在不能撤回，不用出撤回申请书。签发以前、诉求人要撤回时再出。",
        ),
        "closing-report": (frozenset({S.CLOSED, S.ARCHIVED}), "办结以后才有办结报告。"),
        "case-contents": (
            frozenset({S.CLOSED, S.ARCHIVED, S.GUIDED, S.WITHDRAWN}),
            "办结、准备归档时才出卷内目录。",
        ),
    }
)
_ON_THE_WAY = frozenset({PaperState.TO_DELIVER, PaperState.DELIVERED})
_STILL_GOOD = frozenset({PaperState.ISSUED, PaperState.TO_SEAL})
NOTICE_SEAL = "notice_seal"  # the setting: whether notices bear a seal


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A valid paper of a case, as far as it matters here."""

    code: str
    state: PaperState
    round_no: int


def why_not(
    code: str, status: CaseStatus, way_out: Exit, round_no: int, papers: Iterable[IssuedPaper]
) -> str:
    """Say why a paper cannot be issued now; nothing where it can (DOMAIN.md 2.2, 2.11, 9.3)."""
    if code not in ON_DEMAND:
        return "这种文书办到那一步会自动出具，不用单独出。"
    statuses, sentence = _FITS[code]
    if status not in statuses:
        return sentence
    if code == "acceptance-notice" and way_out not in _TAKEN_IN:
        return sentence
    known = list(papers)
    if code == "delivery-proof" and not any(
        paper.code in SERVED and paper.state in _ON_THE_WAY for paper in known
    ):
        return "还没有要送达的文书：意见书盖章后再出；告知书的送达回证就是它的下联。"
    if any(_stands_for(paper, code, round_no) for paper in known):
        return f"{PAPER_TITLES[code]}已经出过，要按最新情况重出请用“更正文书”。"
    return ""


def first_state(code: str, *, seals_notices: bool) -> PaperState:
    """Return where a paper begins: what is handed over is sealed first (DOMAIN.md 2.2, 9.3).

    Args:
        seals_notices: whether this hall puts its seal on notices.
    """
    if code in SERVED or (code in NUMBERED and seals_notices):
        return PaperState.TO_SEAL
    return PaperState.TO_DELIVER if code in NUMBERED else PaperState.ISSUED


def may_be_corrected(code: str, state: PaperState) -> bool:
    """Return whether a paper has not left the hall; a sealed notice is sealed once more."""
    return state in _STILL_GOOD or (code in NUMBERED and state is PaperState.TO_DELIVER)


def _stands_for(paper: IssuedPaper, code: str, round_no: int) -> bool:
    """Return whether a paper already says what a new one of this kind would say."""
    if paper.code != code:
        return False
    if code in NUMBERED:
        return True
    return paper.round_no == round_no and paper.state in _STILL_GOOD


def fitting(
    status: CaseStatus, way_out: Exit, round_no: int, papers: Iterable[IssuedPaper]
) -> tuple[str, ...]:
    """Return the papers to be offered now, in the order of the hall's list of papers.

    The application to withdraw is offered where the withdrawal is recorded, and here only after.
    """
    known = tuple(papers)
    return tuple(
        code
        for code in PAPER_TITLES
        if code in ON_DEMAND
        and (code != _WITHDRAWAL or status is S.WITHDRAWN)
        and not why_not(code, status, way_out, round_no, known)
    )
