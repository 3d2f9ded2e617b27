"""Panels of what stands still (暂停、恢复、挂账复核): each says what happens to the limits."""

from datetime import date, datetime, timedelta

from desk.actions.parked import ReviewParked, Unpark
from desk.actions.pauses import PauseClocks, ResumeClocks
from desk.queries.case_file import CaseFile
from desk.rules.clock_codes import PauseReason
from desk.rules.codes import ContactResult
from desk.rules.day_words import read_coming_day
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.extensions import ASKED_PAUSES
from desk.rules.moments import day_of, say_length, say_moment
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.told_fields import ToldFields, legal_words, told_words
from desk.ui.keys import CaseKey
from desk.ui.leading.words import questions_said
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice

_BACK, _STAYS = "back", "stays"
_WHAT_STOPS = (
    "暂停的是内控时限（办理、意见书）；联系、核实照走。恢复后按剩下的时间接着算，原期限一直看得见。"
)


def pause_hint(file: CaseFile, now: datetime) -> str:
    """Say that the case stands still, for what, and whether that has come; empty: it does not."""
    pause, parking = file.extensions.pause, file.extensions.parking
    if parking is not None and parking.review_on is not None:
        day = parking.review_on
        late = "，已到复核日期" if day <= day_of(now) else ""
        who = f"，{parking.decided_by} 批准" if parking.decided_by else ""
        return f"挂账中（{label(parking.reason)}{who}）：{day.month} 月 {day.day} 日复核{late}。"
    if pause is None:
        return ""
    waits = f"暂停中：{label(pause.reason)}"
    if came := came_since(file, pause.since):
        return f"{waits}。{came}，等的已到就按 {CaseKey.PAUSE} 恢复。"
    since = say_moment(pause.since, seen_at=now)
    return f"{waits}，{since} 起，已 {_lasts(pause.since, now)}。到了就按 {CaseKey.PAUSE} 恢复。"


def _lasts(since: datetime, now: datetime) -> str:
    return say_length(max(now - since, timedelta()))


def came_since(file: CaseFile, since: datetime) -> str:
    """Return what has come since the pause began: an attachment, or the appellant himself."""
    added = [one for one in file.attachments if one.added_at > since]
    if added:
        return f"之后收到附件“{added[-1].name}”"
    reached = any(
        one.result is ContactResult.REACHED and one.happened_at > since for one in file.contacts
    )
    return "之后已联系上诉求人" if reached else ""


class PausePanel(DeedPanel):
    """暂停计时: what is waited for, and how the appellant was told."""

    deed, title, verb = Deed.PAUSE, "暂停计时", "暂停"

    def build(self) -> None:
        """Ask for the reason, what is waited for, and the telling."""
        self.form.add(text_label(_WHAT_STOPS, "label", wraps=True))
        _show_legal(self)
        reasons = [Choice(one, label(one)) for one in ASKED_PAUSES]
        self._reason = self.form.choice("reason", "为什么暂停", reasons, required=True)
        self._note = self.form.text(
            "note",
            "等什么、大约等到什么时候",
            lines=2,
            required=True,
            hint="例如：等房产证复印件，周四前送来。",
        )
        hint = "" if self.file.is_anonymous else "诉求人要知道为什么等。"
        self._told = ToldFields(self, hint=hint)

    def submit(self) -> None:
        """Ask for the reason first."""
        if self._reason.value() is None:
            self.missing("reason", "请选为什么暂停。")
            return
        super().submit()

    def request(self, head: OnCase) -> PauseClocks:
        """Let the limits stand still."""
        reason = PauseReason(str(self._reason.value()))
        return PauseClocks(**head, **self._told.value(), reason=reason, note=self._note.text())


class ResumePanel(DeedPanel):
    """恢复计时: what was waited for is there."""

    deed, title, verb = Deed.RESUME, "恢复计时", "恢复"

    def build(self) -> None:
        """Say what stands still since when; the note may be left out."""
        pause, now = self.file.extensions.pause, self.desk.now()
        if pause is not None:
            since = say_moment(pause.since, seen_at=now)
            lasts = _lasts(pause.since, now)
            words = (
                f"{since} {pause.begun_by} 暂停：{label(pause.reason)}，{pause.note}。已 {lasts}。"
            )
            self.form.add(text_label(words, "reading", wraps=True))
            came = came_since(self.file, pause.since)
            if came:
                self.form.add(text_label(f"{came}。", "label", wraps=True))
        self._note = self.form.text("note", "等到了什么（可空）", hint="例如：10 点送来复印件。")

    def request(self, head: OnCase) -> ResumeClocks:
        """Let the limits run again."""
        return ResumeClocks(**head, note=self._note.text())


class ReviewParkedPanel(DeedPanel):
    """复核挂账: it stays parked until another day, or comes back."""

    deed, title, verb = Deed.REVIEW_PARKED, "复核挂账", "记下复核"

    def build(self) -> None:
        """Show why it is parked, and ask how it stands."""
        _show_parking(self)
        said = questions_said(self.file.leading.questions)
        self.form.add(text_label(said, "label", wraps=True))
        both = [Choice(_STAYS, "继续挂账"), Choice(_BACK, "恢复办理")]
        self._way = self.form.choice("way", "复核结果", both, required=True)
        self._day = self.form.text("review_on", "下次哪天复核", hint="可以写 12-1。")
        self._note = self.form.text(
            "note", "复核到的情况", lines=3, required=True, hint="原因还在不在、进展如何。"
        )
        self._way.chosen.connect(lambda way: self._day.setVisible(way == _STAYS))

    def submit(self) -> None:
        """Ask for the result first, and read the day."""
        if self._way.value() is None:
            self.missing("way", "请选继续挂账，还是恢复办理。")
            return
        try:
            self._next_day()
        except RuleBroken as error:
            self.missing("review_on", str(error))
            return
        super().submit()

    def request(self, head: OnCase) -> ReviewParked:
        """Record it."""
        return ReviewParked(**head, review_on=self._next_day(), note=self._note.text())

    def _next_day(self) -> date | None:
        if self._way.value() != _STAYS:
            return None
        return read_coming_day(self._day.text(), day_of(self.desk.now()), field="review_on")


class UnparkPanel(DeedPanel):
    """恢复办理: what kept the case is gone."""

    deed, title, verb = Deed.UNPARK, "挂账件恢复办理", "恢复办理"

    def build(self) -> None:
        """Show why it is parked, and ask what has changed."""
        _show_parking(self)
        self._note = self.form.text(
            "note", "为什么可以接着办了", lines=2, required=True, hint="例如：专项资金已到位。"
        )

    def request(self, head: OnCase) -> Unpark:
        """Bring it back."""
        return Unpark(**head, note=self._note.text())


def _show_parking(panel: DeedPanel) -> None:
    parking, now = panel.file.extensions.parking, panel.desk.now()
    words = [pause_hint(panel.file, now)]
    if parking is not None:
        words.append(parking.explanation)
        told = told_words(parking.told_way, parking.told_at, parking.told_note, now)
        words += [told, *parking.said]
    for at, line in enumerate(filter(None, words)):
        panel.form.add(text_label(line, "label" if at else "reading", wraps=True))
    _show_legal(panel)


def _show_legal(panel: DeedPanel) -> None:
    words = legal_words(panel.file, panel.desk.now())
    if words:
        panel.form.add(text_label(words, "label", wraps=True))
