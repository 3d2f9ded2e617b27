"""Panels of a case's assessment (剔除申请、差评申诉): asked, signed desk by desk, taken back."""

from datetime import datetime

from desk.actions.assessing import AskAssessment, CountAgain, DecideAssessment, DropAssessment
from desk.queries.assessments import AssessmentView
from desk.queries.case_file import CaseFile
from desk.rules.assessment_codes import ExclusionReason, RequestKind
from desk.rules.codes import Resolution, Satisfaction
from desk.rules.deeds import Deed
from desk.rules.moments import say_moment
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import Ticks
from desk.ui.leading.check_fields import QuestionFields
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice

EXCLUDE, AGAIN = RequestKind.EXCLUDE, RequestKind.RATE_AGAIN
_YES, _NO = "yes", "no"
_STILL_COUNTS = "批准以前，此件照常计入考核；事实和原来的评价都不改。"


def unasked_deeds(file: CaseFile) -> set[Deed]:
    """Return what is not offered: nothing asked or granted, asked already, not on his desk."""
    view, found = file.assessments, set()
    pending = view.pending
    if pending is None:
        found |= {Deed.DECIDE_ASSESSMENT, Deed.DROP_ASSESSMENT}
        if not kinds_now(file):
            found.add(Deed.ASK_ASSESSMENT)
    else:
        found |= {Deed.ASK_ASSESSMENT, Deed.COUNT_AGAIN}
        if not pending.is_mine:
            found.add(Deed.DECIDE_ASSESSMENT)
    if view.granted is None:
        found.add(Deed.COUNT_AGAIN)
    return found


def kinds_now(file: CaseFile) -> list[RequestKind]:
    """Return what may be asked for: leaving out what counts, appealing against a bad rating."""
    view = file.assessments
    kinds = [EXCLUDE] if view.counts and view.reasons else []
    return kinds + ([AGAIN] if view.rating.is_bad else [])


def assessment_hint(file: CaseFile) -> str:
    """Say in one line what is asked for, or why the case does not count; empty: nothing to say."""
    view = file.assessments
    if view.pending is not None:
        return f"{label(view.pending.kind)}（{view.pending.why}）{label(view.pending.state)}签批。"
    if view.granted is not None and view.granted.kind is EXCLUDE:
        return f"已剔除，不计入考核：{view.granted.why}。"
    if view.granted is not None:
        return f"差评申诉已批准，原评价：{view.granted.old_rating.words()}。"
    return ""


def asked_words(one: AssessmentView, now: datetime) -> list[str]:
    """Return a request as whoever signs it reads it, line by line."""
    head = "理由" if one.kind is EXCLUDE else "现在的评价"
    asked = say_moment(one.asked_at, seen_at=now)
    return [
        f"{one.unit} {one.asked_by} {asked} 提出{label(one.kind)}。",
        f"{head}：{one.why}。",
        f"事实与证据：{one.facts}",
        f"原评价：{one.old_rating.words()}。计入 {one.month} 的考核，按“{one.rules_name}”。",
        *(said.words() for said in one.said),
    ]


