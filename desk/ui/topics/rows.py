"""The lists of the page of topics (专题的几张单子), as lines."""

from datetime import datetime

from desk.queries.clusters import TopicBoard
from desk.queries.topics import TopicRow
from desk.rules.moments import say_moment
from desk.rules.topics import TopicState
from desk.ui.work_list import WorkRow

PROPOSED, OPEN, CLOSED, ASIDE = 0, 1, 2, 3


def rows_of(board: TopicBoard, view: int, now: datetime) -> list[WorkRow]:
    """Return the lines of one list; proposals are counted through, the rest have their ids."""
    if view == PROPOSED:
        return [WorkRow(at, one.name, left=one.reason) for at, one in enumerate(board.proposals)]
    if view == ASIDE:
        return [
            WorkRow(
                one.id, one.name, left=f"{say_moment(one.at, seen_at=now)} {one.who}：{one.reason}"
            )
            for one in board.aside
        ]
    wanted = TopicState.OPEN if view == OPEN else TopicState.CLOSED
    return [
        WorkRow(one.id, one.name, left=_words(one, say_moment(one.opened_at, seen_at=now)))
        for one in board.topics
        if one.state is wanted
    ]


def _words(one: TopicRow, opened: str) -> str:
    lead = f"{one.lead}牵头" if one.lead else "还没有定牵头单位"
    return f"{one.cases} 件　{opened} 开　{lead}"
