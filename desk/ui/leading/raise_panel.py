"""提级包案: why, which leader, since when and by when; the facts and 领导包片 propose."""

from functools import partial

from desk.actions.leader_cases import RaiseLeaderCase
from desk.queries.leader_choices import LeaderChoices, leader_choices
from desk.rules.day_words import read_coming_day, read_day
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_PLAN = "办理时限改按这一天（已超期的、法定的不变）。可以写 12-20、明天。"


class RaiseLeaderCasePanel(DeedPanel):
    """A leader takes the case; what else he needs follows in 包案进展 and 专班."""

    deed, title, verb = Deed.RAISE_LEADER_CASE, "提级办理、领导包案", "提级包案"

    def build(self) -> None:
        """Ask for the reason first; the rest is proposed."""
        form, today = self.form, day_of(self.desk.now())
        self._facts = text_label("", "hint", wraps=True)
        self._reason = form.text(
            "reason",
            "提级原因",
            lines=4,
            required=True,
            hint="卡在哪里、单个部门为什么办不了；印在登记表上。",
        )
        form.add(self._facts)
        self._leader = form.picker(
            "leader", "包案领导", PickerField("包案领导", required=True, hint="输入几个字或拼音")
        )
        self._started = form.text("started_on", "包案日期", required=True, hint="如 今天、11-2")
        self._started.set_text(f"{today:%Y-%m-%d}")
        self._until = form.text("planned_until", "计划化解日期", required=True, hint=_PLAN)
        query = partial(leader_choices, case_id=self.file.id)
        self.desk.ask(query, owner=self, done=self._on_choices)

    def submit(self) -> None:
        """Say first what is missing or cannot be read."""
        try:
            self.request(self.head())
        except RuleBroken as refused:
            self.missing(refused.field or "leader", str(refused))
            return
        super().submit()

    def request(self, head: OnCase) -> RaiseLeaderCase:
        """Raise it.

        Raises:
            RuleBroken: no leader is chosen, or a day cannot be read.
        """
        today = day_of(self.desk.now())
        leader = self._leader.value()
        if not isinstance(leader, int):
            raise RuleBroken("请从列表里选包案领导。", field="leader")
        try:
            started = read_day(self._started.text(), today)
        except RuleBroken as refused:
            raise RuleBroken(str(refused), field="started_on") from refused
        return RaiseLeaderCase(
            **head,
            reason=self._reason.text(),
            leader=leader,
            started_on=started,
            planned_until=read_coming_day(self._until.text(), today, field="planned_until"),
        )

    def _on_choices(self, found: LeaderChoices | None) -> None:
        if found is None:
            return
        self._leader.set_items(
            PickItem(one.staff_id, one.name, note=one.unit) for one in found.leaders
        )
        if self._leader.value() is None and found.proposed is not None:
            self._leader.set_value(found.proposed)
            self._leader.set_hint("按领导包片提出，您可以另选。")
        if not self._until.text():
            self._until.set_text(f"{found.planned_until:%Y-%m-%d}")
        if found.grounds:
            words = "、".join(label(one) for one in found.grounds)
            self._facts.setText(f"按现有事实：{words}。是否提级由您决定。")
