"""What whoever signs an opinion would look up in the case (与案件核对), looked up for him.

Only a wrong letterhead and a missing answer keep an opinion from being signed; the rest is
advice: it may be signed all the same (DOMAIN.md 2.4, SCREENS.md 7).
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desk.rules.matters import OpinionItem, heading_of, unanswered
from desk.rules.moments import say_length

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_NUMERALS = "一二三四五六七八九十"
_NAMES_SOMEONE = ("负责", "责任人", "牵头", "承办")
_COUNTED = "零一两三四五六七八九十"


class Verdict(StrEnum):
    """What a check came to."""

    FINE = "fine"
    DOUBT = "doubt"  # may be signed all the same
    BLOCKED = "blocked"  # must be sent back


@dataclass(frozen=True, slots=True)
class OpinionCheck:
    """One line beside the paper."""

    verdict: Verdict
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """How long a step took, and by how much it was late."""

    used: timedelta
    late: timedelta = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionFacts:
    """The opinion and what the case says about the same things.

    Attributes:
        appellant: empty for an anonymous case.
        answers: for each matter in order, whether it has a result or an answer on record.
        items: what the opinion itself says matter by matter; empty where it is one text.
        issuer: under whose name the letter goes out.
        inner_units: the street's sections and offices, whose names no letter may carry.
        names: people and units who may be named as responsible.
        is_finished: whether nothing is left to be done after this opinion.
    """

    case_number: str
    received_on: date
    appellant: str
    title: str
    acceptance: str
    findings: str
    decision: str
    next_measures: str = ""
    answers: tuple[bool, ...] = ()
    items: tuple[OpinionItem, ...] = ()
    issuer: str
    inner_units: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    is_finished: bool = True
    contact: Spent | None = None
    verification: Spent | None = None


def opinion_checks(facts: OpinionFacts) -> tuple[OpinionCheck, ...]:
    """Return what agrees with the case, what is doubtful, and what keeps it from being signed."""
    found = [*_agreement(facts), _answers(facts), _issuer(facts), _measures(facts), _limits(facts)]
    return tuple(check for check in found if check is not None)


def may_be_signed(checks: tuple[OpinionCheck, ...]) -> bool:
    """Return whether nothing blocks the signature."""
    return all(check.verdict is not Verdict.BLOCKED for check in checks)


def _agreement(facts: OpinionFacts) -> list[OpinionCheck]:
    doubts = []
    if facts.appellant and facts.appellant not in facts.title:
        doubts.append(
            OpinionCheck(Verdict.DOUBT, "标题里没有诉求人姓名", f"案件里是 {facts.appellant}")
        )
    text = "\n".join((facts.title, facts.acceptance, facts.findings, facts.decision))
    kind = facts.case_number.partition("〔")[0]
    numbers = re.findall(rf"{re.escape(kind)}〔\d{{4}}〕\s*\d+\s*号", text)
    others = [number for number in numbers if number != facts.case_number]
    if others:
        doubts.append(
            OpinionCheck(Verdict.DOUBT, f"文中编号是 {others[0]}", f"本案是 {facts.case_number}")
        )
    said = _DAY.search(facts.acceptance)
    if said and tuple(map(int, said.groups())) != facts.received_on.timetuple()[:3]:
        day = facts.received_on
        doubts.append(
            OpinionCheck(
                Verdict.DOUBT,
                f"受理日期写的是 {said[0]}",
                f"案件里是 {day.year}年{day.month}月{day.day}日",
            )
        )
    return doubts or [OpinionCheck(Verdict.FINE, "姓名、编号、日期一致")]


def _answers(facts: OpinionFacts) -> OpinionCheck:
    if not facts.decision.strip():
        return OpinionCheck(Verdict.BLOCKED, "第三节没有处理意见", "请退回补上，再签")
    if facts.items:
        return _items(facts.items)
    count = len(facts.answers)
    missing = [
        at
        for at, answered in enumerate(facts.answers)
        if not answered or (count > 1 and not _is_marked(facts.decision, at))
    ]
    if missing:
        which = "、".join(f"第{_NUMERALS[at]}项" for at in missing if at < len(_NUMERALS))
        return OpinionCheck(Verdict.BLOCKED, f"{which}事项没有答复", "请退回补上，再签")
    return _all_answered(count)


def _items(items: tuple[OpinionItem, ...]) -> OpinionCheck:
    """Look at each answer of an opinion that is written matter by matter."""
    gaps = unanswered(items)
    if not gaps:
        return _all_answered(len(items))
    lacks = "没有办理结果" if gaps[0].lacks == "result" else "没有答复"
    others = f"，另有 {len(gaps) - 1} 项未答复" if len(gaps) > 1 else ""
    which = f"事项 {gaps[0].seq}“{heading_of(gaps[0].content)}”"
    return OpinionCheck(Verdict.BLOCKED, f"{which}{lacks}{others}", "请退回补上，再签")


def _all_answered(count: int) -> OpinionCheck:
    if count <= 1:
        return OpinionCheck(Verdict.FINE, "诉求事项已有答复")
    counted = _COUNTED[count] if count < len(_COUNTED) else str(count)
    return OpinionCheck(Verdict.FINE, f"{counted}项事项都有答复")


def _is_marked(decision: str, at: int) -> bool:
    """Whether an opinion on several matters has a paragraph for this one."""
    if at >= len(_NUMERALS):
        return True
    sign = _NUMERALS[at]
    return any(mark in decision for mark in (f"({sign})", f"（{sign}）", f"{sign}、"))


def _issuer(facts: OpinionFacts) -> OpinionCheck:
    if facts.issuer in facts.inner_units or not facts.issuer.endswith("街道办事处"):
        return OpinionCheck(
            Verdict.BLOCKED, f"落款是“{facts.issuer}”", "只能以街道办事处名义出具，请改抬头"
        )
    return OpinionCheck(Verdict.FINE, "落款为街道办事处", "未用内设机构")


def _measures(facts: OpinionFacts) -> OpinionCheck | None:
    said = facts.next_measures.strip()
    if not said:
        if facts.is_finished:
            return None
        return OpinionCheck(Verdict.DOUBT, "没有写后续措施", "可退回补上，也可照签")
    names_someone = any(name and name in said for name in facts.names)
    if not names_someone and not any(word in said for word in _NAMES_SOMEONE):
        return OpinionCheck(Verdict.DOUBT, "第四节没有写责任人", "可退回补上，也可照签")
    if not re.search(r"\d+\s*[月日]|\d+\s*个?工作日", said):
        return OpinionCheck(Verdict.DOUBT, "第四节没有写完成日期", "可退回补上，也可照签")
    return OpinionCheck(Verdict.FINE, "后续措施有责任人、有日期")


def _limits(facts: OpinionFacts) -> OpinionCheck | None:
    steps = [
        (name, spent)
        for name, spent in (("联系", facts.contact), ("核实", facts.verification))
        if spent is not None
    ]
    if not steps:
        return None
    text = "、".join(f"{name} {say_length(spent.used)}" for name, spent in steps)
    late = [f"{name}超 {say_length(spent.late)}" for name, spent in steps if spent.late]
    if late:
        return OpinionCheck(Verdict.DOUBT, text, "，".join(late))
    return OpinionCheck(Verdict.FINE, text, "都在时限内" if len(steps) > 1 else "在时限内")
