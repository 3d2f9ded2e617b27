"""Bulletins of the fictional street (通报): of the last month and week, a picture, the tasks."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from desk.actions.bulletins import IssueBulletin, KeepDayPicture
from desk.actions.review_tasks import AddReviewTask, ReportReviewTask
from desk.demo.index import StreetIndex
from desk.queries.bulletin_draft import bulletin_draft
from desk.queries.day_picture import day_picture
from desk.rules.assessment_codes import BulletinKind
from desk.rules.codes import Role
from desk.rules.moments import day_of
from desk.store.database import Database

_TASKS = (  # text, unit, days until it is due
    ("逐栋排查老楼的楼道线路，列出更换计划，没有物业的由社区代报。", "城建办", 12),
    ("夜间噪声集中的三处路段，会同社区定人定时巡查，一周一报。", "综合行政执法队", -2),
    ("把上月不满意的件逐件重访一遍，当面说明办到哪一步。", "书院社区", 5),
)
_DONE = "11 件全部重访，8 件当面认可，3 件转入二次办理。"
_SINCE_REVIEW = 14


def live_bulletins(database: Database, street: StreetIndex) -> None:
    """Let the review set its tasks, and the office issue what is due."""
    by: dict[str, Any] = {
        "made_by": street.by_role[Role.DISPATCHER][0].id,
        "happened_at": database.now(),
    }
    today = day_of(database.now())
    tasks = [
        database.carry_out(
            AddReviewTask(
                **by,
                text=text,
                unit=street.units[unit],
                decided_on=today - timedelta(days=_SINCE_REVIEW),
                due_on=today + timedelta(days=days),
            )
        )
        for text, unit, days in _TASKS
    ]
    database.carry_out(ReportReviewTask(**by, task=tasks[-1].made["task"], note=_DONE))
    yesterday = today - timedelta(days=1)
    picture = database.read(partial(day_picture, day=yesterday)).plain()
    database.carry_out(KeepDayPicture(**by, day=yesterday, picture=picture))
    for kind, on in (
        (BulletinKind.MONTHLY, today.replace(day=1) - timedelta(days=1)),
        (BulletinKind.WEEKLY, today - timedelta(days=today.weekday() + 1)),
    ):
        _issue(database, by, kind, on)


def _issue(database: Database, by: dict[str, Any], kind: BulletinKind, on: date) -> None:
    draft = database.read(partial(bulletin_draft, kind=kind, on=on))
    database.carry_out(
        IssueBulletin(
            **by,
            figures=draft.facts,
            sections=tuple(draft.sentences),
            texts=tuple("\n".join(lines) for lines in draft.sentences.values()),
        )
    )
