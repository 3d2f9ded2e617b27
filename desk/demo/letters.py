"""Letters, talks and honours of the fictional street (表扬书、提醒函、约谈、年度荣誉)."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from desk.actions.honours import GiveHonour, NameHonour
from desk.actions.letters import AnswerLetter, DeliverLetter, IssueLetter
from desk.actions.talks import DecideTalk, RecordTalk
from desk.demo.index import StreetIndex
from desk.queries.letters import LetterChoice, letter_choices, letter_draft
from desk.rules.assessment_codes import HonourKind, LetterKind, ReminderProblem, TalkDecision
from desk.rules.codes import Role
from desk.rules.moments import day_of
from desk.store.database import Database

_PRAISED, _REMINDED = 3, 2  # cases in one letter
_RECIPIENT = "赵强"
_MEASURES = (
    "已约谈两名经办人；每天下班前由负责人清点当天到期的件；夜间报修另排一人值守。三件均已回访。"
)
_MINUTES = (
    "宋清通报上月数字和两件双否的经过。单位说明：两名持证电工离岗，报修集中在晚上，物业不到场；"
    "已与供电公司约定晚间联络人。"
)
_PROMISED = "一、补齐两名电工；二、超期件每天下班前报分管领导；三、双否件由负责人亲自上门。"
_DEED = "连夜协调供电抢修，为独居老人拉好临时照明，一直守到天亮。"


def live_letters(database: Database, street: StreetIndex) -> None:
    """Let the office praise one unit and remind two, talk with one, and name two for the year."""
    letters = [
        _issue(database, street, LetterKind.COMMENDATION, 0),
        _issue(database, street, LetterKind.REMINDER, 0),
        _issue(database, street, LetterKind.REMINDER, 1),
    ]
    made = [one for one in letters if one is not None]
    for letter in made[:-1]:
        database.carry_out(
            DeliverLetter(
                **_by(database, street, Role.DISPATCHER),
                letter=letter,
                to=_RECIPIENT,
                at=database.now(),
            )
        )
    for letter in made[1:2]:
        database.carry_out(
            AnswerLetter(
                **_by(database, street, Role.HANDLER),
                letter=letter,
                measures=_MEASURES,
                responsible=_RECIPIENT,
                done_on=day_of(database.now()),
            )
        )
    for request in _talk_and_honours(database, street):
        database.carry_out(request)


def _issue(database: Database, street: StreetIndex, kind: LetterKind, at: int) -> int | None:
    """Issue a letter to the unit that has the most cases for one, or the next after it."""
    offered = database.read(partial(letter_choices, kind=kind))
    units = [unit for unit, _count in Counter(one.unit_id for one in offered).most_common()]
    if at >= len(units):
        return None
    most = _PRAISED if kind is LetterKind.COMMENDATION else _REMINDED
    chosen: list[LetterChoice] = [one for one in offered if one.unit_id == units[at]][:most]
    cases = tuple(one.case for one in chosen)
    draft = database.read(partial(letter_draft, kind=kind, cases=cases, unit=units[at]))
    is_reminder = kind is LetterKind.REMINDER
    changes = database.carry_out(
        IssueLetter(
            **_by(database, street, Role.DISPATCHER),
            kind=kind,
            unit=units[at],
            cases=cases,
            facts=draft.facts,
            problems=(draft.problems or (ReminderProblem.FALSE_ANSWER,)) if is_reminder else (),
            due_on=draft.due_on if is_reminder else None,
        )
    )
    letter: int = changes.made["letter"]
    return letter


def _talk_and_honours(database: Database, street: StreetIndex) -> Iterator[Any]:
    now, inspector = database.now(), _by(database, street, Role.INSPECTOR)
    unit = street.units["城建办"]
    month = f"{day_of(now).replace(day=1) - timedelta(days=1):%Y-%m}"
    decided = database.carry_out(
        DecideTalk(
            **inspector,
            unit=unit,
            month=month,
            decision=TalkDecision.TALK,
            why="上月 64 件，9 个单位中排第 8",
            figures="受理 64 件，有评价 51 件，响应率 93.75%，解决率 71.88%，满意率 74.06%",
        )
    )
    yield RecordTalk(
        **inspector,
        talk=decided.made["talk"],
        held_at=now,
        place="街道三楼会议室",
        talked_by="宋清",
        attended="宋清、周雅琴；城建办张伟、赵强",
        minutes=_MINUTES,
        promised=_PROMISED,
        due_on=day_of(now) + timedelta(days=10),
    )
    facts: dict[str, Any] = {"year": day_of(now).year, "unit": unit}
    named = database.carry_out(
        NameHonour(
            **_by(database, street, Role.CHIEF),
            **facts,
            kind=HonourKind.PERSON,
            person="张伟",
            reason=_DEED,
        )
    )
    yield GiveHonour(**_by(database, street, Role.CHIEF), honour=named.made["honour"])
    community = street.units["书院社区"]
    yield NameHonour(
        **_by(database, street, Role.LEADER),
        year=day_of(now).year,
        unit=community,
        kind=HonourKind.UNIT,
        reason="全年没有超期件，群众来了当天有回音，两次被居民送来感谢信。",
    )


def _by(database: Database, street: StreetIndex, role: Role) -> dict[str, Any]:
    return {"made_by": street.by_role[role][0].id, "happened_at": database.now()}
