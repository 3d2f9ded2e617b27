"""Erasing personal data (个人信息删除): what is over its time, asked by one, decided by another.

The list at the left; at the right in words what goes, what is masked and what stays, and below it
the form. Nothing is erased here that two people have not looked at.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions.erasing import AskErasure, CarryOutErasure, DecideErasure
from desk.exchange.organisation_rows import Column
from desk.queries.erasures import ErasureView, FileOver, KeepingDesk, file_of_number, keeping_desk
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.moments import say_moment
from desk.rules.personal_words import table_words
from desk.rules.privacy_codes import ErasureGround
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.keeping_preview import FatePreview
from desk.ui.keys import GlobalKey
from desk.ui.list_form import ListForm, ListLine
from desk.ui.row_form import RowForm
from desk.ui.screen import Screen
from desk.ui.theme import tokens
from desk.ui.widgets.buttons import ButtonKind
from desk.ui.widgets.composing import KeyShortcut

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
_ON_SERVER = "已经同意。共用服务器上由管机器的同事运行 erase 命令抹除，抹除后这里会显示。"
_IN_FILE = "已经同意。按“现在抹除”就真的删掉，找不回来。"
_FIELDS = {"reason": REASON, "note": NOTE}


class KeepingScreen(Screen):
    """One list with three views, one form."""

    title = "个人信息"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.view = _OVER
        self._is_fresh = False
        self._shown: object = None  # what the form is about, so that nothing typed is lost
        self._desk_now = KeepingDesk((), (), is_shared=False)
        self.lines = ListForm("个人信息删除", "按编号申请")
        self.fresh, self.ask, self.word = RowForm(_FRESH), RowForm(_ASK), RowForm(_DECIDE)
        self.preview = FatePreview()
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
        asked, done = self._asked(), self._done()
        return (
            f"保管期满 {len(self._desk_now.over)}",
            f"申请中 {len(asked)}",
            f"已办 {len(done)}",
        )

    def chosen_view(self) -> int:
        """Return which list is on."""
        return self.view

    def choose_view(self, index: int) -> None:
        """Show another list."""
        self.view, self._is_fresh, self._shown = index, False, None
        self._show_lines(None)

    def arrive(self) -> None:
        """Read what is over its time and what was asked for."""
        self.desk.ask(keeping_desk, owner=self, done=self._take)
        self.lines.take_focus()

    def help_page(self) -> str:
        """Return the handbook page on personal data."""
        return "privacy"

    def _connect(self) -> None:
        self.lines.chosen.connect(self._on_chosen)
        self.lines.fresh_wanted.connect(self._begin)
        self.send.clicked.connect(self._on_ask)
        self.grant.clicked.connect(lambda: self._decide(is_granted=True))
        self.refuse.clicked.connect(lambda: self._decide(is_granted=False))
        self.erase.clicked.connect(self._on_erase)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self._on_finish)
        self.desk.changed.connect(self._on_changed)

    def _on_changed(self, _changes: Any, _who: object) -> None:
        if self.isVisible():
            self.desk.ask(keeping_desk, owner=self, done=self._take)

    def _take(self, found: KeepingDesk) -> None:
        self._desk_now = found
        self.badge_changed.emit(sum(1 for one in found.asked if one.waits and not one.is_mine))
        self._show_lines(self.lines.current())

    def _asked(self) -> list[ErasureView]:
        return [one for one in self._desk_now.asked if one.is_open]

    def _done(self) -> list[ErasureView]:
        return [one for one in self._desk_now.asked if not one.is_open]

    def _show_lines(self, current: object) -> None:
        lines: Sequence[ListLine]
        if self.view == _OVER:
            lines = [
                ListLine(one.file_id, one.number, f"{one.over_on:%Y-%m-%d}")
                for one in self._desk_now.over
            ]
        else:
            rows = self._asked() if self.view == _ASKED else self._done()
            lines = [ListLine(one.id, one.number, one.state) for one in rows]
        self.views_changed.emit()
        keys = [line.id for line in lines]
        wanted = current if current in keys else next(iter(keys), None)
        self.lines.set_lines(lines, current=None if self._is_fresh else wanted)
        if self._is_fresh:
            return
        if wanted is None:
            self._begin()
        else:
            self.lines.choose(wanted)
            self._on_chosen(wanted)

    def _begin(self) -> None:
        """Show the form for a file that somebody wants to be erased."""
        self._is_fresh, self._shown = True, None
        self.lines.say("按编号申请", _HINT)
        self.fresh.set_values({})
        self.ask.set_values({GROUND: label(ErasureGround.WISH)})
        self.preview.show_fates(is_mediation=False)
        self._offer(fresh=True, ask=True)

    def _over(self) -> FileOver | None:
        here = self.lines.current()
        return next((one for one in self._desk_now.over if one.file_id == here), None)

    def _one(self) -> ErasureView | None:
        here = self.lines.current()
        return next((one for one in self._desk_now.asked if one.id == here), None)

    def _on_chosen(self, _wanted: object) -> None:
        over = self._over() if self.view == _OVER else None
        one = self._one()
        self._is_fresh = False
        if self._shown == (over or one):
            return
        self._shown = over or one
        if over is not None:
            words = f"{over.ended_on:%Y-%m-%d} 办结，保管到 {over.over_on:%Y-%m-%d}，已经到期。"
            self.lines.say(over.number, f"{words}请看过下面去掉什么、留下什么，再申请。")
            self.ask.set_values({GROUND: label(ErasureGround.EXPIRED), REASON: "保管期满"})
            self.preview.show_fates(is_mediation=over.mediation_id is not None)
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

    def _on_finish(self) -> None:
        """Do what the main button does."""
        for button in (self.send, self.grant):
            if button.isVisible():
                button.click()
                return

    def _on_ask(self) -> None:
        over = self._over() if self.view == _OVER else None
        if over is not None:
            self._ask_for(over.case_id, over.mediation_id)
            return
        number = self.fresh.values()[NUMBER]
        if not number:
            self.fresh.show_trouble(NUMBER, "请写案件编号或调解卷号。")
            return
        query = partial(file_of_number, written=number)
        self.desk.ask(query, owner=self, done=lambda found: self._ask_for(*found))

    def _ask_for(self, case: int | None, mediation: int | None) -> None:
        if case is None and mediation is None:
            self.fresh.show_trouble(NUMBER, "找不到这个编号，或不归您查看。请核对。")
            return
        values = self.ask.values()
        request = AskErasure(
            **self.desk.by_me(),
            case=case,
            mediation=mediation,
            ground=_GROUNDS.get(values[GROUND], ErasureGround.WISH),
            reason=values[REASON],
        )
        self._act(request, "已申请。另一个人决定后才会删除。", then=_ASKED)

    def _decide(self, *, is_granted: bool) -> None:
        one = self._one()
        if one is None:
            return
        note = self.word.values()[NOTE]
        request = DecideErasure(
            **self.desk.by_me(), erasure=one.id, is_granted=is_granted, note=note
        )
        said = "已同意。" if is_granted else "已记下不同意，内容都还在。"
        self._act(request, said, then=_ASKED if is_granted else _DONE)

    def _on_erase(self) -> None:
        one = self._one()
        if one is None:
            return
        request = CarryOutErasure(**self.desk.by_me(), erasure=one.id)
        self._act(request, "已抹除，编号、统计和留痕链不受影响。", then=_DONE)

    def _act(self, request: Any, said: str, *, then: int) -> None:
        def done(_changes: object) -> None:
            self.said.emit(said)
            self.view, self._is_fresh, self._shown = then, False, None
            self.desk.ask(keeping_desk, owner=self, done=self._take)
            self.lines.take_focus()

        self.desk.act(request, owner=self, done=done, failed=self._on_refused)

    def _on_refused(self, error: DeskError) -> None:
        field = _FIELDS.get(error.field or "") if isinstance(error, RuleBroken) else None
        form = self.word if field == NOTE else self.ask
        if field is not None:
            form.show_trouble(field, str(error))
            return
        self.lines.say(self.lines.head.text(), str(error), is_bad=True)
