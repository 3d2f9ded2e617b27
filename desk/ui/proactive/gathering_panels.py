"""Panels of gathered opinions (登记一次征集、补录、答复、改由、转诉求件)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from desk.actions.gatherings import (
    AddOpinions,
    AnswerOpinion,
    ChangeGathering,
    PassOpinion,
    RecordGathering,
)
from desk.actions.opinion_cases import CaseFromOpinion
from desk.queries.gatherings import GatheringBoard, GatheringRow, OpinionRow
from desk.queries.lookups import UnitChoice, units
from desk.queries.plan_choices import PlanChoices, plan_choices
from desk.rules.codes import Exit
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.moments import day_of
from desk.rules.proactive_codes import GatheringKind
from desk.rules.wording import label
from desk.ui.proactive.opinion_grid import OpinionGrid
from desk.ui.proactive.steps import ProactivePanel, ProactiveStep, shown_day, unit_items
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.pick_item import PickItem

_GRID = "一行一条，回车到下一格；写了现场答复就算现场答复，没写就选单位。不写姓名、电话。"
_KINDS = [Choice(one, label(one)) for one in GatheringKind]


class GridPanel(ProactivePanel):
    """A panel with the grid of opinions; what is refused is pointed at in its line."""

    is_wide = True

    def add_grid(self) -> None:
        """Add the grid below the other fields."""
        self.form.add(text_label(_GRID, "hint", wraps=True))
        self.grid = OpinionGrid(self.usual_due)
        self.grid.put_into(self.form)
        self.desk.ask(lambda reader: tuple(units(reader)), owner=self, done=self.take_units)

    def take_units(self, found: tuple[UnitChoice, ...]) -> None:
        """Offer the units that may answer."""
        self.grid.set_units(unit_items(found))

    def usual_due(self) -> date | None:
        """Return by when an opinion is answered, where nothing is written."""
        raise NotImplementedError

    def _on_refused(self, error: DeskError) -> None:
        field = error.field if isinstance(error, RuleBroken) else None
        if field is None or ":" not in field:
            super()._on_refused(error)
            return
        self.button.setEnabled(True)
        self.grid.point(field, str(error))


class GatherPanel(GridPanel):
    """登记一次征集: the meeting, then all its opinions."""

    deed, title, verb = ProactiveStep.GATHER, "登记一次征集", "存下这次征集"

    def build(self) -> None:
        """Begin with the asker's own unit, today."""
        board: GatheringBoard = self.file
        self._kind = self.form.choice("kind", "形式", _KINDS, required=True, small=True)
        self._name = self.form.text(
            "name", "会议名称", required=True, hint="如 榕东社区第四季度居民代表会议"
        )
        self._held = self.form.text("held_on", "日期", required=True, hint="如 今天、昨天、11-2")
        self._unit = self.pick("unit", "主办单位", unit_items(board.units))
        self._place = self.form.text("place", "地点（可空）")
        self._many = self.form.text("attendees", "到会人数（可空）")
        self._kind.chips.set_value(GatheringKind.ASSEMBLY)
        self._held.set_text("今天")
        self._unit.set_value(board.own_unit)
        self.beside((self._name, 3), (self._held, 2))
        self.beside((self._unit, 2), (self._place, 2), (self._many, 1))
        self.add_grid()

    def usual_due(self) -> date | None:
        """Return the day of the meeting and the hall's own number of days."""
        board: GatheringBoard = self.file
        return board.due_on(self.past_day("held_on", self._held.text(), "请填开会的日期。"))

    def request(self, head: Any) -> RecordGathering:
        """Take it all down."""
        return RecordGathering(
            **head,
            kind=GatheringKind(str(self._kind.value())),
            name=self._name.text(),
            held_on=self.past_day("held_on", self._held.text(), "请填开会的日期。"),
            place=self._place.text(),
            unit=self.must_pick("unit", self._unit, "请选主办单位。"),
            attendees=_count(self._many.text()),
            opinions=self.grid.lines(day_of(self.desk.now())),
        )


class AddPanel(GridPanel):
    """补录意见: more opinions of a meeting that is there."""

    deed, title, verb = ProactiveStep.ADD, "补录意见", "存下这些意见"

    def build(self) -> None:
        """Show which meeting it is."""
        row: GatheringRow = self.file
        self.form.add(text_label(f"{row.held_on:%Y-%m-%d} {row.name}", "label", wraps=True))
        self.add_grid()

    def usual_due(self) -> date | None:
        """Return nothing: the meeting may be long ago, so the day is to be written."""
        return None

    def request(self, head: Any) -> AddOpinions:
        """Add them."""
        lines = self.grid.lines(day_of(self.desk.now()))
        return AddOpinions(**head, gathering=self.file.id, opinions=lines)


