"""Panels for what follows an agreement (履行、督促、回访、司法确认)."""

from datetime import date

from desk.actions.mediation_court import ApplyForConfirmation, RecordCourtAnswer
from desk.actions.mediation_performance import (
    FinishPerformance,
    FollowUpMediation,
    RecordPayment,
    UrgePerformance,
)
from desk.queries.mediation_file import WholeMediation
from desk.queries.mediation_views import InstalmentView
from desk.rules.codes import Satisfaction
from desk.rules.day_words import read_day
from desk.rules.errors import RuleBroken
from desk.rules.mediation_checks import why_not_confirmed
from desk.rules.mediation_codes import ConfirmationKind, ConfirmationResult, Performance
from desk.rules.mediation_rights import MediationDeed
from desk.rules.moments import day_of
from desk.rules.money import read_amount, show_amount
from desk.rules.wording import label
from desk.ui.case.form_parts import coded
from desk.ui.mediation.deed_panel import MediationPanel, OnMediation
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice

_TODAY = "今天"


def open_instalments(file: WholeMediation) -> list[InstalmentView]:
    """Return the instalments that are not paid in full, in their order."""
    rows = file.body.instalments if file.body is not None else ()
    return [row for row in rows if row.paid_fen < row.amount_fen]


def has_open_instalments(file: WholeMediation) -> bool:
    """Return whether something is still to be paid."""
    return bool(open_instalments(file))


def waits_for_court(file: WholeMediation) -> bool:
    """Return whether a court has been asked and has not answered."""
    return file.body is not None and file.body.asked_court is not None


def may_ask_court(file: WholeMediation) -> bool:
    """Return whether a court may be asked now."""
    head = file.head
    return not waits_for_court(file) and head.confirmed_on is None and head.effective_on is not None


def _in_words(row: InstalmentView) -> str:
    left = show_amount(row.amount_fen - row.paid_fen)
    return f"第 {row.seq} 期　{row.due_on:%m-%d} 到期　还差 {left}"


class _DayPanel(MediationPanel):
    """A panel that asks for a day as people write it."""

    def day(self, field: str) -> date:
        """Return the day in a field.

        Raises:
            RuleBroken: it cannot be read.
        """
        text = str(self.form.content()[field]).strip() or _TODAY
        try:
            return read_day(text, day_of(self.desk.now()))
        except RuleBroken as error:
            raise RuleBroken(str(error), field=field) from error

    def submit(self) -> None:
        """Say beside the field what cannot be read."""
        try:
            super().submit()
        except RuleBroken as error:
            self.missing(error.field or next(iter(self.form.entries)), str(error))


class _InstalmentPanel(_DayPanel):
    """A panel about one instalment: the first that is open, unless another is chosen."""

    def ask_which(self) -> None:
        """Ask which instalment it is about."""
        rows = open_instalments(self.file)
        which = self.form.choice("instalment", "哪一期", [Choice(r.id, _in_words(r)) for r in rows])
        which.chips.set_value(rows[0].id)

    def chosen(self) -> InstalmentView:
        """Return the instalment that is meant."""
        wanted = self.form.content()["instalment"]
        rows = open_instalments(self.file)
        return next((row for row in rows if row.id == wanted), rows[0])


class PayPanel(_InstalmentPanel):
    """登记履行: which instalment, how much, when."""

    deed, title, verb = MediationDeed.PERFORM, "登记履行", "登记"

    def build(self) -> None:
        """Offer the first open instalment with what is still due."""
        self.ask_which()
        self.form.text("amount_fen", "金额", hint="空着就是这一期还差的全部。")
        self.form.text("paid_on", "哪一天", hint="空着就是今天；可以写 昨天、11-20。")
        self.form.text("note", "说明", hint="例如 转账回单已入卷。")

    def request(self, head: OnMediation) -> RecordPayment:
        """Record the payment."""
        said, row = self.form.content(), self.chosen()
        typed = str(said["amount_fen"]).strip()
        return RecordPayment(
            **head,
            instalment=row.id,
            amount_fen=(
                read_amount(typed, field="amount_fen") if typed else row.amount_fen - row.paid_fen
            ),
            paid_on=self.day("paid_on"),
            note=said["note"],
        )


class UrgePanel(_InstalmentPanel):
    """督促履行: which instalment, and what was said."""

    deed, title, verb = MediationDeed.PERFORM, "督促履行", "记下督促"

    def build(self) -> None:
        """Ask which instalment and what was said."""
        self.ask_which()
        self.form.text("note", "怎么说的", lines=2, hint="例如 电话里答应周五转账。")

    def request(self, head: OnMediation) -> UrgePerformance:
        """Record that somebody was urged."""
        return UrgePerformance(
            **head, instalment=self.chosen().id, note=self.form.content()["note"]
        )


