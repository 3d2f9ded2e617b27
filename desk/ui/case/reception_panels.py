"""Panels of a leader's reception (领导接访): brought forward, what he said, what came of it."""

from datetime import date, datetime
from itertools import pairwise

from PySide6.QtWidgets import QWidget

from desk.actions.receptions import (
    BringForward,
    FollowReception,
    RecordReception,
    TakeOffReception,
)
from desk.queries.appointments import BookChoices, book_choices
from desk.queries.case_file import CaseFile
from desk.queries.receptions import DayInCalendar, ReceptionRow, reception_days_to_come
from desk.rules.day_words import read_coming_day
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of, say_moment
from desk.rules.reception_codes import ReceptionOutcome
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import coded
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.moment_edit import MomentEdit
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_WEEKDAYS = "一二三四五六日"
_OFF = "off"
_NO_DAY = "接下来五周没有排接访日。请先在“值班”里排上。"


def moot_receptions(file: CaseFile) -> set[Deed]:
    """Return what is not offered: nothing to write down, nothing that was to be done."""
    view = file.receptions
    waits = {Deed.HEAR: view.to_record, Deed.FOLLOW_RECEPTION: view.to_follow}
    return {deed for deed, one in waits.items() if one is None}


def reception_hint(file: CaseFile, now: datetime) -> str:
    """Say in one line what is still open of it; empty: nothing is."""
    view = file.receptions
    said = []
    if view.to_record is not None:
        day = view.to_record.day
        still = "：还没有登记领导意见。" if day <= day_of(now) else "，到时登记领导意见。"
        said.append(f"{_day(day)}领导接访{still}")
    if view.to_follow is not None:
        one = view.to_follow
        until = f" {one.follow_due:%m-%d} 前" if one.follow_due else ""
        late = "，已过期" if one.is_late else ""
        said.append(f"接访交办：{one.follow_unit}{until}落实{late}。")
    return "　".join(said)


class BringForwardPanel(DeedPanel):
    """提请接访: which day, and why; one that is on a list already may be taken off."""

    deed, title, verb = Deed.BRING_FORWARD, "提请领导接访", "提请"

    def build(self) -> None:
        """Offer the reception days of the next weeks."""
        self._days: tuple[DayInCalendar, ...] = ()
        one = self.file.receptions.to_record
        self._on_list = one
        if one is not None:
            words = f"此件在 {_day(one.day)}的接访日上（{label(one.origin)}）。要移出请选“移出”。"
            self.form.add(text_label(words, "label", wraps=True))
        self._day = self.form.choice("day", "哪个接访日", [], required=True)
        self._why = self.form.text("why", "提请理由", lines=2, hint="如 三家单位都说不归自己管")
        self.desk.ask(reception_days_to_come, owner=self, done=self._on_days)

    def submit(self) -> None:
        """Ask for the day first."""
        if not self._day.value():
            self.missing("day", "请选接访日。" if self._days else _NO_DAY)
            return
        super().submit()

    def request(self, head: OnCase) -> BringForward | TakeOffReception:
        """Bring it forward, or take it off."""
        chosen = str(self._day.value())
        if chosen == _OFF and self._on_list is not None:
            return TakeOffReception(**head, reception=self._on_list.id)
        one = self._days[int(chosen)]
        return BringForward(**head, post=one.post, day=one.day, why=self._why.text())

    def _on_days(self, days: tuple[DayInCalendar, ...]) -> None:
        self._days = days
        offered = [
            Choice(str(at), f"{_day(one.day)} {one.leader or '未排'}")
            for at, one in enumerate(days)
        ]
        if self._on_list is not None:
            offered.insert(0, Choice(_OFF, "移出"))
        self._day.set_choices(offered)
        # they came after what stands below them
        below = [*self._day.chips.chips(), self._why.edit, self.button]
        for before, after in pairwise(below):
            QWidget.setTabOrder(before, after)
        if not self._why.text():
            self.start()  # before, there was nothing that could have had the keyboard


