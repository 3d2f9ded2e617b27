"""What is asked of a database when it is measured at scale: each board, page and figure."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.queries.ahead_figures import ahead_figures
from desk.queries.board_columns import whole_board
from desk.queries.bulletin_draft import bulletin_draft
from desk.queries.case_board import BoardFilter, BoardRow, board_counts, board_page
from desk.queries.case_file import case_file
from desk.queries.clock_reminders import own_limits
from desk.queries.desk_today import counter_day, handler_day
from desk.queries.dispatch_day import dispatch_day
from desk.queries.overview import leader_day, met_lately
from desk.queries.person_page import Asked, likely_visitor, person_page
from desk.queries.place_page import place_page
from desk.queries.rate_figures import period_report
from desk.queries.rate_trial import rate_trial
from desk.queries.repeat_probe import AskedRepeat
from desk.queries.repeats import repeat_candidates, text_frequencies
from desk.queries.search import find
from desk.queries.silence import silent_cases
from desk.queries.statistics_charts import statistics_charts
from desk.queries.statistics_page import statistics_page
from desk.rules.assessment_codes import BulletinKind
from desk.rules.lifecycle import OPEN, STAGES
from desk.rules.moments import day_of
from desk.rules.rate_groups import GroupBy
from desk.rules.rate_rules import SEED, plain_rules
from desk.store.database import Database, Reader
from desk.store.engine import make_engine
from desk.store.models import Case, PrivateFacts

Ask = Callable[[Reader], object]
CLERK, DISPATCHER, HANDLER, LEADER = "1001", "1004", "1007", "1013"
CHIEF = "1014"
BOARDS = ((CLERK, "窗口"), (DISPATCHER, "分拨"), (HANDLER, "承办"), (LEADER, "领导"))
_STAGES = tuple(statuses for _, statuses in STAGES)
_SILENT = 3  # days without a move
_SEVEN, _NINE = 7, 9  # digits of a number that is still being typed


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the table: what is asked, by whom, about something else each time."""

    name: str
    login: str
    asks: Sequence[Ask]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One case that a question is about."""

    id: int
    phone: str
    name: str
    place: int | None
    category: int
    details: str


@dataclass(frozen=True, slots=True)
class Sample:
    """Cases drawn from all years, and how many there are."""

    cases: int
    drawn: tuple[Drawn, ...]
    today: date


def sample_of(url: str, count: int, today: date) -> Sample:
    """Draw cases evenly over the days of a database; `url` is that of whoever maintains it."""
    draw = random.Random(1)
    engine = make_engine(url)
    with Session(engine) as session:
        many, first, last = session.execute(
            select(func.count(Case.id), func.min(Case.received_at), func.max(Case.received_at))
        ).one()
        street = session.scalar(
            select(Case.street_id).group_by(Case.street_id).order_by(func.count().desc()).limit(1)
        )
        columns = (Case.place_id, Case.category_id, Case.details)
        query = (
            select(Case.id, PrivateFacts.phone, PrivateFacts.name, *columns)
            .join(PrivateFacts, PrivateFacts.case_id == Case.id)
            .where(Case.street_id == street, Case.hides_appellant.is_(False))
            .order_by(Case.received_at)
            .limit(1)
        )
        rows = [
            session.execute(
                query.where(Case.received_at >= first + draw.random() * (last - first))
            ).first()
            for _ in range(count)
        ]
    engine.dispose()
    drawn = (Drawn(row[0], row[1] or "", row[2] or "", *row[3:]) for row in rows if row)
    return Sample(many, tuple(drawn), today)


def questions(sample: Sample, known: Database) -> Iterator[Question]:
    """Yield every line of the table.

    Args:
        known: the database as the clerk sees it, to learn once how rare words are, as a desk does.
    """
    yield from _boards(sample)
    yield from _cases(sample)
    yield from _found(sample, known)
    yield from _figures(sample)


def _boards(sample: Sample) -> Iterator[Question]:
    again = len(sample.drawn)
    for login, who in BOARDS:
        yield Question(f"看板·首屏和全部计数 {who}", login, [_whole] * again)
        yield Question(f"看板·一页（首页） {who}", login, [_first_page] * again)
        yield Question(f"看板·计数 {who}", login, [_counts] * again)
        yield Question(f"看板·下一页 {who}", login, [_NextPage()] * again)
    for login, name, ask in (
        (CLERK, "工作台 窗口", counter_day),
        (DISPATCHER, "工作台 分拨", dispatch_day),
        (HANDLER, "工作台 承办", handler_day),
        (LEADER, "工作台 领导", leader_day),
    ):
        yield Question(name, login, [ask] * again)
    yield Question("到期提醒 承办", HANDLER, [own_limits] * again)
    yield Question("到期提醒 领导", LEADER, [own_limits] * again)


def _cases(sample: Sample) -> Iterator[Question]:
    files = [partial(case_file, case_id=one.id) for one in sample.drawn]
    yield Question("案件卷", DISPATCHER, files)
    whole = [one for one in sample.drawn if one.phone]
    yield Question(
        "来访人·打到第 7 位", CLERK,
        [partial(likely_visitor, phone=one.phone[:_SEVEN]) for one in whole],
    )  # fmt: skip
    yield Question(
        "来访人·打到第 9 位", CLERK,
        [partial(likely_visitor, phone=one.phone[:_NINE]) for one in whole],
    )  # fmt: skip
    people = [partial(person_page, about=Asked(phone=one.phone)) for one in whole]
    yield Question("一人一档", CLERK, people)
    places = [
        partial(place_page, place=one.place, category=one.category)
        for one in sample.drawn
        if one.place is not None
    ]
    yield Question("一地一档", DISPATCHER, places)


def _found(sample: Sample, known: Database) -> Iterator[Question]:
    draw = random.Random(2)
    two, four = ([_piece(draw, one.details, n) for one in sample.drawn] for n in (2, 4))
    tails = [one.phone[-4:] for one in sample.drawn if one.phone]
    for name, words in (("两个字", two), ("四个字", four), ("电话后四位", tails)):
        yield Question(f"检索·{name}", LEADER, [partial(find, text=word) for word in words])
    usual = known.read(text_frequencies)
    yield Question(
        "重复件·边打边找", CLERK,
        [partial(repeat_candidates, sought=_written(one), known=usual) for one in sample.drawn],
    )  # fmt: skip


def _figures(sample: Sample) -> Iterator[Question]:
    last = sample.today.replace(day=1) - timedelta(days=1)
    month, year = (last.replace(day=1), last), (sample.today - timedelta(days=364), sample.today)
    again = max(5, len(sample.drawn) // 10)
    yield Question("三率·一个月", LEADER, [partial(_rates, period=month)] * again)
    yield Question("三率·一年", LEADER, [partial(_rates, period=year)] * again)
    yield Question("见面率·30 天", LEADER, [met_lately] * again)
    yield from _assessment(month, year, again)


def _assessment(
    month: tuple[date, date], year: tuple[date, date], again: int
) -> Iterator[Question]:
    """Yield what 统计, 督办 and 通报 read; their pages are opened seldom, and asked seldom."""
    for name, period in (("一个月", month), ("一年", year)):
        page = partial(statistics_page, first=period[0], last=period[1], by=GroupBy.UNIT)
        charts = partial(statistics_charts, first=period[0], last=period[1], by=GroupBy.COMMUNITY)
        yield Question(f"统计页·{name}，按单位", LEADER, [page] * again)
        yield Question(f"统计图·{name}，按社区", LEADER, [charts] * again)
    trial = partial(rate_trial, month=month[0], value=plain_rules(SEED))
    yield Question("改考核规则·一个月新旧对照", CHIEF, [trial] * again)
    yield Question("三天没有动静的件", LEADER, [partial(silent_cases, days=_SILENT)] * again)
    for kind, name in ((BulletinKind.DAILY, "日"), (BulletinKind.MONTHLY, "月")):
        draft = partial(bulletin_draft, kind=kind, on=month[1])
        yield Question(f"{name}通报·起草", LEADER, [draft] * again)
    yield Question("未诉先办和吹哨·一年", LEADER, [partial(_ahead, period=year)] * again)


def _whole(reader: Reader) -> object:
    return whole_board(reader, BoardFilter(), _STAGES)


def _first_page(reader: Reader) -> object:
    return board_page(reader, BoardFilter(statuses=OPEN))


def _counts(reader: Reader) -> object:
    return board_counts(reader, BoardFilter())


class _NextPage:
    """Goes on below the last line of the page before, from the top again at the end."""

    def __init__(self) -> None:
        self._after: BoardRow | None = None

    def __call__(self, reader: Reader) -> object:
        """Read the page below."""
        page = board_page(reader, BoardFilter(statuses=OPEN), after=self._after)
        self._after = page[-1] if page else None
        return page


def _rates(reader: Reader, period: tuple[date, date]) -> object:
    first, last = period
    return period_report(reader, first, last)


def _ahead(reader: Reader, period: tuple[date, date]) -> object:
    first, last = period
    return ahead_figures(reader, first, last)


def _piece(draw: random.Random, text: str, length: int) -> str:
    start = draw.randrange(max(1, len(text) - length + 1))
    return text[start : start + length]


def _written(one: Drawn) -> AskedRepeat:
    return AskedRepeat(
        phone=one.phone, name=one.name, place=one.place, category=one.category, text=one.details
    )


def today_of(database: Database) -> date:
    """Return the day that the database goes by."""
    return day_of(database.now())
