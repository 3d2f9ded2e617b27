"""The three lists on the page of grids: grids, evaluations of a month, the hall's own lists."""

from functools import partial
from typing import Any

from desk.actions.grid_papers import IssueGridCards
from desk.queries.grid_evaluations import EvaluationLine, evaluations
from desk.queries.grids import (
    GridBoard,
    GridCase,
    GridFinding,
    GridLine,
    cases_of_grid,
    findings_of_grid,
    grid_board,
)
from desk.rules.codes import UnitKind
from desk.rules.deeds import Deed
from desk.rules.grid_codes import GridListKind
from desk.rules.moments import day_of
from desk.rules.rights import may_in_hall
from desk.rules.wording import label
from desk.ui.grids.panels import (
    AddPostPanel,
    ChangePostPanel,
    EvaluatePanel,
    GridPlan,
    ListPanel,
    ListPlan,
    SignsPanel,
)
from desk.ui.grids.words import (
    ONLY_TWO,
    case_rows,
    duty_words,
    evaluation_parts,
    evaluation_rows,
    grid_parts,
    grid_rows,
    item_words,
    month_before,
    points,
)
from desk.ui.keys import GridKey, ListKey
from desk.ui.preview import open_preview
from desk.ui.screen import Screen
from desk.ui.sections.card import ReadingCard
from desk.ui.sections.section import Section
from desk.ui.sections.step_panel import StepHost
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.work_list import WorkRow


class GridSection(Section):
    """Communities and grids with their people, households and open work."""

    def __init__(self, page: Screen, host: StepHost, card: ReadingCard) -> None:
        super().__init__(page, host, card)
        self.board = GridBoard()
        self._shown: int | None = None
        self.findings: tuple[GridFinding, ...] = ()

    def view(self) -> str:
        """Return the label of the view."""
        return "网格"

    def head(self) -> tuple[str, str]:
        """Return how many grids there are."""
        grids = sum(1 for line in self.board.lines if line.unit.kind is UnitKind.GRID)
        return "社区和网格", f"{grids} 个网格"

    def empty(self) -> str:
        """Say where grids come from."""
        return "还没有社区和网格。请管理员在“管理—单位”里加上，这里就能登记人员。"

    def load(self, then: int | None = None) -> None:
        """Read the grids anew."""

        def came(board: GridBoard) -> None:
            self.board = board
            self.fresh.emit(then)

        self.desk.ask(grid_board, owner=self, done=came)

    def rows(self) -> list[WorkRow]:
        """Return the lines."""
        return grid_rows(self.board.lines)

    def show(self, key: int | None) -> None:
        """Show a grid, then the cases and findings behind its numbers."""
        line = self._line(key)
        if line is None:
            self.card.show_parts("网格", "", [("", self.empty())])
            return
        work = f"在办诉求 {line.open_cases} 件，未诉先办 {line.findings} 条"
        self.card.show_parts(line.unit.name, work, grid_parts(line))
        self._shown = line.id
        self.desk.ask(
            partial(cases_of_grid, unit=line.id), owner=self, done=partial(self._on_cases, line.id)
        )

    def items(self, key: int | None) -> list[ActionItem]:
        """Return registering, changing, cards and signs."""
        line = self._line(key)
        if line is None or not line.may_keep:
            return []
        plan = GridPlan(line, self.board)
        items = [
            ActionItem(
                "登记人员", GridKey.ADD, partial(self.open, AddPostPanel, plan), "add", is_main=True
            )
        ]
        if line.posts:
            change = partial(self.open, ChangePostPanel, plan)
            items.append(ActionItem("更改、离岗", GridKey.WRITE, change, "edit"))
        items.append(ActionItem("公示卡", GridKey.CARDS, partial(self._print, line), "print"))
        signs = partial(self.open, SignsPanel, plan)
        items.append(ActionItem("连心牌", GridKey.SIGNS, signs, "print"))
        return items

    def done(self, changes: Any, said: str = "") -> None:
        """Say what was done; what is to be printed is shown."""
        self.page.said.emit(said or f"{changes.title}。")
        if "paper" in changes.made:
            open_preview(self.desk, changes.made["paper"], self.page)
        self.load()

    def _print(self, line: GridLine) -> None:
        self.act(IssueGridCards(**self.desk.by_me(), unit=line.id), "")

    def _on_cases(self, unit: int, cases: tuple[GridCase, ...]) -> None:
        def came(findings: tuple[GridFinding, ...]) -> None:
            if self._shown == unit:
                self.findings = findings
                rows = case_rows(cases, findings)
                self.card.cases.set_rows(rows)
                self.card.cases.setVisible(bool(rows))

        self.desk.ask(partial(findings_of_grid, unit=unit), owner=self, done=came)

    def _line(self, key: int | None) -> GridLine | None:
        return next((line for line in self.board.lines if line.id == key), None)


