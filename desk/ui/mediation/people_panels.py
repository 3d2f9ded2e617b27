"""Panels about who works on a mediation (调解员、秘书、协助), and looking with a reason."""

from desk.actions.mediation_looks import LookAtMediation
from desk.actions.mediation_people import (
    AssignMediator,
    AssignSecretary,
    EndInvitation,
    InviteHelper,
)
from desk.queries.mediation_choices import MediationPeople, MediatorChoice, mediation_people
from desk.rules.mediation_codes import HelperRole
from desk.rules.mediation_rights import MediationDeed
from desk.rules.wording import label
from desk.ui.case.form_parts import coded
from desk.ui.mediation.deed_panel import MediationPanel, OnMediation
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_CHOSEN, _OFFERED = "chosen", "offered"
_WAYS = (Choice(_CHOSEN, "当事人选定"), Choice(_OFFERED, "调委会指定，当事人同意"))


class AssignPanel(MediationPanel):
    """确定调解员: whom the parties chose or agree to; the register of ties is asked."""

    deed, title, verb = MediationDeed.ASSIGN, "确定调解员", "确定"

    def build(self) -> None:
        """Offer the mediators with what they are good at."""
        before = self.file.head.mediator
        if before:
            self.form.add(text_label(f"现在的调解员：{before}", "label"))
        hint = "写名字或拼音首字母；与当事人有回避情形的不能选。"
        self._who = self.form.picker(
            "mediator", "调解员", PickerField("调解员", (), hint=hint, required=True)
        )
        self._way = self.form.choice("way", "怎么定的", _WAYS, small=True)
        self._way.chips.set_value(_CHOSEN)
        self._reason = self.form.text(
            "reason", "更换的理由" if before else "说明", required=bool(before)
        )
        self.desk.ask(mediation_people, owner=self, done=self._on_people)

    def submit(self) -> None:
        """Ask for somebody first."""
        self._who.close_list()
        if self._who.value() is None:
            self.missing("mediator", "请从列表里选一位调解员。")
            return
        super().submit()

    def request(self, head: OnMediation) -> AssignMediator:
        """Give it to him."""
        return AssignMediator(
            **head,
            mediator=int(str(self._who.value())),
            was_chosen=self._way.value() == _CHOSEN,
            reason=self._reason.text(),
        )

    def _on_people(self, people: MediationPeople) -> None:
        kind = label(self.file.head.kind)
        others = [one for one in people.mediators if one.id != self.file.head.mediator_id]
        found = sorted(others, key=lambda one: (kind not in one.skills, one.in_hand))
        self._who.set_items([PickItem(one.id, one.name, note=_note(one)) for one in found])
        if self._who.edit.hasFocus() and self._who.value() is None:
            self._who.open_list()


class SecretaryPanel(MediationPanel):
    """确定秘书."""

    deed, title, verb = MediationDeed.ASSIGN, "确定秘书", "确定"

    def build(self) -> None:
        """Offer the secretaries."""
        before = self.file.head.secretary
        if before:
            self.form.add(text_label(f"现在的秘书：{before}", "label"))
        self._who = self.form.picker(
            "secretary", "调解秘书", PickerField("调解秘书", (), required=True)
        )
        self.desk.ask(mediation_people, owner=self, done=self._on_people)

    def submit(self) -> None:
        """Ask for somebody first."""
        self._who.close_list()
        if self._who.value() is None:
            self.missing("secretary", "请从列表里选一位调解秘书。")
            return
        super().submit()

    def request(self, head: OnMediation) -> AssignSecretary:
        """Give it to him."""
        return AssignSecretary(**head, secretary=int(str(self._who.value())))

    def _on_people(self, people: MediationPeople) -> None:
        self._who.set_items([PickItem(one.id, one.name) for one in people.secretaries])
        if self._who.edit.hasFocus() and self._who.value() is None:
            self._who.open_list()


class InvitePanel(MediationPanel):
    """邀请协助: somebody of the staff, who reads the content from then on, or a neighbour."""

    deed, title, verb = MediationDeed.ASSIGN, "邀请协助调解", "邀请"

    def build(self) -> None:
        """Ask as what, and whom."""
        self._role = self.form.choice("role", "以什么身份", coded(HelperRole), required=True)
        hint = "本厅同事从列表里选，选了以后可以看这一件的卷；结束邀请后就看不到了。"
        self._staff = self.form.picker("staff", "本厅同事", PickerField("本厅同事", (), hint=hint))
        self._name = self.form.text("name", "不是本厅的，写姓名", hint="例如 邻里圈的王阿姨。")
        self.desk.ask(mediation_people, owner=self, done=self._on_people)

    def submit(self) -> None:
        """Ask for the part first."""
        self._staff.close_list()
        if self._role.value() is None:
            self.missing("role", "请选以什么身份协助。")
            return
        super().submit()

    def request(self, head: OnMediation) -> InviteHelper:
        """Invite him."""
        staff = self._staff.value()
        return InviteHelper(
            **head,
            role=HelperRole(self._role.value()),
            staff=None if staff is None else int(str(staff)),
            name=self._name.text(),
        )

    def _on_people(self, people: MediationPeople) -> None:
        self._staff.set_items([PickItem(one.id, one.name) for one in people.colleagues])


class EndInvitationPanel(MediationPanel):
    """结束协助."""

    deed, title, verb = MediationDeed.ASSIGN, "结束协助", "结束"

    def build(self) -> None:
        """Ask whose invitation ends."""
        helpers = [one for one in self.body.helpers if one.until is None]
        self._who = self.form.choice(
            "helper",
            "结束谁的协助",
            tuple(Choice(one.id, f"{one.name}（{label(one.role)}）") for one in helpers),
            required=True,
        )
        if len(helpers) == 1:
            self._who.chips.set_value(helpers[0].id)

    def submit(self) -> None:
        """Ask for one first."""
        if self._who.value() is None:
            self.missing("helper", "请选结束谁的协助。")
            return
        super().submit()

    def request(self, head: OnMediation) -> EndInvitation:
        """End it."""
        return EndInvitation(**head, helper=int(self._who.value()))


class LookPanel(MediationPanel):
    """写理由查看: the content of a mediation that is not one's own, for a while."""

    deed, title, verb = MediationDeed.LOOK, "写理由查看", "查看"
    keeps_draft = False

    def build(self) -> None:
        """Ask for the reason."""
        words = "卷内内容只对本案调解员、秘书和调委会主任开放。写明理由后可以看一段时间，"
        self.form.add(text_label(f"{words}谁、何时、为什么看都留在卷里。", "label", wraps=True))
        self._reason = self.form.text("reason", "查看的理由", lines=3, required=True)

    def request(self, head: OnMediation) -> LookAtMediation:
        """Look; nothing changes, so no version is sent along."""
        return LookAtMediation(
            made_by=head["made_by"],
            happened_at=head["happened_at"],
            mediation=head["mediation"],
            reason=self._reason.text(),
        )


def _note(one: MediatorChoice) -> str:
    load = f"在手 {one.in_hand} 件" if one.in_hand else "在手没有"
    return "　".join(part for part in ("、".join((*one.skills[:2], *one.languages)), load) if part)
