"""Opinions of meetings (意见征集): one meeting a line, its opinions to walk through."""

from functools import partial
from typing import Any

from desk.actions.gatherings import WithdrawOpinion
from desk.queries.gatherings import GatheringBoard, GatheringRow, OpinionRow, gathering_board
from desk.rules.gathering import counts_words
from desk.rules.proactive_codes import OpinionState
from desk.rules.wording import label
from desk.ui.keys import EarlyKey, LetterKey, ListsKey
from desk.ui.proactive.card import LinesCard
from desk.ui.proactive.gathering_panels import (
    AddPanel,
    AnswerPanel,
    CorrectPanel,
    GatherPanel,
    PassPanel,
    TurnPanel,
)
from desk.ui.proactive.section import ListSection
from desk.ui.proactive.steps import ProactiveHost
from desk.ui.screen import Screen
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.work_list import WorkRow


class GatheringSection(ListSection):
    """The meetings that the reader knows of."""

    def __init__(self, page: Screen, host: ProactiveHost, card: LinesCard) -> None:
        super().__init__(page, host, card)
        self._board, self._is_read = GatheringBoard(), False
        self._shown: int | None = None

    def view(self) -> str:
        """Return how many opinions wait for their answer."""
        if not self._is_read:
            return "意见征集"
        return f"意见征集 {self._board.counts.waiting}"

    def head(self) -> tuple[str, str]:
        """Return the figures of all meetings together."""
        counts = self._board.counts
        return "意见征集", f"{len(self._board.gatherings)} 次，{counts.every} 条"

    def empty(self) -> str:
        """Say how a meeting is taken down."""
        return "还没有意见征集。开完居民代表会议，按“登记一次征集”，一次录完带回的意见。"

    def load(self, then: int | None = None) -> None:
        """Read the meetings."""

        def came(board: GatheringBoard) -> None:
            self._board, self._is_read = board, True
            self.fresh.emit(then)

        self.desk.ask(gathering_board, owner=self, done=came)

    def rows(self) -> list[WorkRow]:
        """Return the lines."""
        return [_row(one) for one in self._board.gatherings]

    def show(self, key: int | None) -> None:
        """Show a meeting with its figures and opinions."""
        one = self._one(key)
        self._shown = key
        if one is None:
            self.lines_card.show_lines("意见征集", "", [("", self.empty())])
            return
        held = "　".join(
            filter(None, (f"{one.held_on:%Y-%m-%d}", label(one.kind), one.unit, one.place))
        )
        many = f"{one.attendees} 人到会" if one.attendees else ""
        opinion = self._opinion()
        parts = [
            ("会议", "　".join(filter(None, (held, many)))),
            ("统计", counts_words(one.counts)),
            *(_opinion_parts(opinion) if opinion is not None else ()),
        ]
        rows = [_opinion_row(line) for line in one.opinions]
        self.lines_card.show_lines(one.name, f"{one.counts.every} 条意见", parts, rows)
        self.offered.emit()

    def line_chosen(self) -> None:
        """Show all of the chosen opinion above the list."""
        if self._one(self._shown) is not None:
            self.show(self._shown)

    def items(self, key: int | None) -> list[ActionItem]:
        """Return what may be done with the opinion, then with the meeting."""
        one, opinion = self._one(key), self._opinion()
        items = self._of_opinion(opinion) if opinion is not None else []
        if self._board.may_gather:
            new = partial(self.open, GatherPanel, self._board)
            main = not any(item.is_main for item in items)
            items.append(ActionItem("登记一次征集", ListsKey.NEW, new, "add", is_main=main))
        if one is not None and one.may_keep:
            items.append(ActionItem("补录意见", "", partial(self.open, AddPanel, one), "add"))
            items.append(ActionItem("更正", "", partial(self.open, CorrectPanel, one), "edit"))
        return items

    def open_line(self, key: int | None) -> None:
        """Answer the chosen opinion, or open its case."""
        del key
        opinion = self._opinion()
        if opinion is not None and opinion.may_answer:
            self.open(AnswerPanel, opinion)
        elif opinion is not None and opinion.case is not None:
            self.page.case_wanted.emit(opinion.case)

    def _of_opinion(self, one: OpinionRow) -> list[ActionItem]:
        items = []
        if one.may_answer:
            answer = partial(self.open, AnswerPanel, one)
            items = [
                ActionItem("答复", LetterKey.NEXT, answer, "done", is_main=True),
                ActionItem("改由、改期", "", partial(self.open, PassPanel, one), "dispatch"),
                ActionItem("转诉求件", EarlyKey.TURN, partial(self.open, TurnPanel, one), "case"),
            ]
        if one.case is not None:
            case = partial(self.page.case_wanted.emit, one.case)
            items.append(ActionItem(f"打开 {one.case_number}", "", case, is_quiet=True))
        if one.may_withdraw:
            gone = partial(self._withdraw, one)
            items.append(ActionItem("录错撤下", "", gone, is_quiet=True))
        return items

    def _withdraw(self, one: OpinionRow) -> None:
        request = WithdrawOpinion(**self.desk.by_me(), opinion=one.id)
        self.act(request, f"第 {one.seq} 条已撤下，不再计数。")

    def done(self, changes: Any, said: str = "") -> None:
        """Name the case that came of an opinion."""
        number = changes.made.get("number")
        super().done(changes, said or (f"已转为诉求件 {number}。" if number else ""))

    def _one(self, key: int | None) -> GatheringRow | None:
        return next((one for one in self._board.gatherings if one.id == key), None)

    def _opinion(self) -> OpinionRow | None:
        one, here = self._one(self._shown), self.lines_card.cases.current_id()
        rows = one.opinions if one is not None else ()
        return next((line for line in rows if line.id == here), None)


def _row(one: GatheringRow) -> WorkRow:
    counts = one.counts
    waits = f"{counts.waiting} 条待答复" if counts.waiting else "都答复了"
    late = f"，{counts.late} 条超期" if counts.late else ""
    return WorkRow(
        one.id,
        one.name,
        tag=label(one.kind),
        corner=one.unit,
        note=f"{one.held_on:%Y-%m-%d}　{counts.every} 条，{waits}{late}",
    )


def _opinion_row(one: OpinionRow) -> WorkRow:
    who = f"（{one.said_by}）" if one.said_by else ""
    state = label(one.state)
    if one.state in {OpinionState.WAITING, OpinionState.LATE} and one.due_on is not None:
        state = f"{one.unit} {one.due_on:%m-%d} 前答复"
        state += "，已超期" if one.state is OpinionState.LATE else ""
    elif one.state is OpinionState.CASE and one.case_number:
        state = f"{state} {one.case_number}"
    text = one.text.replace("\n", " ")
    return WorkRow(one.id, f"{one.seq}　{text}{who}", left=state)


def _opinion_parts(one: OpinionRow) -> list[tuple[str, str]]:
    who = f"（{one.said_by}）" if one.said_by else ""
    answered = ""
    if one.answered_on is not None:
        answered = f"{one.answered_on:%Y-%m-%d} {one.answered_by}：{one.answer}"
    return [(f"第 {one.seq} 条", f"{one.text}{who}"), (label(one.state), answered)]
