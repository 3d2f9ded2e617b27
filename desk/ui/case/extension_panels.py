"""Panels of a request for more time or for parking (延期、挂账): asked, told, reviewed, decided."""

from datetime import date, datetime
from functools import partial

from desk.actions.extensions import (
    AskExtension,
    DecideExtension,
    DropExtension,
    ReviewExtension,
    TellExtension,
)
from desk.queries.case_file import CaseFile
from desk.queries.extensions import ExtensionOptions, RequestView, extension_options
from desk.rules.clock_codes import ExtensionKind, ExtensionReason
from desk.rules.codes import CaseStatus, ClockKind
from desk.rules.day_words import read_coming_day
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.extensions import EXTENDABLE, REASONS, comes_late, granted_words
from desk.rules.moments import day_of, end_of, say_due
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.told_fields import ToldFields, legal_words, told_words
from desk.ui.leading.check_fields import QuestionFields
from desk.ui.leading.words import questions_said
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import Check, FieldState
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.moment_text import read_moment

EXTEND, PARK = ExtensionKind.EXTEND, ExtensionKind.PARK
_UNTIL_HINT = "可以写 11-20（到那天 24:00），或 11-20 18:00。"


def running_limits(file: CaseFile) -> dict[ClockKind, datetime]:
    """Return the case's own limits that run and may be extended, with when they are due."""
    return {
        row.kind: row.facts.due_at
        for row in file.clocks
        if row.is_running
        and row.round_no == file.round.number
        and row.kind in EXTENDABLE
        and row.facts.is_applicable
        and row.facts.due_at is not None
    }


def pending_hint(file: CaseFile, now: datetime) -> str:
    """Say in one line what is asked for and where it lies; empty: nothing waits."""
    one = file.extensions.pending
    if one is None:
        return ""
    asked = granted_words(one.kind, one.until, one.review_on, seen_at=now)
    where = f"在{one.leader}处等审批" if one.leader else label(one.state)
    untold = "，还没有告知诉求人" if one.told_at is None and not file.is_anonymous else ""
    return f"已申请{asked}，{where}{untold}。"


def request_words(one: RequestView, now: datetime) -> list[str]:
    """Return a request as whoever decides it reads it, line by line."""
    asked = granted_words(one.kind, one.until, one.review_on, seen_at=now)
    limit = f"{label(one.clock_kind)}时限" if one.clock_kind else "时限"
    due = say_due(one.due_before, seen_at=now) if one.due_before else ""
    before = f"（{limit}原到 {due}）" if due else ""
    return [
        f"{one.unit} {one.asked_by} 申请{asked}{before}。",
        f"理由：{label(one.reason)}。{one.explanation}",
        told_words(one.told_way, one.told_at, one.told_note, now),
        *one.said,
    ]