class CorrectPanel(ProactivePanel):
    """更正: what was said about the meeting itself."""

    deed, title, verb = ProactiveStep.CORRECT, "更正这次征集", "存下更正"

    def build(self) -> None:
        """Show what is on record."""
        self._kind = self.form.choice("kind", "形式", _KINDS, required=True)
        self._name = self.form.text("name", "会议名称", required=True)
        self._held = self.form.text("held_on", "日期", required=True, hint="如 11-2")
        self._place = self.form.text("place", "地点（可空）")
        self._many = self.form.text("attendees", "到会人数（可空）")
        self.form.fill(self.theirs(self.file))

    def theirs(self, file: GatheringRow) -> Mapping[str, Any]:
        """Return what is on record."""
        return {
            "kind": file.kind,
            "name": file.name,
            "held_on": shown_day(file.held_on),
            "place": file.place,
            "attendees": str(file.attendees or ""),
        }

    def request(self, head: Any) -> ChangeGathering:
        """Correct it."""
        return ChangeGathering(
            **head,
            gathering=self.file.id,
            seen=self.file.version,
            kind=GatheringKind(str(self._kind.value())),
            name=self._name.text(),
            held_on=self.past_day("held_on", self._held.text(), "请填开会的日期。"),
            place=self._place.text(),
            attendees=_count(self._many.text()),
        )


class OpinionPanel(ProactivePanel):
    """A step with one opinion, which stands above."""

    def show_opinion(self) -> None:
        """Show what was said, and by when it is answered."""
        one: OpinionRow = self.file
        due = f"（{one.unit}，{one.due_on:%m-%d} 前答复）" if one.due_on else ""
        self.form.add(text_label(f"第 {one.seq} 条：{one.text}{due}", "label", wraps=True))


class AnswerPanel(OpinionPanel):
    """答复: when, and what was said."""

    deed, title, verb = ProactiveStep.ANSWER, "答复这条意见", "记下答复"

    def build(self) -> None:
        """Ask for the answer."""
        self.show_opinion()
        self._answer = self.form.text(
            "answer", "怎么答复的", lines=4, required=True, hint="不写群众的姓名、电话。"
        )
        self._on = self.form.text("answered_on", "答复日期", required=True, hint="如 今天、昨天")
        self._on.set_text("今天")

    def request(self, head: Any) -> AnswerOpinion:
        """Answer it."""
        return AnswerOpinion(
            **head,
            opinion=self.file.id,
            answered_on=self.past_day("answered_on", self._on.text(), "请填答复日期。"),
            answer=self._answer.text(),
        )


class PassPanel(OpinionPanel):
    """改由别的单位: who answers now, until when."""

    deed, title, verb = ProactiveStep.PASS, "改答复单位、期限", "改好"

    def build(self) -> None:
        """Show who is to answer now."""
        self.show_opinion()
        self._unit = self.pick("unit", "由谁答复", ())
        self._due = self.form.text("due_on", "期限", required=True, hint="如 11-30、明天")
        self._due.set_text(shown_day(self.file.due_on))
        self.desk.ask(lambda reader: tuple(units(reader)), owner=self, done=self._offer)

    def _offer(self, found: tuple[UnitChoice, ...]) -> None:
        self._unit.set_items(unit_items(found))
        if self._unit.value() is None:
            self._unit.set_value(self.file.unit_id)

    def request(self, head: Any) -> PassOpinion:
        """Pass it on."""
        return PassOpinion(
            **head,
            opinion=self.file.id,
            unit=self.must_pick("unit", self._unit, "请选答复单位。"),
            due_on=self.near_day("due_on", self._due.text(), "请填答复期限。"),
        )


_EXITS = [Choice(Exit.TRANSFER, "受理转办"), Choice(Exit.OWN_UNIT, "本部门自办")]


class TurnPanel(OpinionPanel):
    """转诉求件: what kind, where, and who goes on with it."""

    deed, title, verb = ProactiveStep.TURN, "转诉求件", "转为诉求件"

    def build(self) -> None:
        """Ask for what a case needs beyond the words."""
        self.show_opinion()
        self._exit = self.form.choice("exit", "怎么办", _EXITS, required=True)
        self._exit.chips.set_value(Exit.TRANSFER)
        self._category = self.pick("category", "类别", (), hint="输入几个字或拼音")
        self._place = self.pick("place", "小区（可空）", ())
        words = "没有单独的诉求人，不参加满意率；办理照常计时。"
        self.form.add(text_label(words, "hint", wraps=True))
        self.desk.ask(plan_choices, owner=self, done=self._offer)

    def _offer(self, offered: PlanChoices) -> None:
        self._category.set_items(
            PickItem(one.id, one.path, one.pinyin) for one in offered.categories
        )
        self._place.set_items(PickItem(one.id, one.name, one.pinyin) for one in offered.places)

    def request(self, head: Any) -> CaseFromOpinion:
        """Take it in."""
        return CaseFromOpinion(
            **head,
            opinion=self.file.id,
            category=self.must_pick("category", self._category, "请选类别。"),
            place=self.picked(self._place),
            exit=Exit(str(self._exit.value())),
        )


def _count(text: str) -> int | None:
    """Return how many came, None where nothing is written.

    Raises:
        RuleBroken: it is no number.
    """
    plain = text.strip()
    if not plain:
        return None
    if not plain.isdecimal():
        raise RuleBroken("到会人数请写数字，如 38；不清楚就空着。", field="attendees")
    return int(plain)
