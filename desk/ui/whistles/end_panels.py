"""Panels of review and outcome (审核、处置结果、评价、归档、退回再办、撤销)."""

from typing import Any, ClassVar

from desk.actions.whistle_work import ConcludeWhistle, RateWhistle, ReopenWhistle
from desk.actions.whistles import FileWhistle, ReviewWhistle, WithdrawWhistle
from desk.queries.whistle_views import WhistleFile
from desk.rules.codes import Satisfaction
from desk.rules.errors import RuleBroken
from desk.rules.whistle_codes import WhistleResult
from desk.rules.wording import label
from desk.ui.case.form_parts import coded
from desk.ui.sections.step_panel import StepPanel
from desk.ui.whistles.kinds import WhistleForm
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.moment_edit import MomentEdit

_YES, _NO = "yes", "no"
_RATED = (Satisfaction.SATISFIED, Satisfaction.FAIRLY, Satisfaction.DISSATISFIED)


class ReviewPanel(StepPanel):
    """信联办审核: 同意 calls the units, 退回 needs a reason."""

    deed, title, verb = WhistleForm.REVIEW, "审核", "提交审核"

    def build(self) -> None:
        """Ask for the decision."""
        file: WhistleFile = self.file
        units = "、".join(one.unit for one in file.row.units)
        self.form.add(text_label(f"{file.row.caller_unit} 请 {units} 到场。", "label", wraps=True))
        offered = [Choice(_YES, "同意，叫到场"), Choice(_NO, "退回")]
        self._agrees = self.form.choice("agrees", "怎么定", offered, required=True)
        self._agrees.chips.set_value(_YES)
        self._note = self.form.text("note", "意见", lines=2, hint="退回时必须写，吹哨单位会看到。")

    def request(self, head: Any) -> ReviewWhistle:
        """Decide."""
        file, chosen = self.file, self._agrees.value()
        if chosen is None:
            raise RuleBroken("请选同意，还是退回。", field="agrees")
        return ReviewWhistle(
            **head,
            whistle=file.id,
            seen=file.version,
            agrees=chosen == _YES,
            note=self._note.text(),
        )


class ConcludePanel(StepPanel):
    """处置结果: what came of it, and when."""

    deed, title, verb = WhistleForm.CONCLUDE, "处置结果", "登记结果"

    def build(self) -> None:
        """Ask for the result; of what is settled also when."""
        form, now = self.form, self.desk.now
        self._result = form.choice("result", "处置结果", coded(WhistleResult), required=True)
        self._note = form.text(
            "note",
            "处置情况",
            lines=4,
            required=True,
            hint="没有化解的写清卡在哪里，可以提级吹哨。",
        )
        self._at = form.moment(
            "resolved_at", "化解时间", MomentEdit("化解时间", now, past_only=True)
        )
        self._at.set_moment(now())
        self._result.chosen.connect(self._show)
        self._result.chips.set_value(WhistleResult.RESOLVED)

    def request(self, head: Any) -> ConcludeWhistle:
        """Say so."""
        file, chosen = self.file, self._result.value()
        if chosen is None:
            raise RuleBroken("请选处置结果。", field="result")
        return ConcludeWhistle(
            **head,
            whistle=file.id,
            seen=file.version,
            result=WhistleResult(str(chosen)),
            note=self._note.text(),
            resolved_at=self._at.moment(),
        )

    def _show(self, result: object) -> None:
        self._at.setVisible(result == WhistleResult.RESOLVED)


class RatePanel(StepPanel):
    """吹哨单位评价: did they respond, how content is the caller."""

    deed, title, verb = WhistleForm.RATE, "吹哨单位评价", "提交评价"

    def build(self) -> None:
        """Ask both."""
        offered = [Choice(_YES, "是"), Choice(_NO, "否")]
        self._responsive = self.form.choice(
            "is_responsive", "被叫单位有没有响应", offered, required=True, small=True
        )
        self._rating = self.form.choice(
            "satisfaction", "满意度", [Choice(one, label(one)) for one in _RATED], required=True
        )
        self._note = self.form.text(
            "note", "说明", lines=3, hint="没有响应或不满意的必须写。纸上带回的评价由信联办代录。"
        )

    def request(self, head: Any) -> RateWhistle:
        """Rate it."""
        file, rating = self.file, self._rating.value()
        if self._responsive.value() is None:
            raise RuleBroken("请选有没有响应。", field="is_responsive")
        if rating is None:
            raise RuleBroken("请选满意度。", field="satisfaction")
        return RateWhistle(
            **head,
            whistle=file.id,
            seen=file.version,
            is_responsive=self._responsive.value() == _YES,
            satisfaction=Satisfaction(str(rating)),
            note=self._note.text(),
        )


class FilePanel(StepPanel):
    """归档: one key."""

    deed, title, verb = WhistleForm.FILE, "归档", "归档"
    keeps_draft = False

    def build(self) -> None:
        """Say what becomes of it."""
        number = self.file.row.number
        self.form.add(
            text_label(f"{number} 归档后不再更改，最后一版哨单会出好。", "label", wraps=True)
        )

    def request(self, head: Any) -> FileWhistle:
        """File it."""
        return FileWhistle(**head, whistle=self.file.id, seen=self.file.version)


class _ReasonPanel(StepPanel):
    """What needs nothing but a reason."""

    asks: ClassVar[str]
    does: ClassVar[type[WithdrawWhistle | ReopenWhistle]]

    def build(self) -> None:
        """Ask for it."""
        self._note = self.form.text("note", self.asks, lines=3, required=True)

    def request(self, head: Any) -> WithdrawWhistle | ReopenWhistle:
        """Do it."""
        file = self.file
        return self.does(**head, whistle=file.id, seen=file.version, note=self._note.text())


class WithdrawPanel(_ReasonPanel):
    """撤销."""

    deed, title, verb = WhistleForm.WITHDRAW, "撤销哨单", "撤销"
    asks, does = "为什么撤销", WithdrawWhistle


class ReopenPanel(_ReasonPanel):
    """退回再办."""

    deed, title, verb = WhistleForm.REOPEN, "退回再办", "退回再办"
    asks, does = "为什么退回再办", ReopenWhistle