class FinishPanel(MediationPanel):
    """履行结束: how the agreement was kept in the end."""

    deed, title, verb = MediationDeed.PERFORM, "履行结束", "履行结束，转回访"

    def build(self) -> None:
        """Ask how it was kept; what is still open stands above."""
        rows = open_instalments(self.file)
        for row in rows:
            self.form.add(text_label(f"{_in_words(row)}。", "label", wraps=True))
        offered = [Choice(one, label(one)) for one in Performance if one != Performance.INSTALMENTS]
        kept = self.form.choice("performance", "履行得怎样", offered, required=True)
        kept.chips.set_value(Performance.PERFORMED)
        if rows:
            kept.chips.set_value(Performance.PARTLY)
        self.form.check("was_told_court", "没有履行完的，已告知可以申请司法确认或起诉")

    def request(self, head: OnMediation) -> FinishPerformance:
        """End the tracking."""
        said = self.form.content()
        return FinishPerformance(
            **head,
            performance=Performance(said["performance"]),
            was_told_court=said["was_told_court"],
        )


class FollowUpMediationPanel(_DayPanel):
    """回访: kept or not, satisfied or not, any trouble left."""

    deed, title, verb = MediationDeed.FOLLOW_UP, "调解回访", "记下回访"

    def build(self) -> None:
        """Ask what the 回访记录 prints."""
        self.form.text("way", "回访方式", required=True).set_text("电话")
        self.form.text("visited_on", "哪一天", hint="空着就是今天；可以写 昨天、11-20。")
        kept = self.form.choice("performance", "履行情况", coded(Performance), small=True)
        kept.chips.set_value(self.file.head.performance or Performance.PERFORMED)
        self.form.choice("satisfaction", "满意程度", coded(Satisfaction), required=True, small=True)
        self.form.check("went_to_court", "当事人起诉了")
        self.form.text("trouble", "有无激化、遗留隐患", lines=2, hint="没有就空着。")
        self.form.text("measures", "措施", lines=2)

    def submit(self) -> None:
        """Ask what they said first; nobody is content by default."""
        self.form.clear_sentences()
        if self.form.content()["satisfaction"] is None:
            self.missing("satisfaction", "请选满意度；不愿评价选“未评价”。")
            return
        super().submit()

    def request(self, head: OnMediation) -> FollowUpMediation:
        """Keep the follow-up."""
        said = self.form.content()
        return FollowUpMediation(
            **head,
            visited_on=self.day("visited_on"),
            way=said["way"],
            performance=Performance(said["performance"]),
            satisfaction=Satisfaction(said["satisfaction"]),
            went_to_court=said["went_to_court"],
            trouble=said["trouble"],
            measures=said["measures"],
        )


class AskCourtPanel(_DayPanel):
    """申请司法确认: what is to be confirmed decides whether a court may."""

    deed, title, verb = MediationDeed.CONFIRM, "申请司法确认", "登记申请"

    def build(self) -> None:
        """Ask what is to be confirmed, by which court, since when."""
        kind = self.form.choice(
            "kind", "请求确认什么", coded(ConfirmationKind), required=True, small=True
        )
        kind.chips.set_value(ConfirmationKind.MONEY)
        kind.chosen.connect(lambda _value: self._advise())
        self.form.text("court", "法院", required=True, hint="例如 滨河区人民法院。")
        self.form.text("applied_on", "哪一天申请", hint="空着就是今天；双方要一起申请。")
        effective = self.file.head.effective_on
        if effective is not None:
            limit = f"{self.file.head.court_limit}。" if self.file.head.court_limit else ""
            words = f"协议 {effective:%Y-%m-%d} 生效，双方共同申请。{limit}"
            self.form.add(text_label(words, "hint", wraps=True))

    def request(self, head: OnMediation) -> ApplyForConfirmation:
        """Record the application."""
        said = self.form.content()
        return ApplyForConfirmation(
            **head,
            kind=ConfirmationKind(said["kind"]),
            court=said["court"],
            applied_on=self.day("applied_on"),
        )

    def _advise(self) -> None:
        """Say at once where a court would not confirm it."""
        why_not = why_not_confirmed(ConfirmationKind(self.form.content()["kind"]))
        self.say(f"{why_not}请当事人直接咨询法院。" if why_not else "", state="warn")


class CourtAnswerPanel(_DayPanel):
    """法院答复: confirmed or not, with the number of the ruling."""

    deed, title, verb = MediationDeed.CONFIRM, "法院答复", "登记答复"

    def build(self) -> None:
        """Ask what the court said."""
        answer = self.form.choice("result", "法院的答复", coded(ConfirmationResult), required=True)
        answer.chips.set_value(ConfirmationResult.CONFIRMED)
        self.form.text("number", "裁定书文号")
        self.form.text("result_on", "哪一天", hint="空着就是今天；可以写 昨天、11-20。")

    def request(self, head: OnMediation) -> RecordCourtAnswer:
        """Record the answer."""
        said = self.form.content()
        asked = self.body.asked_court
        return RecordCourtAnswer(
            **head,
            confirmation=0 if asked is None else asked,
            result=ConfirmationResult(said["result"]),
            result_on=self.day("result_on"),
            number=said["number"],
        )