class AskAssessmentPanel(DeedPanel):
    """提出剔除申请或差评申诉: which of the two, why, and what shows it."""

    deed, title, verb = Deed.ASK_ASSESSMENT, "剔除申请、差评申诉", "提交申请"

    def build(self) -> None:
        """Ask for the kind first; the rest follows it."""
        form, kinds = self.form, kinds_now(self.file)
        words = {EXCLUDE: "剔除（不纳入考核）", AGAIN: "差评申诉（诉求人现在满意了）"}
        self._kind = form.choice(
            "kind", "申请什么", [Choice(kind, words[kind]) for kind in kinds], required=True
        )
        offered = [label(one) for one in self.file.assessments.reasons] or ["无"]
        self._reasons = form.ticks("reasons", "剔除理由", Ticks("剔除理由（可多选）", offered))
        self._contacted = form.choice(
            "was_contacted", "联系过吗", [Choice(_YES, "联系过"), Choice(_NO, "没有")], small=True
        )
        self._solved = form.choice(
            "resolution",
            "现在解决了吗",
            [Choice(one, label(one)) for one in Resolution],
            small=True,
        )
        rated = [one for one in Satisfaction if one is not Satisfaction.NOT_RATED]
        self._content = form.choice(
            "satisfaction", "现在满意吗", [Choice(one, label(one)) for one in rated], small=True
        )
        self._questions = QuestionFields(form, self.file.leading.questions)
        self._facts = form.text(
            "facts", "事实与证据", lines=5, required=True, hint="写明发生了什么、凭什么证明。"
        )
        names = [one.name for one in self.file.attachments]
        self._ids = {one.name: one.id for one in self.file.attachments}
        self._evidence = (
            form.ticks("evidence", "证据（此件的附件）", Ticks("证据（此件的附件）", names))
            if names
            else None
        )
        if not names:
            form.add(
                text_label("还没有附件；照片、录音、文书请先用“附件”上传。", "hint", wraps=True)
            )
        self._head = form.text(
            "head_name",
            "部门负责人（可空）",
            hint="已在纸面签字的负责人；空着就请本部门另一位同事在程序里签。",
        )
        form.add(text_label(_STILL_COUNTS, "hint", wraps=True))
        self._kind.chosen.connect(self._show_kind)
        if kinds:
            self._kind.chips.set_value(kinds[0])
        self._show_kind(self._kind.value())

    def request(self, head: OnCase) -> AskAssessment:
        """Hand in the request."""
        kind = RequestKind(str(self._kind.value()))
        said = {label(one): one for one in ExclusionReason}
        is_appeal = kind is AGAIN
        solved, content = self._solved.value(), self._content.value()
        contacted = {_YES: True, _NO: False}.get(str(self._contacted.value()))
        ticked = self._evidence.value() if self._evidence is not None else []
        return AskAssessment(
            **head,
            kind=kind,
            reasons=() if is_appeal else tuple(said[word] for word in self._reasons.value()),
            facts=self._facts.text(),
            evidence=tuple(self._ids[name] for name in ticked),
            was_contacted=contacted if is_appeal else None,
            resolution=Resolution(str(solved)) if is_appeal and solved else None,
            satisfaction=Satisfaction(str(content)) if is_appeal and content else None,
            head_name=self._head.text(),
            questions=() if is_appeal else self._questions.said(),
        )

    def _show_kind(self, kind: object) -> None:
        is_appeal = kind == AGAIN
        self._reasons.setVisible(not is_appeal)
        self._questions.show(is_shown=not is_appeal)
        for field in (self._contacted, self._solved, self._content):
            field.setVisible(is_appeal)


class DecideAssessmentPanel(DeedPanel):
    """签批: agreed and passed on, or refused with a reason."""

    deed, title, verb = Deed.DECIDE_ASSESSMENT, "签批考核申请", "签批"

    def build(self) -> None:
        """Show what was asked for and what was said, and ask for a word."""
        _show_request(self)
        both = [Choice(_YES, "同意"), Choice(_NO, "不同意")]
        self._passed = self.form.choice("is_passed", "签批", both, required=True)
        self._note = self.form.text(
            "note", "意见", lines=2, hint="不同意时必须写，承办单位会看到。"
        )

    def submit(self) -> None:
        """Ask for the word first."""
        if self._passed.value() is None:
            self.missing("is_passed", "请选同意，还是不同意。")
            return
        super().submit()

    def request(self, head: OnCase) -> DecideAssessment:
        """Sign it."""
        is_passed = self._passed.value() == _YES
        return DecideAssessment(**head, is_passed=is_passed, note=self._note.text())


class DropAssessmentPanel(DeedPanel):
    """撤回申请: nothing is asked for any more."""

    deed, title, verb = Deed.DROP_ASSESSMENT, "撤回考核申请", "撤回申请"

    def build(self) -> None:
        """Show what was asked for; the reason may be left out."""
        _show_request(self)
        self._note = self.form.text("note", "为什么撤回（可空）")

    def request(self, head: OnCase) -> DropAssessment:
        """Take it back."""
        return DropAssessment(**head, note=self._note.text())


class CountAgainPanel(DeedPanel):
    """恢复计入考核: a granted request is undone."""

    deed, title, verb = Deed.COUNT_AGAIN, "恢复计入考核", "恢复计入"

    def build(self) -> None:
        """Show what was granted, and ask why it does not hold."""
        granted, now = self.file.assessments.granted, self.desk.now()
        for line in asked_words(granted, now) if granted is not None else ():
            self.form.add(text_label(line, "label", wraps=True))
        self._note = self.form.text("note", "为什么恢复", lines=2, required=True)

    def request(self, head: OnCase) -> CountAgain:
        """Undo it."""
        return CountAgain(**head, note=self._note.text())


def _show_request(panel: DeedPanel) -> None:
    """Put the request that waits above the fields."""
    pending = panel.file.assessments.pending
    lines = asked_words(pending, panel.desk.now()) if pending is not None else []
    for at, line in enumerate(lines):
        panel.form.add(text_label(line, "label" if at else "reading", wraps=True))
