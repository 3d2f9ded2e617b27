"""What lies on the leaders' desk of the fictional street (一把手工作台、考评规则)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desk.actions.assessing import AskAssessment, DecideAssessment
from desk.actions.bonus_points import GivePoints, WithdrawPoints
from desk.actions.followup import RecordFollowUp
from desk.actions.leader_desk import MarkKeyCase
from desk.actions.rate_rules import SetRateRules
from desk.demo.index import StreetIndex
from desk.demo.waiting import handler_of, head_of
from desk.rules.assessment_codes import ExclusionReason, RequestKind
from desk.rules.codes import (
    CaseStatus,
    Discontent,
    NextStep,
    Resolution,
    Role,
    Satisfaction,
)
from desk.rules.moments import day_of
from desk.rules.rate_rules import SEED, plain_rules
from desk.store.database import Database
from desk.store.models import Case

_KEY = (
    "涉及 3 栋楼 200 多户用水，街道领导已现场看过。",
    "区里专题会要求月底前答复。",
    "独居老人多，入冬前必须办完。",
)
# why, what shows it, and how many desks have signed
_REQUESTS = (
    (ExclusionReason.ELSEWHERE, "界桩照片和产权证显示事发地在邻街道，已当面说明并移交。", 4),
    (ExclusionReason.IN_COURT, "双方已向区法院起诉，受理通知书在附件，诉求人知情。", 2),
    (ExclusionReason.HISTORY, "2009 年遗留的产权问题，已报区挂账，批复在附件。", 2),
    (ExclusionReason.BEYOND_POLICY, "已按政策全额补偿，诉求人要求另给车位，无政策依据。", 1),
    (ExclusionReason.POLICY, "加装电梯须全体业主同意，现有两户书面反对。", 1),
)
# what the unit says, who has the last word, and what it is
_APPEALS = (
    (
        "回访时诉求人把两件事说混了，已再次上门，本人写明这一件满意。",
        Role.DISPATCHER,
        True,
        "已复核。",
    ),
    ("诉求人电话里改口说满意，没有书面材料。", Role.LEADER, False, "没有材料，维持原评价。"),
)
_POINTS = (
    (0, 20, "早市专题办成一类事", "市中心通报第 7 期"),
    (1, -50, "退回两次后仍未按时签收", "街道督办单第 12 号"),
    (2, 10, "主动走访发现隐患", "街道周例会纪要第 41 期"),
)


def live_leading(database: Database, street: StreetIndex) -> None:
    """Give the leaders something in each of the six queues, and the hall rules for next year."""
    _mark(database, street)
    _rate_badly(database, street)
    _appeal(database, street)
    _ask(database, street)
    _give_points(database, street)
    _plan_rules(database, street)


def _some(database: Database, count: int, *conditions: ColumnElement[bool]) -> list[Any]:
    with Session(database.engine) as session:
        return list(
            session.execute(
                select(Case.id, Case.lead_unit_id, Case.handler_id)
                .where(
                    Case.is_secret.is_(False),
                    Case.accused_unit_id.is_(None),
                    Case.accused_staff_id.is_(None),
                    *conditions,
                )
                .order_by(Case.seq.desc())
                .limit(count)
            )
        )


def _mark(database: Database, street: StreetIndex) -> None:
    chief = street.by_role[Role.CHIEF][0].id
    at_work = Case.status.in_([CaseStatus.HANDLING, CaseStatus.FOLLOW_UP])
    for case, reason in zip(_some(database, len(_KEY), at_work), _KEY, strict=False):
        database.carry_out(MarkKeyCase(**head_of(database, case, chief), reason=reason))


def _rate_badly(database: Database, street: StreetIndex) -> None:
    """Let two appellants say today that nothing is solved; one case is handled again."""
    caller = street.by_role[Role.FOLLOW_UP][0].id
    waiting = Case.status == CaseStatus.FOLLOW_UP
    found = _some(database, 2, waiting, Case.key_reason.is_(None), Case.round_no == 1)
    for case, step in zip(found, (NextStep.AGAIN, NextStep.CLOSE), strict=False):
        database.carry_out(
            RecordFollowUp(
                **head_of(database, case, caller),
                is_reached=True,
                was_contacted=True,
                resolution=Resolution.NO,
                satisfaction=Satisfaction.DISSATISFIED,
                discontent=Discontent.NOT_SOLVED,
                suggestion="说只来看过一次，后来没有人再来。",
                next_step=step,
                over_reason="诉求人要求今天回话",
            )
        )


def _ask(database: Database, street: StreetIndex) -> None:
    """Let units ask to leave cases out; some requests have come as far as the chief."""
    bad = Case.satisfaction == Satisfaction.DISSATISFIED
    closed = Case.status.in_([CaseStatus.CLOSED, CaseStatus.ARCHIVED])
    found = _some(database, len(_REQUESTS), bad, closed, Case.counts_in_rates.is_(True))
    roles = (Role.LEADER, Role.CHIEF, Role.DISPATCHER)
    for case, (reason, facts, signed) in zip(found, _REQUESTS, strict=False):
        database.carry_out(
            AskAssessment(
                **head_of(database, case, handler_of(street, case)),
                kind=RequestKind.EXCLUDE,
                reasons=(reason,),
                facts=facts,
                head_name="部门负责人已签",
            )
        )
        for role in roles[: signed - 1]:
            head = head_of(database, case, street.by_role[role][0].id)
            database.carry_out(DecideAssessment(**head, is_passed=True, note="情况属实，同意。"))


def _appeal(database: Database, street: StreetIndex) -> None:
    """Let units appeal against two bad ratings: one counts anew, one stays (差评申诉)."""
    bad = Case.satisfaction == Satisfaction.DISSATISFIED
    closed = Case.status.in_([CaseStatus.CLOSED, CaseStatus.ARCHIVED])
    found = _some(database, len(_APPEALS), bad, closed, Case.counts_in_rates.is_(True))
    for case, (facts, role, is_passed, note) in zip(found, _APPEALS, strict=False):
        database.carry_out(
            AskAssessment(
                **head_of(database, case, handler_of(street, case)),
                kind=RequestKind.RATE_AGAIN,
                facts=facts,
                was_contacted=True,
                resolution=Resolution.YES,
                satisfaction=Satisfaction.SATISFIED,
                head_name="部门负责人已签",
            )
        )
        for desk in (Role.LEADER, Role.DISPATCHER):
            head = head_of(database, case, street.by_role[desk][0].id)
            is_last = desk is role
            passes, words = is_passed or not is_last, note if is_last else "同意。"
            database.carry_out(DecideAssessment(**head, is_passed=passes, note=words))
            if is_last:
                break


def _give_points(database: Database, street: StreetIndex) -> None:
    now, chief = database.now(), street.by_role[Role.CHIEF][0].id
    me: dict[str, Any] = {"made_by": chief, "happened_at": now}
    month = (day_of(now).replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    units = sorted(street.handler_of)
    made = [
        database.carry_out(
            GivePoints(
                **me,
                unit=units[at % len(units)],
                month=month,
                hundredths=points,
                reason=reason,
                evidence=evidence,
                approved_by=chief,
            )
        ).made["points"]
        for at, points, reason, evidence in _POINTS
    ]
    database.carry_out(WithdrawPoints(**me, points=made[-1], note="与上月重复，撤销。"))


def _plan_rules(database: Database, street: StreetIndex) -> None:
    """Set rules from next January on; the months until then keep theirs."""
    now = database.now()
    starts = day_of(now).replace(month=1, day=1, year=day_of(now).year + 1)
    rules = replace(SEED, name=f"{starts.year} 年度", valid_from=starts, fairly=Decimal("0.8"))
    made_by = street.by_role[Role.DISPATCHER][0].id
    database.carry_out(SetRateRules(made_by=made_by, happened_at=now, value=plain_rules(rules)))