class AskExtensionPanel(DeedPanel):
    """申请延期、挂账: which limit, until when, why, and how the appellant was told."""

    deed, title, verb = Deed.ASK_EXTENSION, "申请延期、挂账", "提交申请"

    def build(self) -> None:
        """Ask for the use first; the rest follows it."""
        form = self.form
        self._options: ExtensionOptions | None = None
        self._limits = running_limits(self.file)
        words = legal_words(self.file, self.desk.now())
        if words:
            form.add(text_label(words, "label", wraps=True))
        kinds = [Choice(EXTEND, "延期")] if self._limits else []
        if self.file.status is CaseStatus.HANDLING:
            kinds.append(Choice(PARK, "挂账"))
        self._kind = form.choice("kind", "申请什么", kinds, required=True)
        self._clock = form.choice("clock_kind", "哪个时限", self._clock_choices(), small=True)
        self._until = form.text("until", "拟延至", required=True, check=self._judge_until)
        self._until.set_hint(_UNTIL_HINT)
        self._review = form.text("review_on", "哪天复核", required=True)
        self._review.set_hint("可以写 12-1；到那天提醒您和信联办再看一次。")
        self._questions = QuestionFields(form, self.file.leading.questions)
        reasons = [Choice(one, label(one)) for one in REASONS[EXTEND]]
        self._reason = form.choice("reason", "理由", reasons, required=True, small=True)
        self._why = form.text(
            "explanation", "具体情况", lines=4, required=True, hint="卡在哪里、打算怎么办。"
        )
        self._late = form.text("late_reason", "为什么没有早提", lines=2, required=True)
        hint = "先告知诉求人理由；还没告知可以先提交，批准前要补记。"
        self._told = ToldFields(self, hint="" if self.file.is_anonymous else hint)
        self._note = form.text("told_note", "诉求人怎么说（可空）")
        self._head = form.text(
            "head_name", "部门负责人（可空）", hint="同意申请的负责人，印在表上。"
        )
        self._kind.chosen.connect(self._show_kind)
        self._clock.chosen.connect(lambda _kind: self._show_limit())
        if self._limits:
            self._kind.chips.set_value(EXTEND)
            self._clock.chips.set_value(next(iter(self._limits)))
        self._show_kind(self._kind.value())
        query = partial(extension_options, case_id=self.file.id)
        self.desk.ask(query, owner=self, done=self._on_options)

    def submit(self) -> None:
        """Ask for use and reason first, and read the day."""
        for name, field, sentence in (
            ("kind", self._kind, "请选申请延期，还是挂账。"),
            ("reason", self._reason, "请选一个理由。"),
        ):
            if field.value() is None:
                self.missing(name, sentence)
                return
        try:
            self._read_review()
        except RuleBroken as error:
            self.missing("review_on", str(error))
            return
        if self._kind.value() == EXTEND and self._read_until(self._until.text()) is None:
            self.missing("until", f"没看懂延到什么时候。{_UNTIL_HINT}")
            return
        super().submit()

    def request(self, head: OnCase) -> AskExtension:
        """Hand in the request."""
        kind = ExtensionKind(str(self._kind.value()))
        clock = self._clock.value()
        return AskExtension(
            **head,
            **self._told.value(),
            kind=kind,
            clock_kind=ClockKind(str(clock)) if clock and kind is EXTEND else ClockKind.HANDLE,
            until=self._read_until(self._until.text()) if kind is EXTEND else None,
            review_on=self._read_review(),
            reason=ExtensionReason(str(self._reason.value())),
            explanation=self._why.text(),
            late_reason=self._late.text(),
            told_note=self._note.text(),
            head_name=self._head.text(),
            questions=self._questions.said() if kind is PARK else (),
        )

    def missing(self, name: str, sentence: str) -> None:
        """Show the field for lateness too where it became needed."""
        if name == "late_reason":
            self._late.show()
        super().missing(name, sentence)

    def _clock_choices(self) -> list[Choice]:
        now = self.desk.now()
        return [
            Choice(kind, f"{label(kind)}（{say_due(due, seen_at=now)} 到期）")
            for kind, due in self._limits.items()
        ]

    def _read_until(self, text: str) -> datetime | None:
        """Return the moment that is meant; a day alone ends at its 24:00."""
        now = self.desk.now()
        moment = read_moment(text, now)
        if moment is not None:
            return moment
        try:
            return end_of(read_coming_day(text, day_of(now)))
        except RuleBroken:
            return None

    def _judge_until(self, text: str) -> FieldState:
        if not text.strip():
            return FieldState()
        until = self._read_until(text)
        if until is None:
            return FieldState(Check.BAD, f"没看懂“{text.strip()}”。{_UNTIL_HINT}")
        return FieldState(Check.OK, f"延到 {say_due(until, seen_at=self.desk.now())}")

    def _read_review(self) -> date | None:
        if self._kind.value() != PARK:
            return None
        return read_coming_day(self._review.text(), day_of(self.desk.now()), field="review_on")

    def _show_kind(self, kind: object) -> None:
        """Show what belongs to the chosen use."""
        is_park = kind == PARK
        for field, is_shown in (
            (self._clock, not is_park and len(self._limits) > 1),
            (self._until, not is_park),
            (self._review, is_park),
            *((one, is_park) for one in self._questions.widgets()),
        ):
            field.setVisible(is_shown)
        self._show_limit()

    def _show_limit(self) -> None:
        """Say how far the chosen limit may be extended, and ask why it comes so late."""
        kind = ClockKind.HANDLE if self._kind.value() == PARK else self._clock.value()
        due, options, now = self._limits.get(kind), self._options, self.desk.now()
        ahead = options.ahead_hours if options is not None else 0
        self._late.setVisible(due is not None and comes_late(due, now, ahead))
        limit = next((one for one in options.limits if one.kind == kind), None) if options else None
        if limit is None or options is None:
            return
        latest = limit.latest(options.own_days)
        most = f"最晚到 {say_due(latest, seen_at=now)}" if latest else "法定时限，不能延期"
        self._until.set_hint(f"{most}。{_UNTIL_HINT}")

    def _on_options(self, options: ExtensionOptions | None) -> None:
        self._options = options
        if options is not None and not self._review.text():
            day = date.fromordinal(day_of(self.desk.now()).toordinal() + options.review_days)
            self._review.set_text(f"{day:%Y-%m-%d}")
        self._show_limit()


