"""Panels of a plan (立方案、加措施、报完成、治理完成、复看)."""

from collections.abc import Mapping
from typing import Any

from desk.actions.meetings import HoldMeeting
from desk.actions.plan_measures import AddMeasure, ReportMeasure
from desk.actions.topic_plans import ChangePlan, FinishPlan, LookAgain, MakePlan, PlanFacts
from desk.queries.lookups import units
from desk.queries.plan_choices import PlanChoices, plan_choices
from desk.queries.topic_plans import MeasureRow, PlanFile
from desk.rules.errors import RuleBroken
from desk.rules.leader_case_codes import MeetingKind
from desk.rules.moments import day_of
from desk.ui.case.form_parts import SeveralUnits
from desk.ui.leading.meeting_fields import MeetingFields
from desk.ui.proactive.steps import ProactivePanel, ProactiveStep, shown_day, unit_items
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.pick_item import PickItem

_NO_NAMES = "写事不写群众的姓名、电话。"


class PlanPanel(ProactivePanel):
    """立治理方案: what is to be reached, who answers for it, for how much, and what is measured."""

    deed, title, verb = ProactiveStep.PLAN, "治理方案", "存为治理方案"

    def build(self) -> None:
        """Show the plan as it is, or what the topic collects by."""
        form = self.form
        self._goal = form.text(
            "goal", "方案", lines=5, required=True, hint=f"怎么治理、达到什么样。{_NO_NAMES}"
        )
        self._units = form.units(
            "units", "责任单位", SeveralUnits("责任单位", [], hint="输入几个字或拼音，可选几个")
        )
        self._starts = form.text("starts_on", "开始", required=True, hint="如 今天、11-2")
        self._ends = form.text("ends_on", "计划完成", required=True, hint="如 12-31")
        self._funds = form.text("funds", "预算经费", hint="如 12000、1.2万；没有就空着")
        self._from = form.text("funds_from", "经费来源", hint="如 社区党组织服务群众经费")
        form.add(text_label("成效按下面三项数诉求；都空着就数列入本专题的。", "hint", wraps=True))
        self._place = self.pick("place", "地点", ())
        self._category = self.pick("category", "类别", ())
        self._word = form.text("word", "说到的字词", hint="如 早市；可空")
        self.form.fill(self.theirs(self.file))
        if not self.file.plan_id:
            self._starts.set_text(shown_day(day_of(self.desk.now())))
        self.desk.ask(plan_choices, owner=self, done=self._offer)

    def theirs(self, file: PlanFile) -> Mapping[str, Any]:
        """Return what the plan itself says."""
        return {
            "goal": file.goal,
            "units": list(file.unit_ids),
            "starts_on": shown_day(file.starts_on),
            "ends_on": shown_day(file.ends_on),
            "funds": f"{file.planned_fen / 100:.2f}" if file.planned_fen else "",
            "funds_from": file.funds_from,
            "place": file.place_id,
            "category": file.category_id,
            "word": file.word,
        }

    def request(self, head: Any) -> MakePlan | ChangePlan:
        """Make the plan, or correct it."""
        facts = PlanFacts(
            goal=self._goal.text(),
            units=tuple(one for one in self._units.value() if isinstance(one, int)),
            starts_on=self.near_day("starts_on", self._starts.text(), "请填开始的日期。"),
            ends_on=self.near_day("ends_on", self._ends.text(), "请填计划完成的日期。"),
            place=self.picked(self._place),
            category=self.picked(self._category),
            word=self._word.text(),
            funds=self._funds.text(),
            funds_from=self._from.text(),
        )
        if not self.file.plan_id:
            return MakePlan(**head, topic=self.file.id, facts=facts)
        return ChangePlan(**head, plan=self.file.plan_id, seen=self.file.version, facts=facts)

    def _offer(self, offered: PlanChoices) -> None:
        """Offer what can be chosen; what the plan has chosen already is shown by its name."""
        form, kept = self.form, self.form.content()
        form.blockSignals(True)  # noqa: FBT003 - Qt's own
        self._units.set_items(unit_items(offered.units))
        self._place.set_items(PickItem(one.id, one.name, one.pinyin) for one in offered.places)
        self._category.set_items(PickItem(one.id, one.path) for one in offered.categories)
        said = self.theirs(self.file)
        for name in ("units", "place", "category"):
            form.entries[name].write(kept[name] or said[name])
        form.blockSignals(False)  # noqa: FBT003 - Qt's own


