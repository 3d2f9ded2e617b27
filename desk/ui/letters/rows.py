"""The lists of the page of letters, talks and honours (表扬与提醒的几张单子), as lines."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from desk.queries.honours import HonourBoard, HonourLine
from desk.queries.letters import LetterChoice, LetterLine
from desk.queries.talks import TalkBoard, TalkFile
from desk.rules.assessment_codes import LetterKind, LetterState, TalkDecision
from desk.rules.moments import say_moment
from desk.rules.wording import label
from desk.ui.work_list import WorkRow


def letter_row(one: LetterLine, now: datetime, today: date) -> WorkRow:
    """Return a letter as a line: to whom, what about, until when."""
    about = "、".join(label(problem) for problem in one.problems) or f"{one.cases} 件"
    return WorkRow(
        one.id,
        f"{one.unit}　{about}",
        tag=label(one.state),
        corner=one.number,
        note=_note(one, now, today),
    )


def _note(one: LetterLine, now: datetime, today: date) -> str:
    is_open = one.state in {LetterState.ISSUED, LetterState.DELIVERED}
    if one.due_on is None or one.kind is LetterKind.COMMENDATION or not is_open:
        return f"{say_moment(one.issued_at, seen_at=now)} 签发"
    late = (today - one.due_on).days
    words = f"已过 {late} 天" if late > 0 else f"还有 {-late} 天"
    return f"{one.due_on:%m-%d} 前整改，{words}"


def choice_rows(choices: Sequence[LetterChoice], marked: Collection[int]) -> list[WorkRow]:
    """Return the cases that a letter could be about, those that are marked as such."""
    return [
        WorkRow(
            one.case,
            one.summary,
            tag=f"已选 {one.seq:05}" if one.case in marked else f"{one.seq:05}",
            corner=one.unit,
            note=f"已写过 {one.written}" if one.written else "",
        )
        for one in choices
    ]


def talk_rows(board: TalkBoard) -> list[WorkRow]:
    """Return whom the rule names, then what is still open, then what is done."""
    rows: list[WorkRow] = []
    if board.named:
        rows.append(WorkRow(None, f"{board.month} 按规则提名", note=f"{len(board.named)} 个单位"))
        rows += [_talk_row(one) for one in board.named]
    for words, wanted in (("还没有办完", True), ("办完的", False)):
        found = [one for one in board.talks if one.waits is wanted]
        if found:
            rows.append(WorkRow(None, words, note=str(len(found))))
            rows += [_talk_row(one) for one in found]
    return rows


def talk_state(one: TalkFile) -> str:
    """Say where a talk stands."""
    if one.decision is None:
        return "待决定"
    if one.decision is TalkDecision.HELD and one.promised:
        if one.kept_on is not None:
            return "承诺已落实"
        return "承诺已过期" if one.is_late else "承诺待落实"
    return "待约谈" if one.decision is TalkDecision.TALK else label(one.decision)


def _talk_row(one: TalkFile) -> WorkRow:
    note = f"{one.due_on:%m-%d} 前落实" if one.due_on and one.kept_on is None else one.number
    return WorkRow(
        one.id, f"{one.unit}　{one.why}", tag=talk_state(one), corner=one.month, note=note
    )


def honour_rows(board: HonourBoard) -> list[WorkRow]:
    """Return who was named, then the units with their figures."""
    rows: list[WorkRow] = []
    if board.names:
        rows.append(WorkRow(None, f"{board.year} 年的提名", note=str(len(board.names))))
        rows += [_honour_row(one) for one in board.names]
    if board.figures:
        rows.append(WorkRow(None, "各单位全年数字", note="可提名先进办件集体"))
        rows += [
            WorkRow(one.id, one.unit, tag="全年数字", note=one.figures.partition("，")[0])
            for one in board.figures
        ]
    return rows


def honour_state(one: HonourLine) -> str:
    """Say where a name stands."""
    if one.withdrawn_at is not None:
        return "已撤回"
    return "已授予" if one.is_given else "待决定"


def _honour_row(one: HonourLine) -> WorkRow:
    who = f"{one.unit} {one.person}" if one.person else one.unit
    return WorkRow(
        one.id, f"{who}　{one.reason}", tag=honour_state(one), corner=label(one.kind),
        note=f"{one.named_by}提名",
    )  # fmt: skip
