"""Honours of a year (年度荣誉): units beside their figures, names that people put forward."""

from functools import partial
from typing import Any

from desk.actions.honours import GiveHonour, IssueHonourList
from desk.queries.honours import HonourBoard, HonourLine, UnitYear, honour_board
from desk.rules.moments import day_of, say_moment
from desk.rules.wording import label
from desk.ui.keys import CaseKey, GlobalKey, LetterKey, ListKey
from desk.ui.letters.honour_panels import HonourPlan, NamePanel, WithdrawPanel
from desk.ui.letters.rows import honour_rows, honour_state
from desk.ui.preview import open_preview
from desk.ui.screen import Screen
from desk.ui.sections.card import ReadingCard
from desk.ui.sections.section import Section
from desk.ui.sections.step_panel import StepHost
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.work_list import WorkRow

_RULE = "个人只由人提名，程序不算分、不排名。"


class HonourSection(Section):
    """The names of one year."""

    follows = False

    def __init__(self, page: Screen, host: StepHost, card: ReadingCard) -> None:
        super().__init__(page, host, card)
        self._board, self._is_read = HonourBoard(), False
        self._year = day_of(self.desk.now()).year

    def view(self) -> str:
        """Return how many names wait for a decision."""
        if not self._is_read:
            return "年度荣誉"
        still = sum(not one.is_given and one.withdrawn_at is None for one in self._board.names)
        return f"年度荣誉 {still}"

    def head(self) -> tuple[str, str]:
        """Return the year."""
        return f"{self._year} 年度荣誉", f"{len(self._board.names)} 个提名"

    def empty(self) -> str:
        """Say how somebody is named."""
        return f"{self._year} 年还没有提名。按“提名”写谁、为什么。{_RULE}"

    def load(self, then: int | None = None) -> None:
        """Read the names of the year, and the units' figures."""

        def came(board: HonourBoard) -> None:
            self._board, self._is_read = board, True
            self.fresh.emit(then)

        query = partial(honour_board, year=self._year)
        self.desk.ask(query, owner=self, done=came)

    def rows(self) -> list[WorkRow]:
        """Return the lines."""
        return honour_rows(self._board)

    def show(self, key: int | None) -> None:
        """Show a name with its reason, or a unit with its year."""
        one = self._one(key)
        if one is None:
            self.card.show_parts("年度荣誉", "", [("", self.empty())])
        elif isinstance(one, UnitYear):
            note = f"{self._year} 年"
            self.card.show_parts(one.unit, note, [("全年数字", one.figures), ("", _RULE)])
        else:
            self._show_name(one)
        self.offered.emit()

    def items(self, key: int | None) -> list[ActionItem]:
        """Return giving and taking back, naming, another year, the list on paper."""
        one, items = self._one(key), []
        if isinstance(one, HonourLine) and self._board.may_steer and one.withdrawn_at is None:
            if not one.is_given:
                give = partial(self._give, one)
                items.append(ActionItem("授予", LetterKey.NEXT, give, "done", is_main=True))
            withdraw = partial(self.open, WithdrawPanel, one)
            items.append(ActionItem("撤回提名", "", withdraw, "close"))
        unit = one if isinstance(one, UnitYear) else None
        name = partial(self.open, NamePanel, HonourPlan(self._board, unit))
        words = f"提名 {unit.unit}" if unit is not None else "提名"
        items.append(ActionItem(words, CaseKey.LETTER, name, "add", is_main=not items))
        items.append(ActionItem("上一年", ListKey.PAGE_BACK, partial(self._turn, -1)))
        if self._year < day_of(self.desk.now()).year:
            items.append(ActionItem("下一年", ListKey.PAGE_ON, partial(self._turn, 1)))
        if any(one.is_given and one.withdrawn_at is None for one in self._board.names):
            items.append(ActionItem("打印名单", GlobalKey.PAPER_PREVIEW, self._print, "print"))
        return items

    def _turn(self, years: int) -> None:
        self._year += years
        self._board = HonourBoard(self._year)
        self.load()

    def _give(self, one: HonourLine) -> None:
        request = GiveHonour(**self.desk.by_me(), honour=one.id)
        self.act(request, f"已授予 {one.unit}{one.person} {label(one.kind)}。")

    def _print(self) -> None:
        def issued(changes: Any) -> None:
            self.page.said.emit(f"{changes.title}。")
            open_preview(self.desk, changes.made["paper"], self.page)

        request = IssueHonourList(**self.desk.by_me(), year=self._year)
        self.desk.act(request, owner=self, done=issued, failed=self.refused)

    def _show_name(self, one: HonourLine) -> None:
        at = say_moment(one.named_at, seen_at=self.desk.now())
        gone = f"{one.withdrawn_by}撤回：{one.withdraw_note}" if one.withdrawn_at else ""
        parts = [
            ("荣誉", label(one.kind)),
            ("姓名", one.person),
            ("理由", one.reason),
            ("提名", f"{at} {one.named_by}"),
            ("授予", one.given_by),
            ("撤回", gone),
        ]
        self.card.show_parts(one.unit, honour_state(one), parts)

    def _one(self, key: int | None) -> HonourLine | UnitYear | None:
        every: tuple[HonourLine | UnitYear, ...] = (*self._board.names, *self._board.figures)
        return next((one for one in every if one.id == key), None)
