"""Points for units and months (管理 · 加分扣分): given with evidence, withdrawn, never changed."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions.bonus_points import GivePoints, WithdrawPoints
from desk.exchange.organisation_rows import Column
from desk.queries.bonus_points import PointsDesk, PointsRow, points_desk
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.moments import say_moment
from desk.rules.points import read_points, say_points
from desk.ui.admin.section import Section
from desk.ui.desk import Desk
from desk.ui.list_form import ListForm, ListLine
from desk.ui.row_form import RowForm
from desk.ui.widgets.buttons import ButtonKind
from desk.ui.widgets.cards import text_label

_ADVICE = "加分、扣分列在得分旁边；是否计入得分看那个月的考评规则。记错的撤销，不改。"
_ANY = ("（从列表里选）",)  # filled in once the lists are read
_COLUMNS = (
    Column("单位", required=True, options=_ANY),
    Column("月份", "写作 2026-11", required=True),
    Column("分值", "例如 0.2；扣分写负数", required=True),
    Column("批准的领导", required=True, options=_ANY),
    Column("理由", "例如：大山子早市专题经验获市中心通报表扬", required=True),
    Column("依据", "文件名称、文号或通报的日期", required=True),
)
_WITHDRAWAL = (Column("撤销的理由", required=True),)
_COLUMN_OF = {
    "unit": "单位",
    "month": "月份",
    "points": "分值",
    "approved_by": "批准的领导",
    "reason": "理由",
    "evidence": "依据",
}


class PointsSection(Section):
    """Every line that was ever given at the left; a new one, or what one says, at the right."""

    title = "加分扣分"
    help_page = "assessment"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._desk_now: PointsDesk | None = None
        self.lines = ListForm("加分扣分", "新的加分、扣分")
        self.form, self.withdrawal = RowForm(_COLUMNS), RowForm(_WITHDRAWAL)
        self.said_of = text_label("", "reading", wraps=True)
        for part in (self.said_of, self.form, self.withdrawal):
            self.lines.body.addWidget(part)
        self.give = self.lines.add_button("保存", ButtonKind.MAIN)
        self.withdraw = self.lines.add_button("撤销这一笔", ButtonKind.DANGER)
        self.lines.buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines, 1)
        self.lines.chosen.connect(lambda _id: self._show_line())
        self.lines.fresh_wanted.connect(self.begin)
        self.give.clicked.connect(self._on_give)
        self.withdraw.clicked.connect(self._on_withdraw)

    def arrive(self) -> None:
        """Load what was given, and what can be chosen."""
        self.desk.ask(points_desk, owner=self, done=self._on_loaded)

    def begin(self) -> None:
        """Show an empty form."""
        self.lines.choose(None)
        self.lines.say("新的加分、扣分", _ADVICE)
        self.form.set_values({"月份": f"{self.desk.now():%Y-%m}"})
        self._offer(self.form, self.give)
        self.form.focus_first()

    def _on_loaded(self, found: PointsDesk) -> None:
        is_first = self._desk_now is None
        self._desk_now = found
        self.form.set_options("单位", [name for _, name in found.units])
        self.form.set_options("批准的领导", [one.words for one in found.leaders])
        self.lines.set_lines([_line(row) for row in found.rows])
        if self.lines.current() is not None:
            self._show_line()
        elif is_first:
            self.begin()

    def _row(self) -> PointsRow | None:
        rows = self._desk_now.rows if self._desk_now is not None else ()
        return next((row for row in rows if row.id == self.lines.current()), None)

    def _show_line(self) -> None:
        row = self._row()
        if row is None:
            return
        now = self.desk.now()
        self.lines.say(f"{row.unit}　{row.month}　{say_points(row.hundredths)} 分")
        said = [
            f"理由：{row.reason}",
            f"{row.approved_by}批准，{say_moment(row.given_at, seen_at=now)}记下。",
        ]
        if row.withdrawn_at is not None:
            at = say_moment(row.withdrawn_at, seen_at=now)
            said.append(f"{at}由{row.withdrawn_by}撤销，不再计。")
        self.said_of.setText("\n".join(said))
        is_open = row.withdrawn_at is None
        self.withdrawal.set_values({})
        self._offer(self.said_of, *((self.withdrawal, self.withdraw) if is_open else ()))

    def _offer(self, *shown: QWidget) -> None:
        for one in (self.said_of, self.form, self.withdrawal, self.give, self.withdraw):
            one.setVisible(one in shown)

    def _on_give(self) -> None:
        if self._desk_now is None:
            return
        try:
            request = self._request(self._desk_now)
        except RuleBroken as error:
            self._on_refused(error)
        else:
            self.desk.act(request, owner=self, done=self._on_given, failed=self._on_refused)

    def _request(self, found: PointsDesk) -> GivePoints:
        """Return what the form asks for.

        Raises:
            RuleBroken: unit or leader is none of the list, or the points cannot be read.
        """
        values = self.form.values()
        units = {name: unit for unit, name in found.units}
        leaders = {one.words: one.staff_id for one in found.leaders}
        if values["单位"] not in units:
            raise RuleBroken("请从列表里选一个单位。", field="unit")
        if values["批准的领导"] not in leaders:
            raise RuleBroken("请从列表里选批准的领导。", field="approved_by")
        return GivePoints(
            **self.desk.by_me(),
            unit=units[values["单位"]],
            month=values["月份"],
            hundredths=read_points(values["分值"]),
            reason=values["理由"],
            evidence=values["依据"],
            approved_by=leaders[values["批准的领导"]],
        )

    def _on_given(self, changes: Any) -> None:
        self.said.emit(f"已记{changes.title}。")
        self.begin()
        self.arrive()

    def _on_withdraw(self) -> None:
        row = self._row()
        if row is not None:
            note = self.withdrawal.values()["撤销的理由"]
            request = WithdrawPoints(**self.desk.by_me(), points=row.id, note=note)
            self.desk.act(request, owner=self, done=self._on_withdrawn, failed=self._on_refused)

    def _on_withdrawn(self, changes: Any) -> None:
        self.said.emit(f"已{changes.title}。")
        self.arrive()

    def _on_refused(self, error: DeskError) -> None:
        field = (error.field if isinstance(error, RuleBroken) else None) or ""
        if field == "note":
            self.withdrawal.show_trouble("撤销的理由", str(error))
        elif field in _COLUMN_OF:
            self.form.show_trouble(_COLUMN_OF[field], str(error))
        else:
            self.lines.say(self.lines.head.text(), str(error), is_bad=True)
            self.said.emit(str(error))


def _line(row: PointsRow) -> ListLine:
    note = f"{row.month}　{say_points(row.hundredths)}"
    gone = "，已撤销" if row.withdrawn_at is not None else ""
    return ListLine(row.id, row.unit, f"{note}{gone}")
