"""Talks (约谈): whom the rule names, what people decided, what is still open."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from desk.queries.talks import TalkBoard, TalkFile, last_month, month_days, talk_board
from desk.rules.assessment_codes import TalkDecision
from desk.rules.moments import day_of, say_moment
from desk.rules.wording import label
from desk.ui.keys import CaseKey, LetterKey, ListKey
from desk.ui.letters.rows import talk_rows, talk_state
from desk.ui.letters.talk_panels import DecidePanel, KeptPanel, ProposePanel, RecordPanel
from desk.ui.screen import Screen
from desk.ui.sections.card import ReadingCard
from desk.ui.sections.section import Section
from desk.ui.sections.step_panel import StepHost
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.work_list import WorkRow


@dataclass(frozen=True, slots=True)
class TalkPlan:
    """A unit that somebody puts forward himself."""

    board: TalkBoard
    id: int = 0
    version: int = 0


class TalkSection(Section):
    """Talks of this and earlier months."""

    follows = False

    def __init__(self, page: Screen, host: StepHost, card: ReadingCard) -> None:
        super().__init__(page, host, card)
        self._board, self._is_read = TalkBoard(), False
        self._month: str | None = None  # the last whole one, until somebody turns back

    def view(self) -> str:
        """Return how many wait for somebody."""
        if not self._is_read:
            return "约谈"
        open_ones = sum(one.waits for one in self._board.talks)
        return f"约谈 {len(self._board.named) + open_ones}"

    def head(self) -> tuple[str, str]:
        """Return the rule by which units are named."""
        board = self._board
        return "约谈", f"{board.month} 按规则提名（{board.rule}）" if board.rule else ""

    def empty(self) -> str:
        """Say when a unit is named, and that somebody may put one forward himself."""
        if not self._board.may_steer:
            return "没有与本单位的约谈。"
        return (
            f"{self._board.month} 没有按规则提名的单位（{self._board.rule}；排名关闭时不提名）。"
            "要约谈哪个单位，请按“另提名”。"
        )

    def load(self, then: int | None = None) -> None:
        """Read whom the rule names, and all talks."""

        def came(board: TalkBoard) -> None:
            self._board, self._is_read = board, True
            self.fresh.emit(then)

        self.desk.ask(partial(talk_board, month=self._month), owner=self, done=came)

    def rows(self) -> list[WorkRow]:
        """Return the lines."""
        return talk_rows(self._board)

    def show(self, key: int | None) -> None:
        """Show a unit, why it is named, and what became of it."""
        one = self._one(key)
        if one is None:
            self.card.show_parts("约谈", "", [("", self.empty())])
            return
        now = self.desk.now()
        decided = ""
        if one.decision is not None and one.decided_at is not None:
            at = say_moment(one.decided_at, seen_at=now)
            word = "约谈" if one.decision is TalkDecision.HELD else label(one.decision)
            decided = f"{at} {one.decided_by}：{word}" + (f"，{one.reason}" if one.reason else "")
        held = say_moment(one.held_at, seen_at=now) if one.held_at else ""
        parts = [
            ("事由", one.why),
            ("当月数字", one.figures),
            ("决定", decided),
            ("时间、地点", "　".join(filter(None, (held, one.place)))),
            ("约谈人", one.talked_by),
            ("参加人员", one.attended),
            ("约谈内容", one.minutes),
            ("整改承诺", one.promised),
            ("落实期限", f"{one.due_on:%Y-%m-%d}" if one.due_on else ""),
            ("落实情况", f"{one.kept_on:%Y-%m-%d} {one.kept_note}" if one.kept_on else ""),
        ]
        self.card.show_parts(f"{one.unit}　{one.month}", talk_state(one), parts)
        self.offered.emit()

    def items(self, key: int | None) -> list[ActionItem]:
        """Return the next step, the paper, and putting forward another unit."""
        one, items = self._one(key), []
        if one is not None and self._board.may_steer:
            items += self._steps(one)
        if one is not None and one.paper_id is not None:
            items.append(self.preview(one.paper_id))
        if self._board.may_steer:
            propose = partial(self.open, ProposePanel, TalkPlan(self._board))
            items.append(ActionItem("另提名", CaseKey.LETTER, propose, "add"))
            items.append(ActionItem("上个月", ListKey.PAGE_BACK, partial(self._turn, -1)))
            if self._board.month < last_month(day_of(self.desk.now())):
                items.append(ActionItem("下个月", ListKey.PAGE_ON, partial(self._turn, 1)))
        return items

    def _turn(self, months: int) -> None:
        """Show whom the figures of another month name."""
        first, last = month_days(self._board.month)
        beside = first - timedelta(days=1) if months < 0 else last + timedelta(days=1)
        self._month = f"{beside:%Y-%m}"
        self.load()

    def _steps(self, one: TalkFile) -> list[ActionItem]:
        record, decide = partial(self.open, RecordPanel, one), partial(self.open, DecidePanel, one)
        if one.decision is TalkDecision.TALK:
            return [
                ActionItem("约谈记录", LetterKey.NEXT, record, "talk", is_main=True),
                ActionItem("改决定", "", decide, "edit"),
            ]
        if one.decision is TalkDecision.HELD:
            keep = partial(self.open, KeptPanel, one)
            fix = ActionItem("补正记录", "", record, "edit")
            if one.promised and one.kept_on is None:
                main = ActionItem("承诺落实", LetterKey.NEXT, keep, "done", is_main=True)
                return [main, fix]
            return [fix]
        words = "决定约谈" if one.decision is None else "改为约谈"
        return [ActionItem(words, LetterKey.NEXT, decide, "sign", is_main=True)]

    def _one(self, key: int | None) -> TalkFile | None:
        every = (*self._board.named, *self._board.talks)
        return next((one for one in every if one.id == key), None)