class TellExtensionPanel(DeedPanel):
    """补记告知: the appellant knows why it takes longer."""

    deed, title, verb = Deed.TELL_EXTENSION, "记下已告知诉求人", "记下"

    def build(self) -> None:
        """Show what was asked for, and ask how he was told."""
        _show_request(self)
        self._told = ToldFields(self)
        self._note = self.form.text("told_note", "诉求人怎么说（可空）")

    def request(self, head: OnCase) -> TellExtension:
        """Record it."""
        return TellExtension(**head, **self._told.value(), told_note=self._note.text())


class DropExtensionPanel(DeedPanel):
    """撤回申请: nothing is asked for any more."""

    deed, title, verb = Deed.DROP_EXTENSION, "撤回延期、挂账申请", "撤回申请"

    def build(self) -> None:
        """Show what was asked for; the reason may be left out."""
        _show_request(self)
        self._note = self.form.text("note", "为什么撤回（可空）")

    def request(self, head: OnCase) -> DropExtension:
        """Take it back."""
        return DropExtension(**head, note=self._note.text())


class ReviewExtensionPanel(DeedPanel):
    """信联办审核: passed on to the leader, or refused with a reason."""

    deed, title, verb = Deed.REVIEW_EXTENSION, "审核延期、挂账申请", "审核"

    def build(self) -> None:
        """Show what was asked for, and ask for a word."""
        _show_request(self)
        both = [Choice("yes", "情况属实，转分管领导"), Choice("no", "不同意")]
        self._passed = self.form.choice("is_passed", "审核意见", both, required=True)
        self._note = self.form.text(
            "note", "意见", lines=2, hint="不同意时必须写，承办单位会看到。"
        )

    def submit(self) -> None:
        """Ask for the word first."""
        if self._passed.value() is None:
            self.missing("is_passed", "请选转分管领导，还是不同意。")
            return
        super().submit()

    def request(self, head: OnCase) -> ReviewExtension:
        """Say it."""
        is_passed = self._passed.value() == "yes"
        return ReviewExtension(**head, is_passed=is_passed, note=self._note.text())


class DecideExtensionPanel(DeedPanel):
    """分管领导审批: granted, perhaps for less, or refused with a reason."""

    deed, title, verb = Deed.DECIDE_EXTENSION, "审批延期、挂账申请", "审批"

    def build(self) -> None:
        """Show what was asked for, and ask for the decision."""
        _show_request(self)
        one = self.file.extensions.pending
        self._is_park = one is not None and one.kind is PARK
        if self._is_park:
            said = questions_said(self.file.leading.questions)
            self.form.add(text_label(said, "label", wraps=True))
        both = [Choice("yes", "批准"), Choice("no", "不同意")]
        self._granted = self.form.choice("is_granted", "审批", both, required=True)
        name = "review_on" if self._is_park else "until"
        words = "改早复核日期（可空）" if self._is_park else "改早到（可空）"
        self._sooner = self.form.text(name, words, hint="空着就照申请；只能改早。")
        self._note = self.form.text(
            "note", "意见", lines=2, hint="不同意时必须写，承办单位会看到。"
        )

    def submit(self) -> None:
        """Ask for the decision first, and read the day."""
        if self._granted.value() is None:
            self.missing("is_granted", "请选批准，还是不同意。")
            return
        if self._sooner.text().strip() and self._day() is None:
            name = "review_on" if self._is_park else "until"
            self.missing(name, "日期没看懂，请写作 11-20 或 2026-11-20。")
            return
        super().submit()

    def request(self, head: OnCase) -> DecideExtension:
        """Decide."""
        day = self._day() if self._granted.value() == "yes" else None
        return DecideExtension(
            **head,
            is_granted=self._granted.value() == "yes",
            until=end_of(day) if day is not None and not self._is_park else None,
            review_on=day if self._is_park else None,
            note=self._note.text(),
        )

    def _day(self) -> date | None:
        try:
            return read_coming_day(self._sooner.text(), day_of(self.desk.now()))
        except RuleBroken:
            return None


def _show_request(panel: DeedPanel) -> None:
    """Put the request that waits, and what the law says besides, above the fields."""
    now, one = panel.desk.now(), panel.file.extensions.pending
    lines = request_words(one, now) if one is not None else []
    for at, line in enumerate(lines):
        panel.form.add(text_label(line, "label" if at else "reading", wraps=True))
    words = legal_words(panel.file, now)
    if words:
        panel.form.add(text_label(words, "label", wraps=True))
