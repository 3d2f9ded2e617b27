"""包案进展: what was done, what is planned, 五包 and 三问, each with its digit."""

from desk.actions.leader_steps import DropStep, GoThroughList, PlanStep, RecordStep
from desk.queries.leader_cases import LeaderCaseView
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.leader_case_codes import Checklist
from desk.rules.moments import day_of
from desk.ui.case.deed_panel import OnCase
from desk.ui.leading.check_fields import PledgeFields, QuestionFields
from desk.ui.leading.parted_panel import Part, PartedPanel
from desk.ui.leading.words import say_day, short
from desk.ui.widgets.choice_chips import Choice

_DONE = Part("done", "记进展", "记下进展", ("step", "action", "result", "done_on"))
_PLAN = Part("plan", "列计划", "列入计划", ("action", "due_on"))
_PLEDGES = Part("pledges", "五包", "存五包", ("pledges",))
_QUESTIONS = Part("questions", "三问", "存三问", ("questions",))
_DROP = Part("drop", "取消计划", "取消这一步", ("step", "reason"))
_UNPLANNED = "none"


class WorkLeaderCasePanel(PartedPanel):
    """How a led case goes on."""

    deed, title, verb = Deed.WORK_LEADER_CASE, "包案进展", "记下进展"
    parts = (_DONE, _PLAN, _PLEDGES, _QUESTIONS, _DROP)

    def build(self) -> None:
        """Show how it stands; ask for what is new."""
        self.begin()
        form, view = self.form, self.file.leading.now
        today = day_of(self.desk.now())
        planned = view.planned if view is not None else ()
        steps = [
            Choice(
                str(one.id),
                f"{say_day(one.due_on, today) if one.due_on else ''} {short(one.action)}",
            )
            for one in planned
        ]
        self._step = form.choice(
            "step", "计划里的哪一步", [*steps, Choice(_UNPLANNED, "计划外的")], small=True
        )
        self._step.chips.set_value(_UNPLANNED)
        self._action = form.text("action", "做了什么、要做什么", lines=2)
        self._result = form.text("result", "结果", lines=3, required=True)
        self._done_on = form.text("done_on", "哪天", hint="空着就是今天；可以写 昨天、11-2。")
        self._due_on = form.text("due_on", "哪天以前做完", required=True, hint="可以写 11-30。")
        self._reason = form.text("reason", "为什么取消", lines=2, required=True)
        self.field("step", self._step)
        self.field("action", self._action)
        self.field("result", self._result)
        self.field("done_on", self._done_on)
        self.field("due_on", self._due_on)
        self.field("reason", self._reason)
        self._pledges = PledgeFields(form, view.pledges if view is not None else ())
        self._questions = QuestionFields(form, view.questions if view is not None else ())
        self.field("pledges", *self._pledges.widgets())
        self.field("questions", *self._questions.widgets())
        self.finish()

    def offered(self) -> tuple[Part, ...]:
        """Return the parts; dropping a step only where one is planned."""
        view: LeaderCaseView | None = self.file.leading.now
        has_plan = view is not None and bool(view.planned)
        return self.parts if has_plan else tuple(one for one in self.parts if one is not _DROP)

    def request(self, head: OnCase) -> PlanStep | RecordStep | DropStep | GoThroughList:
        """Write it down.

        Raises:
            RuleBroken: a day cannot be read, or no step is chosen.
        """
        part = self.part
        if part is _PLAN:
            due = self.coming_day("due_on", self._due_on.text())
            return PlanStep(**head, action=self._action.text(), due_on=due)
        if part is _PLEDGES:
            said = self._pledges.said()
            return GoThroughList(**head, checklist=Checklist.PLEDGES, said=said)
        if part is _QUESTIONS:
            said = self._questions.said()
            return GoThroughList(**head, checklist=Checklist.QUESTIONS, said=said)
        if part is _DROP:
            step = self._chosen_step()
            if step is None:
                raise RuleBroken("请选取消计划里的哪一步。", field="step")
            return DropStep(**head, step=step, reason=self._reason.text())
        return RecordStep(
            **head,
            step=self._chosen_step(),
            action=self._action.text(),
            result=self._result.text(),
            done_on=self.past_day("done_on", self._done_on.text()),
        )

    def _chosen_step(self) -> int | None:
        chosen = self._step.value()
        return None if chosen in (None, _UNPLANNED) else int(str(chosen))
