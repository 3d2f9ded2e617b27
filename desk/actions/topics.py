"""Topics (专题): opened from a proposal or by hand, cases put in and taken out, closed, reopened.

Everything can be taken back, and a case's own history says when it came into a topic and when it
left. Sources: DOMAIN.md 002-25, 001-12, 6.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken, StaleCase
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.rules.topics import NOT_IN_TOPICS, TopicState, may_be_in_topic
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Case, Category, ClusterDismissal, Place, Topic, TopicCase, Unit
from desk.store.requests import CaseRequest, Changes, Request, action
from desk.store.topic_sight import topic_seen_by
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTopic(Request):
    """Handle many cases as one thing (开专题).

    Attributes:
        cases: those on the same side; opposite: those that ask for the contrary.
        place, category, word: what the proposal was found by; the topic goes on collecting by it.
        lead: who answers for it; may be said later.
    """

    name: str = words("专题名称", longest=60)
    cases: tuple[int, ...]
    opposite: tuple[int, ...] = ()
    place: int | None = None
    category: int | None = None
    word: str = words("字词", longest=40, default="")
    lead: int | None = None
    note: str = words("专题说明", Field.BODY, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTopic(Request):
    """Correct a topic's name, who leads it, and what is said about it (更改专题)."""

    topic: int
    seen: int
    name: str = words("专题名称", longest=60)
    lead: int | None = None
    note: str = words("专题说明", Field.BODY, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTopic(Request):
    """Say that a topic is done, and how it ended (结专题)."""

    topic: int
    seen: int
    note: str = words("怎么解决的", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenTopic(Request):
    """Go on with a topic that was closed (恢复专题)."""

    topic: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddToTopic(Request):
    """Put cases into a topic (列入专题); those that are in it already stay as they are."""

    topic: int
    cases: tuple[int, ...]
    opposite: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinTopic(CaseRequest):
    """Put one case into a topic, from its own file (列入专题)."""

    topic: int
    is_opposite: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveTopic(CaseRequest):
    """Take one case out of a topic (移出专题); it can be put back."""

    topic: int
    note: str = words("移出的理由", longest=200, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissCluster(Request):
    """Say that a proposal is no topic, and why (不是类案); it is remembered."""

    place: int | None = None
    category: int | None = None
    word: str = words("字词", longest=40, default="")
    reason: str = words("为什么不是类案", longest=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreCluster(Request):
    """Propose again what was set aside (恢复提示)."""

    dismissal: int


@action(OpenTopic, "topic.opened")
def open_topic(tx: Transaction, request: OpenTopic) -> Changes:
    """Open a topic with its cases.

    Raises:
        RuleBroken: it has no name or no case, a topic about this place and category is open, or a
            case may not be in a topic.
    """
    require_hall(Deed.KEEP_TOPICS, tx.person)
    if not request.cases:
        raise RuleBroken("专题里至少要有一件诉求，请先选。", field="cases")
    _require_parts(tx, request)
    if request.place is not None and request.category is not None:
        _require_new(tx, request.place, request.category)
    topic = Topic(
        id=new_id(),
        street_id=tx.street_id,
        name=_named(request.name),
        place_id=request.place,
        category_id=request.category,
        word=request.word or None,
        lead_unit_id=request.lead,
        state=TopicState.OPEN,
        note=request.note or None,
        opened_by=tx.person.staff_id,
        opened_at=request.happened_at,
        changed_at=tx.now,
        version=1,
    )
    tx.add(topic)
    added = _put_in(tx, topic, request.cases, request.opposite)
    return Changes(f"列入新开的专题：{topic.name}", cases=added, made={"topic": topic.id})


@action(ChangeTopic, "topic.changed")
def change_topic(tx: Transaction, request: ChangeTopic) -> Changes:
    """Correct what is said about a topic.

    Raises:
        StaleCase: somebody changed it meanwhile.
        RuleBroken: it has no name, or the unit is none of the street.
    """
    topic = _changing(tx, request.topic, request.seen)
    if request.lead is not None:
        tx.own(Unit, request.lead, "请从列表里选一个牵头单位。", field="lead")
    topic.name = _named(request.name)
    topic.lead_unit_id = request.lead
    topic.note = request.note or None
    lead = f"，{unit_name(tx.session, request.lead, tx.today)}牵头" if request.lead else ""
    return Changes(f"更改专题：{topic.name}{lead}", made={"topic": topic.id})


@action(CloseTopic, "topic.closed")
def close_topic(tx: Transaction, request: CloseTopic) -> Changes:
    """Close a topic with a word on how it ended.

    Raises:
        StaleCase: somebody changed it meanwhile.
        RuleBroken: it is closed already, or it is not said how it ended.
    """
    topic = _changing(tx, request.topic, request.seen)
    if topic.state is TopicState.CLOSED:
        raise RuleBroken("这个专题已经结了。要接着办，请先恢复。")
    if not request.note.strip():
        raise RuleBroken("请写明这个专题是怎么解决的。", field="note")
    topic.state = TopicState.CLOSED
    topic.closed_by, topic.closed_at = tx.person.staff_id, request.happened_at
    topic.closing_note = request.note
    return Changes(f"结专题：{topic.name}", made={"topic": topic.id}, detail=request.note)


@action(ReopenTopic, "topic.reopened")
def reopen_topic(tx: Transaction, request: ReopenTopic) -> Changes:
    """Go on with a topic; what was said when it was closed stays in the log.

    Raises:
        StaleCase: somebody changed it meanwhile.
        RuleBroken: it is open.
    """
    topic = _changing(tx, request.topic, request.seen)
    if topic.state is TopicState.OPEN:
        raise RuleBroken("这个专题正在办，不用恢复。请刷新后再看。")
    topic.state = TopicState.OPEN
    topic.closed_by = topic.closed_at = topic.closing_note = None
    return Changes(f"恢复专题：{topic.name}", made={"topic": topic.id})


@action(AddToTopic, "topic.joined")
def add_to_topic(tx: Transaction, request: AddToTopic) -> Changes:
    """Put cases into a topic.

    Raises:
        RuleBroken: the topic is closed, or a case may not be in one.
    """
    require_hall(Deed.KEEP_TOPICS, tx.person)
    topic = _open(tx, request.topic)
    added = _put_in(tx, topic, request.cases, request.opposite)
    return Changes(f"列入专题：{topic.name}", cases=added, made={"topic": topic.id})


@action(JoinTopic, "topic.joined")
def join_topic(tx: Transaction, request: JoinTopic) -> Changes:
    """Put one case into a topic.

    Raises:
        RuleBroken: the topic is closed, the case is in it already, or may not be in one.
    """
    tx.look_at(request.case, Deed.JOIN_TOPIC)
    topic = _open(tx, request.topic)
    opposite = (request.case,) if request.is_opposite else ()
    cases = () if request.is_opposite else (request.case,)
    if not _put_in(tx, topic, cases, opposite):
        raise RuleBroken("此件已在这个专题里。", field="topic")
    side = "（诉求相反，不算同一方）" if request.is_opposite else ""
    return Changes(f"列入专题：{topic.name}{side}", cases=(request.case,), made={"topic": topic.id})


@action(LeaveTopic, "topic.left")
def leave_topic(tx: Transaction, request: LeaveTopic) -> Changes:
    """Take one case out of a topic.

    Raises:
        RuleBroken: it is not in it.
    """
    case = tx.open_case(request.case, None, Deed.JOIN_TOPIC)
    topic = known_topic(tx, request.topic)
    row = tx.session.scalar(
        select(TopicCase).where(
            TopicCase.topic_id == topic.id,
            TopicCase.case_id == case.id,
            TopicCase.removed_at.is_(None),
        )
    )
    if row is None:
        raise RuleBroken("此件不在这个专题里，请刷新后再看。", field="topic")
    tx.watch(row)
    row.removed_by, row.removed_at = tx.person.staff_id, request.happened_at
    row.removal_note = request.note or None
    return Changes(
        f"移出专题：{topic.name}",
        cases=(case.id,),
        made={"topic": topic.id},
        detail=request.note,
    )


@action(DismissCluster, "topic.dismissed")
def dismiss_cluster(tx: Transaction, request: DismissCluster) -> Changes:
    """Remember that a proposal is no topic; it comes back only when as many people come anew.

    Raises:
        RuleBroken: it names nothing, or no reason.
    """
    require_hall(Deed.KEEP_TOPICS, tx.person)
    if request.category is None and not request.word:
        raise RuleBroken("请先选一条类案提示。")
    if not request.reason.strip():
        raise RuleBroken("请写明为什么不是类案，下一位看得到。", field="reason")
    about = _require_parts(tx, request)
    row = ClusterDismissal(
        id=new_id(),
        street_id=tx.street_id,
        place_id=request.place,
        category_id=request.category,
        word=request.word or None,
        reason=request.reason,
        dismissed_by=tx.person.staff_id,
        dismissed_at=request.happened_at,
    )
    tx.add(row)
    return Changes(f"不是类案：{about}", made={"dismissal": row.id}, detail=request.reason)


@action(RestoreCluster, "topic.restored")
def restore_cluster(tx: Transaction, request: RestoreCluster) -> Changes:
    """Let a proposal come again.

    Raises:
        RuleBroken: it is not there, or comes again already.
    """
    require_hall(Deed.KEEP_TOPICS, tx.person)
    row = tx.own(ClusterDismissal, request.dismissal, "找不到这条提示，请刷新后再试。")
    if row.withdrawn_at is not None:
        raise RuleBroken("这条提示已经恢复了。")
    tx.watch(row)
    row.withdrawn_by, row.withdrawn_at = tx.person.staff_id, request.happened_at
    return Changes("恢复类案提示", made={"dismissal": row.id})


def _named(name: str) -> str:
    if not name.strip():
        raise RuleBroken("请给专题起个名字。", field="name")
    return name.strip()


def _require_parts(tx: Transaction, request: OpenTopic | DismissCluster) -> str:
    """Return what a request is about in words; raise RuleBroken unless all of it is ours."""
    found = []
    if request.place is not None:
        found.append(tx.own(Place, request.place, "请从列表里选一个地点。").name)
    if request.category is not None:
        found.append(tx.own(Category, request.category, "请从列表里选一个类别。").name)
    if isinstance(request, OpenTopic) and request.lead is not None:
        tx.own(Unit, request.lead, "请从列表里选一个牵头单位。", field="lead")
    return " ".join(filter(None, [*found, request.word]))


def _require_new(tx: Transaction, place: int, category: int) -> None:
    """Raise RuleBroken if such a topic is open: two desks may press the key at once."""
    name = tx.session.scalar(
        select(Topic.name).where(
            Topic.street_id == tx.street_id,
            Topic.state == TopicState.OPEN,
            Topic.place_id == place,
            Topic.category_id == category,
        )
    )
    if name is not None:
        raise RuleBroken(f"已有在办的专题“{name}”，请把这些件列入它。", field="name")


def _changing(tx: Transaction, topic_id: int, seen: int) -> Topic:
    require_hall(Deed.KEEP_TOPICS, tx.person)
    topic = known_topic(tx, topic_id)
    if topic.version != seen:
        raise StaleCase("这个专题刚被更新。您写的内容还在，请看过最新情况后再存。")
    tx.watch(topic)
    topic.version += 1
    topic.changed_at = tx.now
    return topic


def known_topic(tx: Transaction, topic_id: int) -> Topic:
    """Return a topic that the asker may know of; the same sentence whether it is there or not."""
    topic = tx.session.scalar(
        select(Topic).where(Topic.id == topic_id, topic_seen_by(tx.person)).with_for_update()
    )
    if topic is None:
        raise RuleBroken("找不到这个专题，请刷新后再试。", field="topic")
    return topic


def _open(tx: Transaction, topic_id: int) -> Topic:
    topic = known_topic(tx, topic_id)
    if topic.state is TopicState.CLOSED:
        raise RuleBroken("这个专题已经结了。要接着列入，请先恢复专题。", field="topic")
    return topic


def _put_in(
    tx: Transaction, topic: Topic, cases: Sequence[int], opposite: Sequence[int]
) -> tuple[int, ...]:
    """Put those in that are not there yet; return which."""
    there: ColumnElement[bool] = TopicCase.removed_at.is_(None)
    known = set(
        tx.session.scalars(select(TopicCase.case_id).where(TopicCase.topic_id == topic.id, there))
    )
    # in the order of their ids, so that two desks lock them in the same order
    wanted = sorted({*cases, *opposite} - known)
    for case_id in wanted:
        case = tx.open_case(case_id, None, Deed.JOIN_TOPIC)
        _require_open(case)
        tx.session.add(
            TopicCase(
                id=new_id(),
                street_id=tx.street_id,
                topic_id=topic.id,
                case_id=case.id,
                is_opposite=case_id in opposite,
                added_by=tx.person.staff_id,
                added_at=tx.now,
            )
        )
    return tuple(wanted)


def _require_open(case: Case) -> None:
    if not may_be_in_topic(is_secret=case.is_secret, purpose=case.purpose):
        raise RuleBroken(NOT_IN_TOPICS, field="cases")
