"""专班、移交、结论: who is in the team, who leads on, and how the led case came out."""

from functools import partial

from desk.actions.leader_cases import ConcludeLeaderCase, HandOverLeaderCase
from desk.actions.leader_team import JoinTeam, LeaveTeam
from desk.queries.leader_choices import LeaderChoices, leader_choices
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.leader_case_codes import LeaderOutcome, TeamRole
from desk.rules.wording import label
from desk.ui.case.deed_panel import OnCase
from desk.ui.case.form_parts import coded
from desk.ui.leading.check_fields import QuestionFields
from desk.ui.leading.parted_panel import Part, PartedPanel
from desk.ui.leading.words import member_words
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_JOIN = Part("join", "请进专班", "请进专班", ("role", "staff", "name", "office"))
_END = Part("end", "包案结论", "办结包案", ("outcome", "conclusion", "concluded_on", "questions"))
_HAND = Part("hand", "移交", "移交包案", ("leader", "reason"))
_LEAVE = Part("leave", "退出专班", "退出专班", ("member", "reason"))
_PICK = "输入几个字或拼音"


class DirectLeaderCasePanel(PartedPanel):
    """What the leader, the first leader and 信联办 decide about a led case."""

    deed, title, verb = Deed.DIRECT_LEADER_CASE, "专班、移交、结论", "请进专班"
    parts = (_JOIN, _LEAVE, _HAND, _END)

    def build(self) -> None:
        """Show how it stands; ask for what is decided."""
        self.begin()
        form, view = self.form, self.file.leading.now
        roles = [Choice(one, label(one)) for one in TeamRole if one is not TeamRole.LEADER]
        self._role = form.choice("role", "在专班里做什么", roles, required=True, small=True)
        self._staff = form.picker("staff", "谁", PickerField("谁", hint=_PICK))
        self._name = form.text("name", "外单位的写姓名", hint="党代表、人大代表等不在列表里的。")
        self._office = form.text("office", "单位、职务（可空）", hint="印在登记表上。")
        members = [
            Choice(str(one.id), member_words(one))
            for one in (view.team if view is not None else ())
            if one.role is not TeamRole.LEADER
        ]
        self._member = form.choice("member", "谁退出", members, required=True, small=True)
        self._leader = form.picker(
            "leader", "移交给哪位领导", PickerField("移交给哪位领导", required=True, hint=_PICK)
        )
        self._reason = form.text("reason", "原因", lines=2, hint="移交必须写，例如 分工调整。")
        self._outcome = form.choice(
            "outcome", "怎么样了", coded(LeaderOutcome), required=True, small=True
        )
        self._conclusion = form.text(
            "conclusion", "化解结论", lines=4, required=True, hint="怎么解决的、居民怎么说。"
        )
        self._concluded_on = form.text("concluded_on", "结论日期", hint="空着就是今天。")
        self._questions = QuestionFields(form, view.questions if view is not None else ())
        for name, field in (
            ("role", self._role),
            ("staff", self._staff),
            ("name", self._name),
            ("office", self._office),
            ("member", self._member),
            ("leader", self._leader),
            ("reason", self._reason),
            ("outcome", self._outcome),
            ("conclusion", self._conclusion),
            ("concluded_on", self._concluded_on),
        ):
            self.field(name, field)
        self.field("questions", *self._questions.widgets())
        self.finish()
        query = partial(leader_choices, case_id=self.file.id)
        self.desk.ask(query, owner=self, done=self._on_choices)

    def offered(self) -> tuple[Part, ...]:
        """Return the parts; leaving only where somebody is in the team."""
        view = self.file.leading.now
        has_team = view is not None and any(one.role is not TeamRole.LEADER for one in view.team)
        return self.parts if has_team else tuple(one for one in self.parts if one is not _LEAVE)

    def request(
        self, head: OnCase
    ) -> JoinTeam | LeaveTeam | HandOverLeaderCase | ConcludeLeaderCase:
        """Decide it.

        Raises:
            RuleBroken: something is not chosen, or a day cannot be read.
        """
        part = self.part
        if part is _HAND:
            leader = self._id_of(self._leader, "leader", "请从列表里选一位领导。")
            return HandOverLeaderCase(**head, leader=leader, reason=self._reason.text())
        if part is _LEAVE:
            if self._member.value() is None:
                raise RuleBroken("请选谁退出专班。", field="member")
            member = int(str(self._member.value()))
            return LeaveTeam(**head, member=member, reason=self._reason.text())
        if part is _END:
            return self._conclude(head)
        if self._role.value() is None:
            raise RuleBroken("请选在专班里做什么。", field="role")
        chosen = self._staff.value()
        return JoinTeam(
            **head,
            role=TeamRole(str(self._role.value())),
            staff=chosen if isinstance(chosen, int) else None,
            name=self._name.text(),
            office=self._office.text(),
        )

    def _conclude(self, head: OnCase) -> ConcludeLeaderCase:
        if self._outcome.value() is None:
            raise RuleBroken("请选化解得怎么样。", field="outcome")
        return ConcludeLeaderCase(
            **head,
            outcome=LeaderOutcome(str(self._outcome.value())),
            conclusion=self._conclusion.text(),
            concluded_on=self.past_day("concluded_on", self._concluded_on.text()),
            questions=self._questions.said(),
        )

    def _id_of(self, field: PickerField, name: str, sentence: str) -> int:
        chosen = field.value()
        if not isinstance(chosen, int):
            raise RuleBroken(sentence, field=name)
        return chosen

    def _on_choices(self, found: LeaderChoices | None) -> None:
        if found is None:
            return
        self._staff.set_items(
            PickItem(one.staff_id, one.name, note=one.unit) for one in found.people
        )
        self._leader.set_items(
            PickItem(one.staff_id, one.name, note=one.unit) for one in found.leaders
        )
