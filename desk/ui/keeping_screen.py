"""Erasing personal data (个人信息删除): what is over its time, asked by one, decided by another.

The list at the left; at the right in words what goes, what is masked and what stays, and below it
the form. Nothing is erased here that two people have not looked at.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.exchange.organisation_rows import Column
from desk.queries.erasures import ErasureView, FileOver, KeepingDesk, keeping_desk
from desk.rules.moments import say_moment
from desk.rules.personal_words import table_words
from desk.rules.privacy_codes import ErasureGround
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.keeping_preview import FatePreview
from desk.ui.keeping_work import KeepingWork
from desk.ui.list_form import ListForm, ListLine
from desk.ui.row_form import RowForm
from desk.ui.screen import Screen
from desk.ui.theme import tokens
from desk.ui.widgets.buttons import ButtonKind

NUMBER, GROUND, REASON, NOTE = "编号", "依据", "理由", "批注"
_OVER, _ASKED, _DONE = range(3)
_GROUNDS = {label(ground): ground for ground in ErasureGround}
_FRESH = (Column(NUMBER, "案件编号或调解卷号", required=True),)
_ASK = (
    Column(GROUND, "保管期满，或本人来信要求删除", required=True, options=tuple(_GROUNDS)),
    Column(REASON, "一直留着，请写清楚是谁、凭什么提出的", required=True),
)
_DECIDE = (Column(NOTE, "不同意时写一句为什么"),)
_HINT = "写编号，再选依据。没有到保管期的，只有本人要求、又没有规定要留的，才能提前删除。"
_NONE = ("现在没有保管期满的件。", "没有等着决定的申请。", "还没有办过的申请。")
_ON_SERVER = "已经同意。共用服务器上由管机器的同事运行 erase 命令抹除，抹除后这里会显示。"
_IN_FILE = "已经同意。按“现在抹除”就真的删掉，找不回来。"
_FIELDS = {"number": NUMBER, "reason": REASON, "note": NOTE}


class KeepingScreen(Screen):
    """One list with three views, one form."""

    title = "个人信息"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.view = _OVER
        self._is_fresh = self._has_begun = False
        self._shown: object = None  # what the form is about, so that nothing typed is lost
        self._desk_now = KeepingDesk((), (), is_shared=False)
        self.lines = ListForm("个人信息删除", "按编号申请")
        self.fresh, self.ask, self.word = RowForm(_FRESH), RowForm(_ASK), RowForm(_DECIDE)
        self.preview = FatePreview()
        self.work = KeepingWork(desk, self)
        for widget in (self.fresh, self.ask, self.word, self.preview):
            self.lines.body.addWidget(widget)
        self.send = self.lines.add_button("申请删除", ButtonKind.MAIN)
        self.grant = self.lines.add_button("同意删除", ButtonKind.MAIN)
        self.refuse = self.lines.add_button("不同意", ButtonKind.PLAIN)
        self.erase = self.lines.add_button("现在抹除", ButtonKind.DANGER)
        self.lines.buttons.addStretch()
        sizes = tokens().sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.margin, sizes.gutter, sizes.margin, sizes.gutter)
        column.addWidget(self.lines)
        self._connect()

    def views(self) -> tuple[str, ...]:
        """Return the three lists with their counts."""
        still = sum(one.is_open for one in self._desk_now.asked)
        return (
            f"保管期满 {len(self._desk_now.over)}",
            f"申请中 {still}",
            f"已办 {len(self._desk_now.asked) - still}",
        )

    def chosen_view(self) -> int:
        """Return which list is on."""
        return self.view

    def choose_view(self, index: int) -> None:
        """Show another list."""
        self.view, self._is_fresh, self._shown = index, False, None
        self._show_lines(None)
        self.lines.take_focus()

    def arrive(self) -> None:
        """Read what is over its time and what was asked for."""
        if not self.isVisible() or not self.lines.isAncestorOf(self.focusWidget()):
            self.lines.take_focus()  # where somebody writes, the caret stays
        self.desk.ask(keeping_desk, owner=self, done=self._take)

    def help_page(self) -> str:
        """Return the handbook page on personal data."""
        return "privacy"

    def _connect(self) -> None:
        self.lines.chosen.connect(self._on_chosen)
        self.lines.fresh_wanted.connect(self._begin)
        self.send.clicked.connect(self._on_ask)
        self.grant.clicked.connect(lambda: self._settle(is_granted=True))
        self.refuse.clicked.connect(lambda: self._settle(is_granted=False))
        self.erase.clicked.connect(lambda: self._settle(is_granted=None))
        self.work.done.connect(self._on_done)
        self.work.refused.connect(self._on_refused)
        self.desk.changed.connect(self._on_changed)

    def _on_changed(self, _changes: object, _who: object) -> None:
        if self.isVisible():
            self.arrive()

    def _take(self, found: KeepingDesk) -> None:
        self._desk_now = found
        waiting = sum(1 for one in found.asked if one.waits and not one.is_mine)
        self.badge_changed.emit(waiting)
        if waiting and not self._has_begun:
            self.view = _ASKED  # what waits for a word of whoever has come
        self._has_begun = True
        self._show_lines(self.lines.current())

    def _show_lines(self, current: object) -> None:
        lines: Sequence[ListLine]
        if self.view == _OVER:
            lines = [
                ListLine(one.file_id, one.number, f"{one.over_on:%Y-%m-%d}")
                for one in self._desk_now.over
            ]
        else:
            is_open = self.view == _ASKED
            rows = (one for one in self._desk_now.asked if one.is_open is is_open)
            lines = [ListLine(one.id, one.number, one.state) for one in rows]
        self.views_changed.emit()
        keys = [line.id for line in lines]
        wanted = current if current in keys else next(iter(keys), None)
        self.lines.set_lines(lines, current=None if self._is_fresh else wanted)
        if self._is_fresh:
            return
        if wanted is None:
            self._begin(_NONE[self.view])
        else:
            self.lines.choose(wanted)
            self._on_chosen(wanted)

    def _begin(self, none: str = "") -> None:
        """Show the form for a file that somebody wants to be erased; where `none` waits, say so."""
        self._is_fresh, self._shown = True, None
        self.lines.say("按编号申请", f"{none}{_HINT}")
        self.fresh.set_values({})
        self.ask.set_values({GROUND: label(ErasureGround.WISH)})
        self.preview.show_fates(is_mediation=False)
        self._offer(fresh=True, ask=True)

    def _chosen(self) -> FileOver | ErasureView | None:
        """Return what the line is about: a file whose time is over, or what was asked for one."""
        here = self.lines.current()
        if self.view == _OVER:
            return next((one for one in self._desk_now.over if one.file_id == here), None)
        return next((one for one in self._desk_now.asked if one.id == here), None)

    def _on_chosen(self, _wanted: object) -> None:
        one = self._chosen()
        self._is_fresh = False
        if self._shown == one:
            return
        self._shown = one
        if isinstance(one, FileOver):
            words = f"{one.ended_on:%Y-%m-%d} 办结，保管到 {one.over_on:%Y-%m-%d}，已经到期。"
            self.lines.say(one.number, f"{words}请看过下面去掉什么、留下什么，再申请。")
            self.ask.set_values({GROUND: label(ErasureGround.EXPIRED), REASON: "保管期满"})
            self.preview.show_fates(is_mediation=one.mediation_id is not None)
            self._offer(ask=True)
        elif one is not None:
            self._show_one(one)

    def _show_one(self, one: ErasureView) -> None:
        at = say_moment(one.asked_at, seen_at=self.desk.now())
        said = [f"{one.asked_by} {at} 申请，依据：{label(one.ground)}。理由：{one.reason}。"]
        if one.decided_at is not None:
            when = say_moment(one.decided_at, seen_at=self.desk.now())
            note = f"，{one.note}" if one.note else ""
            said.append(f"{one.decided_by} {when} {'同意' if one.is_granted else '不同意'}{note}。")
        if one.waits and one.is_mine:
            said.append("您自己申请的，要由另一个人决定。")
        if one.is_decided:
            said.append(_ON_SERVER if self._desk_now.is_shared else _IN_FILE)
        if one.counts is not None:
            rows = "、".join(f"{table_words(name)} {count}" for name, count in one.told_counts)
            said.append(f"已抹除（行数）：{rows}。办理过程里留有这一步，留痕链完整。")
        self.lines.say(one.number, "\n".join(said))
        self.word.set_values({})
        self.preview.show_fates(is_mediation=one.mediation_id is not None)
        may_erase = one.is_decided and not self._desk_now.is_shared
        self._offer(decide=one.waits and not one.is_mine, erase=may_erase)

    def _offer(
        self, *, fresh: bool = False, ask: bool = False, decide: bool = False, erase: bool = False
    ) -> None:
        self.fresh.setVisible(fresh)
        self.ask.setVisible(ask)
        self.send.setVisible(ask)
        for widget in (self.word, self.grant, self.refuse):
            widget.setVisible(decide)
        self.erase.setVisible(erase)

    def _on_ask(self) -> None:
        over = self._chosen()
        values = self.ask.values()
        ground = _GROUNDS.get(values[GROUND], ErasureGround.WISH)
        if isinstance(over, FileOver):
            self.work.ask(over.case_id, over.mediation_id, ground, values[REASON])
        else:
            self.work.ask_by_number(self.fresh.values()[NUMBER], ground, values[REASON])

    def _settle(self, *, is_granted: bool | None) -> None:
        """Decide on what was chosen; without a decision, erase it."""
        one = self._chosen()
        if not isinstance(one, ErasureView):
            return
        if is_granted is None:
            self.work.erase(one.id)
        else:
            self.work.decide(one.id, is_granted=is_granted, note=self.word.values()[NOTE])

    def _on_done(self, said: str, is_over: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Go where the request stands now."""
        self.said.emit(said)
        self.view, self._is_fresh, self._shown = _DONE if is_over else _ASKED, False, None
        self.desk.ask(keeping_desk, owner=self, done=self._take)
        self.lines.take_focus()

    def _on_refused(self, name: str, sentence: str) -> None:
        field = _FIELDS.get(name)
        forms = {NUMBER: self.fresh, REASON: self.ask, NOTE: self.word}
        if field is not None:
            forms[field].show_trouble(field, sentence)
            return
        self.lines.say(self.lines.head.text(), sentence, is_bad=True)
