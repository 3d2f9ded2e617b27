"""Panels of the sign-off: signed or sent back, typed in from paper, revised, compared."""

from typing import Any, cast

from desk.actions.revising import ReviseOpinion
from desk.actions.signing import SignOnPaper, SignOpinion, UnsignOpinion
from desk.queries.sign_sheet import OpinionVersion
from desk.rules.codes import OpinionStatus, PaperState
from desk.rules.day_words import read_day
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of, say_moment
from desk.rules.sign_route import Stand
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import LabelledChoice
from desk.ui.case.opinion_panels import SECTIONS
from desk.ui.widgets.cards import rule, text_label
from desk.ui.widgets.choice_chips import Choice

_AGREED, _BACK = "sign", "back"
_SEALED = frozenset({PaperState.TO_DELIVER, PaperState.DELIVERED, PaperState.SCANNED})


class SignPanel(DeedPanel):
    """签发 or 退回修改: the opinion as it will be printed, and the leader's word."""

    deed, title, verb = Deed.SIGN, "审签意见书", "签发"
    is_wide = True

    def build(self) -> None:
        """Show the opinion and what a new version changes, then ask for the decision."""
        self._show_versions()
        self._show_opinion()
        self.form.add(rule())
        both = [Choice(_AGREED, "同意签发"), Choice(_BACK, "退回修改")]
        self._agreed = self.form.choice("is_agreed", self._whose(), both)
        self._agreed.chips.set_value(_AGREED)
        self._agreed.chosen.connect(lambda _value: self._show_verb())
        self._remark = self.form.text("remark", "批注", lines=2, hint="退回时请写明要改什么。")

    def request(self, head: OnCase) -> SignOpinion:
        """Sign, or send back; a deputy says so by having opened this panel."""
        return SignOpinion(
            **head,
            is_agreed=self._agreed.value() == _AGREED,
            remark=self._remark.text(),
            for_other=self._is_deputy(),
        )

    def undo_words(self) -> str:
        """Return what the button says that takes the signature back."""
        return "撤回签批"

    def undo(self, head: OnCase) -> UnsignOpinion:
        """Take the signature back."""
        return UnsignOpinion(**head)

    def _is_deputy(self) -> bool:
        here = self.file.signing.here
        return here is not None and here.stand is Stand.DEPUTY

    def _whose(self) -> str:
        here = self.file.signing.here
        return f"代{here.owner or '领导'}签" if here is not None and self._is_deputy() else "意见"

    def _show_versions(self) -> None:
        versions = self.file.signing.versions
        if versions:
            self.form.add(text_label(f"这是第 {versions[0].revision} 版，与上一版不同：", "strong"))
            for name, words in versions[0].differences:
                self.form.add(text_label(f"{name}：{words}", "reading", wraps=True))
            self.form.add(rule())

    def _show_opinion(self) -> None:
        opinion = self.file.opinion
        if opinion is None:
            return
        self.form.add(text_label(opinion.title, "section", wraps=True))
        result = f"，办理结果：{label(self.file.result)}" if self.file.result else ""
        self.form.add(text_label(f"{opinion.written_by}起草{result}", "label"))
        for desk in self.file.signing.passed:
            words = f"{desk.whose}已同意。{desk.remark}"
            self.form.add(text_label(words, "label", wraps=True))
        for name, words, _lines in SECTIONS[1:]:
            text = getattr(opinion, name)
            if text:
                self.form.add(text_label(words, "strong"))
                self.form.add(text_label(text, "reading", wraps=True))

    def _show_verb(self) -> None:
        agreed = self._agreed.value() == _AGREED
        self.button.setText("签发" if agreed else "退回修改")
        self.button.setAccessibleName(self.button.text())
        self.button.updateGeometry()
        self.button.update()