class HearPanel(DeedPanel):
    """登记领导意见: what he said and decided, and who does it until when."""

    deed, title, verb = Deed.HEAR, "领导接访登记", "存为接访登记表"

    def build(self) -> None:
        """Show on which day, and ask for his words."""
        view, form = self.file.receptions, self.form
        one = view.to_record
        form.add(text_label(_words(one), "reading", wraps=True))
        offered = [
            Choice(who.staff_id, who.name) for who in view.choices if who.staff_id is not None
        ]
        self._leader = form.choice("leader", "接访领导", offered, small=True)
        self._leader.chips.set_value(offered[0].id if offered else None)
        self._at = form.moment(
            "received_at",
            "接访时间",
            MomentEdit("接访时间", self.desk.now, past_only=True, required=True),
        )
        if one is None or one.day == day_of(self.desk.now()):  # a day before has a time of its own
            self._at.set_moment(self.desk.now())
        self._opinion = form.text(
            "opinion", "领导意见", lines=5, required=True, hint="怎么说、怎么定的，印在登记表上。"
        )
        self._outcome = form.choice(
            "outcome", "怎么处理", coded(ReceptionOutcome), required=True, small=True
        )
        self._unit = PickerField("跟进单位", hint="交办、会商必填")
        form.picker("follow_unit", "跟进单位", self._unit)
        self._person = form.text("follow_person", "跟进人（可空）")
        self._due = form.text("follow_due", "跟进期限", hint="如 11-30")
        self.desk.ask(book_choices, owner=self, done=self._on_choices)

    def submit(self) -> None:
        """Ask for what the database cannot guess."""
        self._at.check_now()
        if self._at.moment() is None:
            self.missing("received_at", "请写接访时间，例如 0930。")
            return
        if self._outcome.value() is None:
            self.missing("outcome", "请选怎么处理。")
            return
        try:
            self._due_day()
        except RuleBroken as refused:
            self.missing("follow_due", str(refused))
            return
        super().submit()

    def request(self, head: OnCase) -> RecordReception:
        """Write it down."""
        one, at = self.file.receptions.to_record, self._at.moment()
        assert at is not None  # noqa: S101 - submit has asked for it
        leader, unit = self._leader.value(), self._unit.value()
        return RecordReception(
            **head,
            reception=one.id if one else 0,
            received_at=at,
            opinion=self._opinion.text(),
            outcome=ReceptionOutcome(str(self._outcome.value())),
            leader=int(str(leader)) if leader else None,
            follow_unit=unit if isinstance(unit, int) else None,
            follow_person=self._person.text(),
            follow_due=self._due_day(),
        )

    def _due_day(self) -> date | None:
        text = self._due.text()
        today = day_of(self.desk.now())
        return read_coming_day(text, today, field="follow_due") if text.strip() else None

    def _on_choices(self, choices: BookChoices) -> None:
        self._unit.set_items(PickItem(unit, name) for unit, name in choices.units)


class FollowReceptionPanel(DeedPanel):
    """接访落实: what was done, and what the appellant says."""

    deed, title, verb = Deed.FOLLOW_RECEPTION, "接访事项落实", "存落实情况"

    def build(self) -> None:
        """Show what the leader said, and ask what came of it."""
        one = self.file.receptions.to_follow
        self.form.add(text_label(_words(one), "reading", wraps=True))
        if one is not None:
            self.form.add(text_label(f"领导意见：{one.opinion}", "label", wraps=True))
        self._note = self.form.text(
            "note", "落实情况", lines=4, required=True, hint="做了什么、结果怎样；写回登记表。"
        )

    def request(self, head: OnCase) -> FollowReception:
        """Say what came of it."""
        one = self.file.receptions.to_follow
        return FollowReception(**head, reception=one.id if one else 0, note=self._note.text())


def reception_facts(file: CaseFile) -> list[tuple[str, str]]:
    """Return each reception of a case in words, with a quieter note."""
    found = []
    for one in file.receptions.rows:
        head = f"{_day(one.day)} {one.leader or label(one.origin)}"
        if not one.opinion:
            found.append((f"{head}，还没有登记", one.why))
            continue
        follow = ""
        if one.follow_unit:
            due = f" {one.follow_due:%m-%d} 前" if one.follow_due else ""
            follow = f"{one.follow_unit}{due}{'，已落实' if one.done_on else ''}"
        outcome = label(one.outcome) if one.outcome else ""
        found.append((f"{head}：{outcome}。{one.opinion}", follow))
    return found


def visit_facts(file: CaseFile) -> tuple[str, str]:
    """Return how the appellant came, and who came for him; empty where he simply came."""
    visit = file.visit
    if visit.mode is None:
        return "", ""
    agreed = say_moment(visit.agreed_at, seen_at=file.read_at) if visit.agreed_at else ""
    words = f"{label(visit.mode)} {agreed}".strip()
    if visit.agent is None:
        return words, ""
    agent = visit.agent
    powers = "、".join(label(power) for power in agent.powers)
    note = f"{powers}{f'，凭{agent.paper}' if agent.paper else ''}"
    return f"{words}：{agent.name}（{label(agent.relation)}）{agent.phone}", note


def _words(one: ReceptionRow | None) -> str:
    if one is None:
        return "现在没有要登记的接访，请收起后看看案件的最新情况。"
    why = f"提请理由：{one.why}" if one.why else label(one.origin)
    return f"{_day(one.day)}接访，{one.place}。{why}"


def _day(day: date) -> str:
    return f"{day:%m-%d} 周{_WEEKDAYS[day.weekday()]}"
