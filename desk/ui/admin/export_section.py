"""Taking a ledger out (导出台账): masked or in full, above many rows with a second person."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions.ledger_export import LISTS, ON_BOARD, AskExport, DecideExport
from desk.exchange.export_ledger import APPEALS, ExportResult, WantedLedger
from desk.exchange.organisation_rows import Column
from desk.queries.ledger_exports import AskedExport, ExportSize, asked_exports, export_size
from desk.queries.platform_forms import PlatformFormView, platform_forms
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.moments import day_of, say_moment
from desk.ui.admin.section import Section
from desk.ui.desk import Desk
from desk.ui.file_choice import choose_target
from desk.ui.ledger_work import EXPORT, LEDGER_OUT, ledger_out
from desk.ui.list_form import ListForm, ListLine
from desk.ui.long_work import NoLongerWanted, works_of
from desk.ui.row_form import RowForm
from desk.ui.widgets.buttons import ButtonKind
from desk.ui.work_row import OwnWork

FIRST, LAST, CONTENT, REASON, NOTE = "起始日期", "截止日期", "内容", "导出理由", "批注"
FORM, OURS = "格式", "本厅台账"
MASKED, FULL = "遮盖姓名、电话、地址", "完整（能原样导回）"
_FIELDS = (
    Column(FIRST, "例如 2026-06-01", required=True),
    Column(LAST, "含当天", required=True),
    Column(CONTENT, "不是要导回别处的，请选遮盖", required=True, options=(MASKED, FULL)),
    Column(REASON, "记入留痕，印在文件的每一行", required=True),
    Column(FORM, "要填进别的平台的，选它的回填模板", options=(OURS,)),
)
_WORD = (Column(NOTE, "不批准时写一句为什么"),)
_ADVICE = "每一行、每一页和文件属性上都有您的姓名、工号、时间和导出号。"
_FROM_BOARD = "要导出，请到看板照样筛选，再按“导出所列”。"
_FROM_FIGURE = "要导出，请到统计页打开同一个数字，再按“导出所列”。"
_NARROWED = "看板筛选：{}。批准的是照这个筛选、这些日子收到的最多 {} 件。"
_OF_FIGURE = "统计项：{}。批准的是这个数字里、这些日子收到的最多 {} 件。"
_PARTS = {"reason": REASON, "first_day": FIRST}


class ExportSection(Section):
    """The requests at the left; a new export, or the chosen request, at the right."""

    title = "导出台账"
    help_page = "ledgers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._asked: dict[object, AskedExport] = {}
        self._forms: dict[str, PlatformFormView] = {}
        self._size = ExportSize(0, 0)
        self.lines = ListForm("导出申请", "新的导出")
        self.form, self.word = RowForm(_FIELDS), RowForm(_WORD)
        self.under_way = OwnWork(desk, EXPORT)
        self.lines.body.addWidget(self.form)
        self.lines.body.addWidget(self.word)
        self.export = self.lines.add_button("导出…", ButtonKind.MAIN)
        self.ask = self.lines.add_button("申请批准", ButtonKind.MAIN)
        self.grant = self.lines.add_button("批准", ButtonKind.MAIN)
        self.refuse = self.lines.add_button("不批准", ButtonKind.DANGER)
        self.lines.buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines)
        column.addWidget(self.under_way)
        self.lines.chosen.connect(self._on_chosen)
        self.lines.fresh_wanted.connect(self.begin)
        self.form.changed.connect(self._look_at_size)
        self.export.clicked.connect(self._on_export)
        works_of(desk.tasks).changed.connect(self._follow)
        self.ask.clicked.connect(self._on_ask)
        self.grant.clicked.connect(lambda: self._decide(is_granted=True))
        self.refuse.clicked.connect(lambda: self._decide(is_granted=False))
        self.begin()
        self._follow()

    def arrive(self) -> None:
        """Read who asked for what."""
        self.desk.ask(asked_exports, owner=self, done=self._show_asked)
        copied = partial(platform_forms, is_import=False)
        self.desk.ask(copied, owner=self, done=self._take_forms)

    def begin(self) -> None:
        """Show an empty form, for the month so far."""
        today = day_of(self.desk.now())
        self.lines.choose(None)
        self.lines.say("新的导出", _ADVICE)
        self.form.set_values(
            {FIRST: today.replace(day=1).isoformat(), LAST: today.isoformat()}
            | {CONTENT: MASKED, FORM: OURS}
        )
        self.form.set_fixed(())
        self._offer(export=True)
        self._look_at_size()

    def wanted(self) -> WantedLedger | None:
        """Return what is filled in; what is missing or no day is said beside its field."""
        values = self.form.values()
        days = {}
        for name in (FIRST, LAST):
            try:
                days[name] = date.fromisoformat(values[name])
            except ValueError:
                self.form.show_trouble(name, "请写成 2026-06-01 这样的日期。")
                return None
        if not values[REASON]:
            self.form.show_trouble(REASON, "请写明导出的理由。")
            return None
        return WantedLedger(
            days[FIRST],
            days[LAST],
            values[REASON],
            APPEALS,
            is_full=values[CONTENT] == FULL,
            form=self._forms.get(values[FORM]),
        )

    def _take_forms(self, forms: tuple[PlatformFormView, ...]) -> None:
        self._forms = {form.name: form for form in forms}
        self.form.set_options(FORM, (OURS, *self._forms))

    def _show_asked(self, asked: tuple[AskedExport, ...]) -> None:
        now = self.desk.now()
        self._asked = {one.id: one for one in asked}
        self.lines.set_lines(
            [ListLine(one.id, f"{one.who} {one.rows} 件", one.state(now)) for one in asked]
        )
        waiting = next((one.id for one in asked if one.waits and not one.is_mine), None)
        if waiting is not None and self.lines.current() is None and not self._is_begun():
            self.lines.choose(waiting)

    def _is_begun(self) -> bool:
        return bool(self.form.values()[REASON])

    def _on_chosen(self, wanted: object) -> None:
        one = self._asked.get(wanted)
        if one is None:
            return
        now = self.desk.now()
        asked = f"{one.who} {say_moment(one.asked_at, seen_at=now)} 申请，{one.state(now)}。"
        note = one.note.removesuffix("。")
        by = f"{one.decided_by}：{note}。" if note else ""
        may_use = one.is_mine and bool(one.is_granted) and one.used_at is None
        may_use = may_use and one.expires_at >= now
        is_list = one.kind in LISTS
        is_board = one.kind == ON_BOARD
        where, what = (_FROM_BOARD, _NARROWED) if is_board else (_FROM_FIGURE, _OF_FIGURE)
        more = where if is_list and may_use else ""
        narrowed = what.format(one.narrowed_to, one.rows) if one.narrowed_to else ""
        self.lines.say(f"导出{one.kind} {one.rows} 件", f"{asked}{narrowed}{by}{more}")
        self.form.set_values(
            {
                FIRST: one.first_day.isoformat(),
                LAST: one.last_day.isoformat(),
                CONTENT: FULL if one.is_full else MASKED,
                FORM: OURS,
                REASON: one.reason,
            }
        )
        self.form.set_fixed((FIRST, LAST, CONTENT, REASON))
        self.word.set_values({})
        self._offer(export=may_use and not is_list, decide=one.waits and not one.is_mine)

    def _look_at_size(self) -> None:
        """Count what would go out, so that one knows beforehand whether somebody must approve."""
        if self.lines.current() is not None:
            return
        values = self.form.values()
        try:
            first, last = (date.fromisoformat(values[name]) for name in (FIRST, LAST))
        except ValueError:
            return
        query = partial(export_size, first=first, last=last)
        self.desk.ask(query, owner=self, done=self._show_size)

    def _show_size(self, size: ExportSize) -> None:
        if self.lines.current() is not None:
            return
        by_two = size.rows > size.alone
        said = (
            f"这段时间 {size.rows} 件，超过今天一个人还能导出的 {size.alone} 件，"
            "要另一位有导出权限的人批准。"
            if by_two
            else f"这段时间 {size.rows} 件。"
        )
        self.lines.say("新的导出", f"{said}{_ADVICE}")
        self._size = size
        self._offer(export=not by_two, ask=by_two)

    def _offer(self, *, export: bool = False, ask: bool = False, decide: bool = False) -> None:
        self.export.setVisible(export)
        self.ask.setVisible(ask)
        self.grant.setVisible(decide)
        self.refuse.setVisible(decide)
        self.word.setVisible(decide)

    def _on_export(self) -> None:
        wanted = self.wanted()
        if wanted is None:
            return
        name = f"{wanted.kind} {wanted.first_day} 至 {wanted.last_day}.xlsx"

        def chosen(target: Path) -> None:
            work = partial(ledger_out, wanted=wanted, rows=self._size.rows, target=target)
            self.desk.begin_long(
                LEDGER_OUT, work, owner=self, done=self._on_written, failed=self._on_refused
            )

        choose_target(self, "导出台账", chosen, "工作簿 (*.xlsx)", name=name)

    def _follow(self) -> None:
        """Begin no second export while one is under way, whoever began it where."""
        self.export.setEnabled(not self.under_way.is_running)

    def _on_written(self, _result: ExportResult) -> None:
        self.form.set_values({})
        self.begin()
        self.arrive()

    def _on_ask(self) -> None:
        wanted = self.wanted()
        if wanted is None:
            return
        request = AskExport(
            **self.desk.by_me(),
            kind=wanted.kind,
            first_day=wanted.first_day,
            last_day=wanted.last_day,
            reason=wanted.reason,
            rows=self._size.rows,
            is_full=wanted.is_full,
        )
        self.desk.act(request, owner=self, done=self._on_asked, failed=self._on_refused)

    def _on_asked(self, _changes: object) -> None:
        self.said.emit("已申请。另一位有导出权限的同事批准后，在左边选这份申请再导出。")
        self.begin()
        self.arrive()

    def _decide(self, *, is_granted: bool) -> None:
        one = self._asked.get(self.lines.current())
        if one is None:
            return
        request = DecideExport(
            **self.desk.by_me(),
            export_request=one.id,
            is_granted=is_granted,
            note=self.word.values()[NOTE],
        )
        self.desk.act(request, owner=self, done=self._on_decided, failed=self._on_refused)

    def _on_decided(self, _changes: object) -> None:
        self.said.emit("已记下，申请人马上看得到。")
        self.lines.choose(None)
        self.begin()
        self.arrive()

    def _on_refused(self, error: DeskError) -> None:
        part = error.field if isinstance(error, RuleBroken) else None
        if isinstance(error, NoLongerWanted):
            self.lines.say(self.title, "已停下，什么也没有导出。")
        elif part == "note":
            self.word.show_trouble(NOTE, str(error))
        elif part in _PARTS:
            self.form.show_trouble(_PARTS[part], str(error))
        else:
            self.lines.say(self.title, str(error), is_bad=True)