class EvaluationSection(Section):
    """One's own month; for a secretary those of his community."""

    def __init__(self, page: Screen, host: StepHost, card: ReadingCard) -> None:
        super().__init__(page, host, card)
        self._lines: tuple[EvaluationLine, ...] = ()
        self._month = f"{day_of(self.desk.now()):%Y-%m}"

    def view(self) -> str:
        """Return the label of the view."""
        return "月度评价"

    def head(self) -> tuple[str, str]:
        """Return the month."""
        open_ = sum(line.may_write and not points(line) for line in self._lines)
        return f"{self._month} 月度评价", f"{open_} 人待评" if open_ else ""

    def empty(self) -> str:
        """Say who sees what here."""
        return f"{self._month} 没有您能看的评价。{ONLY_TWO}社区书记由信联办登记。"

    def load(self, then: int | None = None) -> None:
        """Read the month anew."""

        def came(lines: tuple[EvaluationLine, ...]) -> None:
            self._lines = lines
            self.fresh.emit(then)

        self.desk.ask(partial(evaluations, month=self._month), owner=self, done=came)

    def rows(self) -> list[WorkRow]:
        """Return the lines."""
        return evaluation_rows(self._lines)

    def show(self, key: int | None) -> None:
        """Show somebody's month."""
        line = self._line(key)
        if line is None:
            self.card.show_parts("月度评价", self._month, [("", self.empty())])
            return
        whose = f"{line.unit} {line.title} {line.name}"
        self.card.show_parts(whose, line.month, evaluation_parts(line))

    def items(self, key: int | None) -> list[ActionItem]:
        """Return judging, and other months."""
        line, items = self._line(key), []
        if line is not None and line.may_write:
            words = "更正评价" if line.scores else "评这个月"
            write = partial(self.open, EvaluatePanel, line)
            items.append(ActionItem(words, GridKey.WRITE, write, "edit", is_main=True))
        items.append(ActionItem("上个月", ListKey.PAGE_BACK, partial(self._turn, -1)))
        if self._month < f"{day_of(self.desk.now()):%Y-%m}":
            items.append(ActionItem("下个月", ListKey.PAGE_ON, partial(self._turn, 1)))
        return items

    def _turn(self, months: int) -> None:
        self._month = month_before(self._month, months)
        self._lines = ()
        self.load()

    def _line(self, key: int | None) -> EvaluationLine | None:
        return next((line for line in self._lines if line.id == key), None)


class ListSection(Section):
    """The duties and what a month is judged by; 信联办 writes them."""

    def __init__(self, page: Screen, host: StepHost, card: ReadingCard) -> None:
        super().__init__(page, host, card)
        self._board = GridBoard()

    def view(self) -> str:
        """Return the label of the view."""
        return "职责、项目"

    def head(self) -> tuple[str, str]:
        """Return what the lists are."""
        return "本厅的清单", "建议内容，可以改"

    def empty(self) -> str:
        """Say nothing: there are always two lists."""
        return ""

    def load(self, then: int | None = None) -> None:
        """Read the lists anew."""

        def came(board: GridBoard) -> None:
            self._board = board
            self.fresh.emit(then)

        self.desk.ask(grid_board, owner=self, done=came)

    def rows(self) -> list[WorkRow]:
        """Return the two lists."""
        counts = (len(self._board.duties), len(self._board.items))
        return [
            WorkRow(at, label(kind), left=f"{count} 项")
            for at, (kind, count) in enumerate(zip(GridListKind, counts, strict=True), start=1)
        ]

    def show(self, key: int | None) -> None:
        """Show a list."""
        if key == 1:
            note = "＊ 印在公示卡和连心牌上"
            self.card.show_parts("网格职责", note, duty_words(self._board.duties))
        else:
            words = [("", item_words(self._board.items)), ("", ONLY_TWO)]
            self.card.show_parts("月度评价项目", "", words)

    def items(self, key: int | None) -> list[ActionItem]:
        """Return editing, for those who keep the lists."""
        if key is None or not may_in_hall(Deed.KEEP_GRID_LISTS, self.desk.person):
            return []
        plan = ListPlan(list(GridListKind)[key - 1], self._board)
        write = partial(self.open, ListPanel, plan)
        return [ActionItem("改清单", GridKey.WRITE, write, "edit", is_main=True)]
