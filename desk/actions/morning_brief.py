"""The leader's morning on one sheet (领导早报): five lines, whom to ring himself, what to sign.

The five lines and the calls are those that stand on his page; names and telephones are added
here, and the history says that they were printed (DOMAIN.md 9.4, 9.6).
"""

from dataclasses import dataclass
from typing import Any

from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall
from desk.actions.sign_folder import cases_on_desk, line_to_sign
from desk.rules.anchors import short_hash
from desk.rules.codes import Role
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.numbering import NumberKind
from desk.rules.rights import may_see
from desk.store.contacts_told import contact_to_ring
from desk.store.gate import words
from desk.store.models import Case, ChainHead
from desk.store.paper_source import salutation
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction, stand_of

_LEADERS = frozenset({Role.LEADER, Role.CHIEF})
_MOST_TO_RING, _MOST_TO_SIGN = 3, 6
_ABOUT, _WHY, _SUBJECT, _FIGURE = 46, 30, 34, 33


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueMorningBrief(Request):
    """Put the leader's page on one sheet of paper.

    Attributes:
        figures: the five lines as they stand on the page, each “名称：情况”.
        ring: the cases that he should ring about himself, at most three.
        reasons: why, one for each of them.
    """

    figures: tuple[str, ...] = words("五行字", default=())
    ring: tuple[int, ...] = ()
    reasons: tuple[str, ...] = words("为什么要打", default=())


@action(IssueMorningBrief, "brief.issued")
def issue_morning_brief(tx: Transaction, request: IssueMorningBrief) -> Changes:
    """Freeze the sheet for the leader who asks for it.

    Raises:
        NotAllowed: the asker is no leader.
        RuleBroken: a case on the page may no longer be seen.
    """
    if not tx.person.roles & _LEADERS:
        raise NotAllowed("早报只给领导本人打印。")
    to_ring = list(zip(request.ring, request.reasons, strict=True))[:_MOST_TO_RING]
    people = [_person(tx, case_id, why) for case_id, why in to_ring]
    waiting = _to_sign(tx)
    number = next_text(tx, NumberKind.LIST, request.happened_at)
    row = {
        "leader": tx.person.name,
        "day": f"{tx.today:%Y-%m-%d}",
        "figures": [_figure(line) for line in request.figures],
        "people": people,
        "to_sign": [
            line | {"subject": _short(line["subject"], _SUBJECT)}
            for line in waiting[:_MOST_TO_SIGN]
        ],
        "sign_note": _sign_note(waiting),
        "anchor": _anchor(tx),
    }
    paper = issue_for_hall(tx, "morning-brief", row, number)
    return Changes(
        f"打印早报，列出 {len(people)} 位诉求人的电话",
        made={"paper": paper.id, "number": number, "cases": list(request.ring)},
    )


def _person(tx: Transaction, case_id: int, why: str) -> dict[str, Any]:
    case = tx.session.get(Case, case_id)
    if case is None or not may_see(stand_of(tx.session, case), tx.person):
        raise RuleBroken("名单刚有变化，请刷新页面后再打印。", field="ring")
    facts = contact_to_ring(tx.session, tx.person, case)
    hidden = case.hides_appellant
    return {
        "who": case.appellant_shown if hidden else salutation(facts),
        "phone": facts.phone,
        "about": _short(case.summary, _ABOUT),
        "why": _short(why, _WHY),
    }


def _anchor(tx: Transaction) -> str:
    """Return where the log stands: on paper nobody writes it anew (RELIABILITY.md 2.5)."""
    head = tx.session.get_one(ChainHead, tx.street_id)
    return f"第 {head.place} 条 {short_hash(head.hash)}"


def _to_sign(tx: Transaction) -> list[dict[str, Any]]:
    """Return what lies on his own desk, then what any leader of his kind may sign."""
    found = cases_on_desk(tx, tx.person.staff_id, Role.LEADER)
    for role in sorted(tx.person.roles & _LEADERS):
        found += cases_on_desk(tx, None, role)
    return [line_to_sign(tx, case) for case in found]


def _sign_note(waiting: list[dict[str, Any]]) -> str | None:
    """Say whether signing today is still in time; None where nothing waits."""
    if not waiting:
        return None
    more = len(waiting) - _MOST_TO_SIGN
    rest = f"另有 {more} 件，见审签页。" if more > 0 else ""
    late = sum(line["left"].startswith(("超", "已超")) for line in waiting)
    if late:
        return f"{rest}有 {late} 件已过期限，请先签；其余今天签完不超期。"
    return f"{rest}{len(waiting)} 件今天签完，都不超期。"


def _figure(line: str) -> dict[str, str]:
    name, _, said = line.partition("：")
    return {"name": name, "words": _short(said, _FIGURE)}


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