class MeasurePanel(ProactivePanel):
    """加措施: what, who, until when; the panel stays for the next one."""

    deed, title, verb = ProactiveStep.MEASURE, "加一项措施", "加上这一项"

    def build(self) -> None:
        """Ask for one measure."""
        self._text = self.form.text(
            "text", "做什么", lines=3, required=True, hint=f"做什么、做到什么程度。{_NO_NAMES}"
        )
        self._unit = self.pick("unit", "责任单位", (), hint="输入几个字或拼音")
        self._person = self.form.text("person", "责任人（可空）", hint="工作人员")
        self._due = self.form.text("due_on", "完成期限", required=True, hint="如 11-30、明天")
        self.desk.ask(
            lambda reader: tuple(units(reader)),
            owner=self,
            done=lambda found: self._unit.set_items(unit_items(found)),
        )

    def request(self, head: Any) -> AddMeasure:
        """Add it."""
        return AddMeasure(
            **head,
            plan=self.file.plan_id,
            text=self._text.text(),
            unit=self.must_pick("unit", self._unit, "请选责任单位。"),
            person=self._person.text(),
            due_on=self.near_day("due_on", self._due.text(), "请填完成期限。"),
        )


class ReportPanel(ProactivePanel):
    """报措施完成: when, what came of it, what it cost."""

    deed, title, verb = ProactiveStep.REPORT, "报措施完成", "报完成"

    def build(self) -> None:
        """Show the measure."""
        one: MeasureRow = self.file
        self.form.add(text_label(f"{one.text}（{one.unit}{one.person}）", "label", wraps=True))
        self._on = self.form.text("done_on", "完成日期", required=True, hint="如 今天、11-20")
        self._result = self.form.text(
            "result", "完成情况", lines=4, required=True, hint=f"做了什么、结果怎样。{_NO_NAMES}"
        )
        self._spent = self.form.text("spent", "实际支出", hint="如 8600、0.86万；没有就空着")
        self._on.set_text("今天")

    def request(self, head: Any) -> ReportMeasure:
        """Report it."""
        return ReportMeasure(
            **head,
            measure=self.file.id,
            done_on=self.near_day("done_on", self._on.text(), "请填完成日期。"),
            result=self._result.text(),
            spent=self._spent.text(),
        )


class MeetPanel(ProactivePanel):
    """议事协商: the minutes of a meeting about the topic, which come out as a paper."""

    deed, title, verb = ProactiveStep.MEET, "议事协商会", "存下纪要"

    def build(self) -> None:
        """Begin with the name of the topic."""
        self._fields = MeetingFields(self.form, self.desk, MeetingKind.DELIBERATION)
        self._fields.propose(title=self.file.name)

    def request(self, head: Any) -> HoldMeeting:
        """Write the minutes."""
        return HoldMeeting(**head, **self._fields.minutes(), topic=self.file.id)


class FinishPanel(ProactivePanel):
    """治理完成: since when, and how it is now; somebody looks again later."""

    deed, title, verb = ProactiveStep.FINISH, "治理完成", "报治理完成"

    def build(self) -> None:
        """Say which measures are still open."""
        still = sum(one.done_on is None for one in self.file.measures)
        if still:
            words = f"还有 {still} 项措施没有报完成，也可以先报治理完成。"
            self.form.add(text_label(words, "label", wraps=True))
        self._on = self.form.text("finished_on", "完成日期", required=True, hint="如 今天、11-20")
        self._note = self.form.text(
            "note", "怎么治理的", lines=5, required=True, hint=f"现在怎样。{_NO_NAMES}"
        )
        self._on.set_text("今天")

    def request(self, head: Any) -> FinishPlan:
        """Report the plan as finished."""
        return FinishPlan(
            **head,
            plan=self.file.plan_id,
            seen=self.file.version,
            finished_on=self.near_day("finished_on", self._on.text(), "请填完成日期。"),
            note=self._note.text(),
        )


_SOLVED = {"solved": True, "again": False}


class LookPanel(ProactivePanel):
    """复看: solved, or it goes on."""

    deed, title, verb = ProactiveStep.LOOK, "复看", "记下复看"

    def build(self) -> None:
        """Show how it was said to be solved."""
        self.form.add(text_label(f"治理情况：{self.file.finished_note}", "label", wraps=True))
        offered = [Choice("solved", "确已解决"), Choice("again", "还没有解决，接着治理")]
        self._solved = self.form.choice("is_solved", "看到的", offered, required=True)
        self._on = self.form.text("looked_on", "复看日期", required=True, hint="如 今天、11-20")
        self._note = self.form.text(
            "note", "复看情况", lines=4, required=True, hint=f"看到了什么。{_NO_NAMES}"
        )
        self._on.set_text("今天")

    def request(self, head: Any) -> LookAgain:
        """Write it down."""
        solved = _SOLVED.get(str(self._solved.value()))
        if solved is None:
            raise RuleBroken("请选看到的是确已解决，还是没有解决。", field="is_solved")
        return LookAgain(
            **head,
            plan=self.file.plan_id,
            seen=self.file.version,
            looked_on=self.near_day("looked_on", self._on.text(), "请填复看日期。"),
            is_solved=solved,
            note=self._note.text(),
        )
