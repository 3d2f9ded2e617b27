"""The chain checked (留痕链核对): against the database's, this desk's and the paper's anchors."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.actions.chain import ExplainChain
from desk.exchange.anchor_file import AnchorFile, check_by_heads, check_line_by_line
from desk.queries.chain_health import ChainReport, ChainState
from desk.rules.anchors import NEXT_STEP, Anchor, read_anchor, say_anchor
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.rights import may_in_hall
from desk.settings import data_folder
from desk.ui.desk import Desk, Query
from desk.ui.long_work import LongPlan, WorkDoor
from desk.ui.scroll_column import scrolled, side_column
from desk.ui.theme import say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState

_HOW = "照早报最下面一行输入，如 第 120 条 1a2b-3c4d-5e6f-7a8b"
_WAITING = "正在逐条核对，记录多时要一两分钟，别的事可以照做。"
_WHOLE = "留痕链完整"
_BROKEN = "留痕链不一致"


_CHECK = LongPlan(
    "逐条核对留痕", "chain", said=lambda _report: "", stopped="可以随时重新核对。", unit="条"
)


def anchors_of(desk: Desk) -> AnchorFile:
    """Return the file in which this workstation notes the chain."""
    return AnchorFile.of(data_folder(), desk.database_url, desk.person.street_id)


class ChainPane(QWidget):
    """The verdict at the left, the anchor from paper and the explanation at the right.

    Signals:
        said: a sentence for the status line.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reads_all = may_in_hall(Deed.AUDIT, desk.person)
        self.verdict = text_label("", "section", wraps=True)
        self.lines = text_label("", "reading", wraps=True)
        self.next_step = text_label("", "label", wraps=True)
        self.paper = CheckedField("纸上的锚点", hint=_HOW)
        self.compare = KeyButton("与纸上的核对", icon="verify", kind=ButtonKind.PLAIN)
        self.reason = CheckedField(
            "查到的情况", lines=4, hint="例如：11 月 3 日从前一晚的备份恢复过。"
        )
        self.explain = KeyButton("写进留痕", icon="save", kind=ButtonKind.PLAIN)
        self._build()

    def look(self) -> None:
        """Compare the single lines that were noted: quick, done each time the page is shown."""
        query = partial(check_by_heads, file=anchors_of(self._desk), typed=self._typed())
        self._desk.ask(query, owner=self, done=self._show_state)

    def check_all(self) -> None:
        """Read the whole log, line by line."""
        self._say("", _WAITING, is_broken=False)
        query = partial(check_line_by_line, file=anchors_of(self._desk), typed=self._typed())
        self._desk.begin_long(
            _CHECK,
            lambda door: _checked(door, query),
            owner=self,
            done=self._show_report,
            failed=self._on_failed,
        )

    def check(self) -> None:
        """Check all that the person may read."""
        if self._reads_all:
            self.check_all()
        else:
            self.look()

    def _build(self) -> None:
        sizes = tokens().sizes
        left = Card("核对结果")
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for label in (self.verdict, self.lines, self.next_step):
            column.addWidget(label)
        column.addStretch()
        left.body.addWidget(scrolled(words), 1)
        paper = Card("与纸上的锚点核对")
        paper.body.addWidget(self.paper)
        paper.body.addWidget(self.compare)
        why = Card("说明情况", note="领导、纪工委填写")
        why.body.addWidget(self.reason)
        why.body.addWidget(self.explain)
        why.setVisible(may_in_hall(Deed.EXPLAIN_CHAIN, self._desk.person))
        for card in (paper, why):
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(sizes.gutter)
        row.addWidget(left, 3)
        row.addWidget(side_column(paper, why), 2)
        self.compare.clicked.connect(self._compare)
        self.explain.clicked.connect(self._explain)

    def _typed(self) -> tuple[Anchor, ...]:
        if not self.paper.text().strip():
            return ()
        try:
            return (read_anchor(self.paper.text()),)
        except RuleBroken:
            return ()

    def _compare(self) -> None:
        try:
            read_anchor(self.paper.text())
        except RuleBroken as refused:
            self.paper.set_state(FieldState(Check.BAD, str(refused)))
            self.paper.edit.setFocus()
            return
        self.paper.set_state(FieldState())
        self.look()

    def _explain(self) -> None:
        request = ExplainChain(**self._desk.by_me(), reason=self.reason.text())
        self._desk.act(request, owner=self, done=self._on_explained, failed=self._on_refused)

    def _on_explained(self, changes: Any) -> None:
        self.reason.set_text("")
        self.said.emit(f"{changes.title}，已记入留痕。")
        self.look()

    def _on_refused(self, error: DeskError) -> None:
        self.reason.set_state(FieldState(Check.BAD, str(error)))
        self.reason.edit.setFocus()

    def _on_failed(self, error: DeskError) -> None:
        self._say("", str(error), is_broken=False)

    def _show_state(self, state: ChainState) -> None:
        sentences = [one.sentence for one in state.misfits]
        typed = "，也与纸上的一致" if self._typed() else ""
        noted = f"最新的留痕和这台电脑记下的锚点一致{typed}。"
        self._show(sentences, noted, state.head, is_broken=state.is_broken)

    def _show_report(self, report: ChainReport) -> None:
        sentences = [one.sentence for one in report.findings]
        typed = "包括纸上的 1 个，" if self._typed() else ""
        read = f"逐条核对了 {report.lines:,} 条，比对锚点 {report.anchors:,} 个，{typed}都对得上。"
        self._show(sentences, read, report.head, is_broken=bool(sentences))

    def _show(
        self, sentences: list[str], good: str, head: Anchor | None, *, is_broken: bool
    ) -> None:
        newest = f"现在的锚点：{say_anchor(head)}" if head is not None else ""
        words = "\n\n".join([*(sentences or [good]), newest])
        self._say(_BROKEN if is_broken else _WHOLE, words, is_broken=is_broken)

    def _say(self, verdict: str, words: str, *, is_broken: bool) -> None:
        self.verdict.setText(verdict)
        say_state(self.verdict, state="bad" if is_broken else "")
        self.lines.setText(words)
        self.next_step.setText(f"下一步：{NEXT_STEP}" if is_broken else "")


def _checked(door: WorkDoor, query: Query[ChainReport]) -> ChainReport:
    door.begin_part("正在逐条核对留痕")
    return door.read(query)
