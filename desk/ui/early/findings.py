"""Findings by where they stand (处置中、待复看、已化解): the line to type, the list, one."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions.early_actions import FindingFacts, RecordFindings, RestoreFinding
from desk.queries.early_actions import EarlyBoard, FindingFile, early_board, finding_file
from desk.queries.visits import EarlyChoices, early_choices
from desk.rules.deeds import Deed
from desk.rules.early_action_codes import EarlyActionState
from desk.rules.early_actions import CONCERN_HINTS
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.moments import say_moment
from desk.rules.rights import may_in_hall
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.early.line import FindingLine
from desk.ui.early.panels import (
    ChangePanel,
    EarlyHost,
    FindingPanel,
    LinkPanel,
    RecheckPanel,
    ResolvePanel,
    TurnPanel,
    VoidPanel,
)
from desk.ui.early.rows import finding_row
from desk.ui.early.whistle_panel import WhistlePanel
from desk.ui.keys import ActionKey, CaseKey, EarlyKey, GlobalKey, ListKey
from desk.ui.queue_page import queue_card
from desk.ui.sections.card import ReadingCard
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.cards import SectionHead
from desk.ui.work_list import WorkList

S = EarlyActionState
_NEXT: dict[EarlyActionState, type[FindingPanel]] = {
    S.OPEN: ResolvePanel,
    S.RESOLVED: RecheckPanel,
    S.CONFIRMED: RecheckPanel,
}
_EMPTY = {
    S.OPEN: "没有在处置的。在上面写一句看到了什么，按 Enter 就登记。",
    S.RESOLVED: "没有等着复看的。记了化解的，到日子会排在这里。",
    S.CONFIRMED: "还没有复看确认的。",
    S.VOID: "没有作废的。",
}


class FindingsPane(QWidget):
    """The line on top, below it the list, the finding and the panel of its next step.

    Signals:
        said: a sentence for the status line.
        fresh: the lists were read; carries nothing.
        offered: what may be done has changed.
        case_wanted: open this case.
        whistle_wanted: show this whistle.
    """

    said = Signal(str)
    fresh = Signal()
    offered = Signal()
    case_wanted = Signal(object)
    whistle_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.may_record = may_in_hall(Deed.RECORD_FINDING, desk.person)
        self.board = EarlyBoard()
        self.state = S.OPEN
        self.file: FindingFile | None = None
        self._is_saving = False
        self._build()
        self._connect()

    def load(self, then: int | None = None) -> None:
        """Read the lists; choose a line afterwards."""
        self._desk.ask(early_board, owner=self, done=partial(self._on_board, then=then))

    def load_choices(self) -> None:
        """Read what the line offers."""
        if self.may_record:
            self._desk.ask(early_choices, owner=self, done=self._on_choices)

    def show_state(self, state: EarlyActionState) -> None:
        """Show another list."""
        self.state = state
        self.host.close_panel()
        self._show(None)

    def begin(self) -> None:
        """Put the keyboard where the clerk types next."""
        (self.line.situation if self.may_record else self.list).setFocus()

    def act(self) -> None:
        """Open the panel of the next step of the chosen finding."""
        file = self.file
        if file is None or not file.may_treat or file.state not in _NEXT:
            return
        self.host.open(_NEXT[file.state], file)

    def items(self) -> list[ActionItem]:
        """Return what may be done with the chosen finding."""
        file, items = self.file, list[ActionItem]()
        if file is None or file.id != self.list.current_id():
            return items
        if file.may_treat:
            items += self._steps(file)
        if file.case_id is not None:
            opens, words = partial(self.case_wanted.emit, file.case_id), f"打开 {file.case_number}"
            items.append(ActionItem(words, GlobalKey.OPEN_FILE, opens, is_quiet=True))
        if file.whistle_id is not None and file.whistle:
            opens = partial(self.whistle_wanted.emit, file.whistle_id)
            items.append(ActionItem(f"打开 {file.whistle}", "", opens, is_quiet=True))
        return items

    def _steps(self, file: FindingFile) -> list[ActionItem]:
        if file.state is S.VOID:
            restore = partial(self._restore, file)
            key = GlobalKey.FINISH  # no panel is open here that would want it
            return [ActionItem("恢复这一条", key, restore, "restore", is_main=True)]
        words = {S.OPEN: "记化解", S.RESOLVED: "复看", S.CONFIRMED: "再复看"}[file.state]
        is_next = self.host.panel is None
        items = [
            ActionItem(
                words,
                ListKey.OPEN,
                self.act,
                "done",
                is_main=is_next,
                spoken=f"{words}，列表里按 Enter",
                is_bound=False,
            ),
            self._opens("更改、交办", EarlyKey.CHANGE, ChangePanel, "edit"),
        ]
        if file.case_id is None and file.may_register:
            items.append(self._opens("转诉求件", EarlyKey.TURN, TurnPanel, "intake"))
        if file.whistle_id is None and file.may_whistle:
            items.append(self._opens("吹哨", ActionKey.WHISTLE, WhistlePanel, "bell"))
        items.append(self._opens("关联专题", CaseKey.TOPIC, LinkPanel, "link"))
        if file.state is S.OPEN and file.case_id is None and file.whistle_id is None:
            items.append(self._opens("作废", "", VoidPanel, "remove"))
        return items

    def _opens(self, words: str, key: str, kind: type[FindingPanel], icon: str) -> ActionItem:
        return ActionItem(words, key, partial(self._open, kind), icon)

    def _open(self, kind: type[FindingPanel]) -> None:
        if self.file is not None:
            self.host.open(kind, self.file)

    def _build(self) -> None:
        sizes = tokens().sizes
        self.line = FindingLine(self._desk)
        self.head = SectionHead("处置中")
        self.list = WorkList("未诉先办", self._desk.now, tall=True)
        self.card = ReadingCard(self._desk.now)
        self.host = EarlyHost(self._desk)
        row = QHBoxLayout()
        row.setSpacing(sizes.gutter)
        for part, share in (
            (queue_card(self.head, self.list), 36),
            (self.card, 40),
            (self.host, 40),
        ):
            row.addWidget(part, share)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
        whole.setSpacing(sizes.gutter)
        whole.addWidget(self.line)
        self.line.setVisible(self.may_record)  # now it has a parent; else it were a window
        whole.addLayout(row, 1)

    def _connect(self) -> None:
        self.line.entered.connect(self._record)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.act())
        self.list.passed.connect(self.list.go_on)
        self.host.done.connect(self._on_done)
        self.host.opened.connect(lambda _panel: self.offered.emit())

    def _record(self, facts: FindingFacts) -> None:
        if self._is_saving:
            return
        self._is_saving = True

        def done(changes: Any) -> None:
            self._is_saving = False
            self.said.emit(f"{changes.title}，接着写下一条。")
            self.line.begin_next()
            self.load()

        def failed(error: DeskError) -> None:
            self._is_saving = False
            self.line.say(error.field if isinstance(error, RuleBroken) else None, str(error))

        request = RecordFindings(**self._desk.by_me(), findings=(facts,))
        self._desk.act(request, owner=self, done=done, failed=failed)

    def _restore(self, file: FindingFile) -> None:
        request = RestoreFinding(**self._desk.by_me(), finding=file.id, seen=file.version)
        self._desk.act(
            request,
            owner=self,
            done=lambda changes: self._on_done(None, changes),
            failed=lambda error: self.said.emit(str(error)),
        )

    def _on_done(self, _panel: object, changes: Any) -> None:
        self.said.emit(f"{changes.title}，已记下。")
        self.load(changes.made.get("early_action"))
        self.list.setFocus()

    def _on_choices(self, offered: EarlyChoices) -> None:
        self.line.take_choices(offered)

    def _on_board(self, board: EarlyBoard, then: int | None) -> None:
        self.board = board
        self._show(then)
        self.fresh.emit()

    def _show(self, then: int | None) -> None:
        rows, now = self.board.of(self.state), self._desk.now()
        self.head.set_text(label(self.state))
        shown, count = len(rows), self.board.count(self.state)
        self.head.set_note(f"{count} 条" if shown == count else f"{count} 条，先列 {shown} 条")
        before = self.list.current_id()
        self.list.set_rows([finding_row(row, now) for row in rows])
        if then is not None:
            self.list.choose(then)
        if not rows:
            self.file = None
            self.card.show_parts(label(self.state), "", [("", _EMPTY[self.state])])
        elif before == self.list.current_id():
            self._on_chosen(before)
        self.offered.emit()

    def _on_chosen(self, row: int | None) -> None:
        self.host.close_panel()
        if row is not None:
            self._desk.ask(partial(finding_file, finding_id=row), owner=self, done=self._show_file)
        self.offered.emit()

    def _show_file(self, file: FindingFile | None) -> None:
        if file is None or file.id != self.list.current_id():
            return
        self.file = file
        self.card.show_parts(file.number, label(file.state), parts_of(file, self._desk))
        self.offered.emit()


def parts_of(file: FindingFile, desk: Desk) -> list[tuple[str, str]]:
    """Return what there is to read of a finding: who found, did and saw what, when."""
    now = desk.now()

    def at(moment: Any) -> str:
        return say_moment(moment, seen_at=now) if moment is not None else ""

    where = "　".join(part for part in (file.community, file.grid, file.address) if part)
    found = "　".join((label(file.way), at(file.found_at), file.found_by))
    hint = f"{label(file.concern)}：{CONCERN_HINTS[file.concern]}" if file.concern else ""
    due = f"，{file.recheck_on:%Y-%m-%d} 复看" if file.recheck_on else ""
    solved = f"{at(file.resolved_at)} {file.resolved_by}{due}" if file.resolved_at else ""
    looked = f"{at(file.rechecked_at)} {file.rechecked_by}　{file.recheck_note}"
    topic = f"专题“{file.topic}”" if file.topic else ""
    whistle = f"吹哨 {file.whistle}" if file.whistle else ""
    turned = "　".join(part for part in (file.case_number, whistle, topic) if part)
    return [
        ("情况", file.situation),
        ("四种情况", hint),
        ("地点", where),
        ("类别、处置单位", f"{file.category}　{file.unit}"),
        ("发现", found),
        ("处置措施", file.measure),
        ("化解", solved),
        ("复看", looked if file.rechecked_at else ""),
        ("转出", turned),
        ("备注", file.note),
        ("作废理由", file.void_reason),
        ("登记", f"{at(file.recorded_at)} {file.recorded_by}"),
        ("台账编号", file.outside_number),
    ]