class OnPaperPanel(DeedPanel):
    """录入签批结果: what a leader decided on the printed draft."""

    deed, title, verb = Deed.SIGN_ON_PAPER, "录入签批结果", "录入"

    def build(self) -> None:
        """Ask who signed, when, and with which word."""
        signing = self.file.signing
        whose = signing.here.whose if signing.here is not None else ""
        self.form.add(text_label(f"现在在{whose}处。按纸上写的录入。", "label", wraps=True))
        signers = [Choice(one.staff_id, one.words) for one in signing.signers]
        self._signer = self.form.choice("signer", "谁签的", signers)
        if signers:
            self._signer.chips.set_value(signers[0].id)
        self._day = self.form.text("signed_on", "签批日期", hint="写作 11-2 或 2026-11-02。")
        self._day.set_text(f"{day_of(self.desk.now()):%Y-%m-%d}")
        both = [Choice(_AGREED, "同意"), Choice(_BACK, "退回")]
        self._agreed: LabelledChoice = self.form.choice("is_agreed", "结果", both)
        self._agreed.chips.set_value(_AGREED)
        self._remark = self.form.text("remark", "批注", lines=2, hint="退回时请写明要改什么。")

    def submit(self) -> None:
        """Read the day first; what cannot be read is said beside it."""
        try:
            read_day(self._day.text(), day_of(self.desk.now()))
        except RuleBroken as error:
            self.missing("signed_on", str(error))
            return
        super().submit()

    def request(self, head: OnCase) -> SignOnPaper:
        """Record the decision."""
        return SignOnPaper(
            **head,
            signer=cast("int", self._signer.value() or 0),
            signed_on=read_day(self._day.text(), day_of(self.desk.now())),
            is_agreed=self._agreed.value() == _AGREED,
            remark=self._remark.text(),
        )

    def undo_words(self) -> str:
        """Return what the button says that takes the entry back."""
        return "撤回录入"

    def undo(self, head: OnCase) -> UnsignOpinion:
        """Take the entry back."""
        return UnsignOpinion(**head)


class RevisePanel(DeedPanel):
    """改后重签: a new version of a signed opinion, with the reason."""

    deed, title, verb = Deed.REVISE, "改后重签", "开始改新版"

    def build(self) -> None:
        """Say what will happen, ask why."""
        sealed = any(
            paper.code == "opinion-notice" and paper.state in _SEALED for paper in self.file.papers
        )
        numbering = "原文书已盖章，新版另给文号。" if sealed else "文号不变，新出的是同号更高一版。"
        said = "签过的一版留着不动，它的文书作废；从它抄出新的一版，改好后重新送审签。" + numbering
        self.form.add(text_label(said, "label", wraps=True))
        if sealed:
            words = "已经交给诉求人的那一份，请在送达新版时收回或当面说明。"
            self.form.add(text_label(words, "label", wraps=True))
        self._reason = self.form.text(
            "reason", "为什么要改", lines=2, required=True, hint="签批人和以后查档的人都会看到。"
        )

    def request(self, head: OnCase) -> ReviseOpinion:
        """Begin the new version."""
        return ReviseOpinion(**head, reason=self._reason.text())


class VersionsPanel(DeedPanel):
    """各版意见书: each version with who signed it and what it changed."""

    deed, title, verb = Deed.REVISE, "意见书各版", "看完了"
    is_wide = True
    keeps_draft = False

    def build(self) -> None:
        """Show the versions, the newest first."""
        for version in self.file.signing.versions:
            self._show(version)
            self.form.add(rule())

    def submit(self) -> None:
        """Put the panel away: nothing is done here."""
        self.close_asked.emit()

    def request(self, head: OnCase) -> Any:
        """Do nothing: this panel is for reading."""
        raise NotImplementedError(head)

    def start(self) -> None:
        """Put the keyboard on the button."""
        self.button.setFocus()

    def _show(self, version: OpinionVersion) -> None:
        number = f" · {version.number}" if version.number else ""
        head = f"第 {version.revision} 版 · {label(version.status)}{number}"
        self.form.add(text_label(head, "section", wraps=True))
        now = self.desk.now()
        said = f"{version.written_by}起草，{say_moment(version.written_at, seen_at=now)}"
        if version.status is OpinionStatus.SIGNED and version.signed_at is not None:
            signed = say_moment(version.signed_at, seen_at=now)
            said += f"；{version.signed_by}签，{signed}"
        self.form.add(text_label(said, "label", wraps=True))
        for name, words in version.differences:
            self.form.add(text_label(f"{name}有改动：{words}", "strong", wraps=True))
        for name, words in version.sections[1:]:
            if words:
                self.form.add(text_label(name, "label"))
                self.form.add(text_label(words, "reading", wraps=True))
