"""Panels for an appeal that is taken back, and taken up again: 诉求人撤回、恢复办理."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from PySide6.QtCore import Qt

from desk.actions.set_aside import ReinstateCase, WithdrawCase
from desk.rules.codes import ConfirmWay, ContactWay
from desk.rules.deeds import Deed
from desk.rules.withdrawal import Withdrawer
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import coded
from desk.ui.case.ringing_fields import RingingFields
from desk.ui.case.told_fields import moment_of, stands_on_list
from desk.ui.case.withdrawal_paper import WithdrawalPaper
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.moment_edit import MomentEdit

_MEANS = "撤回后停表、不再催办，三问不问，可以直接归档。诉求人改了主意，随时可以恢复办理。"
_HINTS: Mapping[ConfirmWay, str] = MappingProxyType(
    {
        ConfirmWay.IN_PERSON: "请诉求人在撤回申请书上签字，签字件扫回来；没签的写明为什么。",
        ConfirmWay.PHONE: "写明是谁接打的、诉求人是怎么说的，照原话写。",
        ConfirmWay.WRITTEN: "来信扫描后按“附件”放进来；这里写信是怎么来的、原件在哪里。",
    }
)
_TALKS: Mapping[ConfirmWay, ContactWay] = MappingProxyType(
    {ConfirmWay.PHONE: ContactWay.PHONE, ConfirmWay.IN_PERSON: ContactWay.FACE}
)
_WHEN = "什么时候确认的"


class WithdrawPanel(DeedPanel):
    """诉求人撤回: why, how it was confirmed, by whom and when; no three questions are asked."""

    deed, title, verb = Deed.WITHDRAW, "诉求人撤回", "记下撤回"

    def build(self) -> None:
        """Ask for the reason and the confirmation; nothing of what was said is written for him."""
        self.form.add(text_label(_MEANS, "label", wraps=True))
        self.form.column.addWidget(WithdrawalPaper(self), 0, Qt.AlignmentFlag.AlignLeft)
        self._reason = self.form.text(
            "reason", "诉求人为什么撤回", required=True, lines=2, hint="照诉求人的原话写。"
        )
        self._way = self.form.choice("way", "怎么确认的", coded(ConfirmWay), required=True)
        phone = (ConfirmWay.PHONE,)
        self._ringing = RingingFields(self, way="way", calls=phone, asks_who=True)
        self._by = self.form.choice("by", "谁确认的", coded(Withdrawer), required=True, small=True)
        field = MomentEdit(_WHEN, self.desk.now, past_only=True, required=True)
        self._at = self.form.moment("confirmed_at", _WHEN, field)
        self._note = self.form.text("note", "确认情况", lines=2)
        entry = self.form.entries["way"]
        self.form.entries["way"] = replace(entry, write=self._put_way)
        self._way.chosen.connect(self._on_way_chosen)
        self._at.moment_changed.connect(self._on_moment)

    def submit(self) -> None:
        """Ask for the way, the person and the moment first."""
        self._at.check_now()  # the keyboard may still be in it
        for name, is_missing, words in (
            ("way", self._way.value() is None, "请选诉求人是怎么确认撤回的。"),
            ("rang", self._ringing.lacks_who(), "请选电话是谁打的；我们打的算一次联系。"),
            ("by", self._by.value() is None, "请选是谁确认撤回的。"),
            ("confirmed_at", self._at.moment() is None, "请写明是哪天几点确认的。"),
        ):
            if is_missing:
                self.missing(name, words)
                return
        super().submit()

    def request(self, head: OnCase) -> WithdrawCase:
        """Record the withdrawal."""
        return WithdrawCase(
            **head,
            reason=self._reason.text(),
            way=ConfirmWay(self._way.value()),
            by=Withdrawer(self._by.value()),
            confirmed_at=self._confirmed_at(),
            note=self._note.text(),
            **self._ringing.value(),
        )

    def undo_words(self) -> str:
        """Return what takes it back."""
        return "恢复办理"

    def undo(self, head: OnCase) -> ReinstateCase:
        """Take the withdrawal back."""
        return ReinstateCase(**head, reason="撤回登记有误")

    def _confirmed_at(self) -> datetime | None:
        """Return when; a call that was recorded first is not recorded twice."""
        talk = _TALKS.get(ConfirmWay(self._way.value()))
        at = self._at.moment()
        return at if talk is None else moment_of(self.file, talk, at)

    def _on_moment(self, at: datetime | None) -> None:
        is_listed = stands_on_list(self.file, ContactWay.PHONE, at)
        self._ringing.take_as_listed(is_listed=is_listed)

    def _put_way(self, way: object) -> None:
        """Show the way that a draft kept."""
        self._way.chips.set_value(way)
        self._ringing.show()
        if way is not None:
            self._show_way(way)

    def _on_way_chosen(self, way: object) -> None:
        """Whoever stands at the counter confirms it now; calls and letters were before."""
        self._show_way(way)
        if way == ConfirmWay.IN_PERSON and not self._at.text():
            self._at.set_moment(self.desk.now().replace(second=0, microsecond=0))

    def _show_way(self, way: object) -> None:
        self._note.set_hint(_HINTS[ConfirmWay(str(way))])


class ReinstatePanel(DeedPanel):
    """恢复办理: the case goes on where it stood when the appellant took it back."""

    deed, title, verb = Deed.REINSTATE, "恢复办理", "恢复办理"

    def build(self) -> None:
        """Say what comes back; the reason may be left out."""
        words = "恢复后回到撤回前的那一步，各单位的部分照旧；时限按原来的算，不顺延。"
        self.form.add(text_label(words, "label", wraps=True))
        self._reason = self.form.text("reason", "恢复的理由", hint="如：诉求人来电，问题又出现了。")

    def request(self, head: OnCase) -> ReinstateCase:
        """Go on with the case."""
        return ReinstateCase(**head, reason=self._reason.text())
