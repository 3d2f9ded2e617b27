"""Panels about parties (当事人): one added, changed with all that papers need, or leaving."""

from collections.abc import Mapping
from typing import Any

from desk.actions.mediation_parties import (
    AddParty,
    ChangeParty,
    CompanionFacts,
    PartyFacts,
    RemoveParty,
)
from desk.queries.mediation_file import WholeMediation
from desk.queries.mediation_views import PartyView
from desk.rules.codes import Sex
from desk.rules.mediation_codes import CompanionRole, PartyKind, PartySide
from desk.rules.mediation_rights import MediationDeed
from desk.rules.moments import day_of
from desk.rules.wording import label
from desk.ui.case.form_parts import coded
from desk.ui.mediation.companion_lines import companions_in_words, read_companions
from desk.ui.mediation.deed_panel import MediationPanel, OnMediation
from desk.ui.mediation.side_by_side import halves
from desk.ui.widgets.checked_field import CheckedField
from desk.ui.widgets.choice_chips import Choice

_LINES: Mapping[str, tuple[str, str]] = {
    "name": ("姓名或单位名称", ""),
    "phone": ("电话", ""),
    "id_number": ("证件号码", "选填；用来认出同一个人。"),
    "birth_year": ("出生年份", "例如 1986；未满 18 周岁要有监护人。"),
    "ethnicity": ("民族", "协议书上要写。"),
    "occupation": ("职业或职务", ""),
    "represented_by": ("法定代表人", "单位才写。"),
    "address": ("单位或住址", ""),
    "serve_address": ("送达地址", "和住址一样就空着。"),
    "needs": ("所需服务", "例如 轮椅、手语。"),
}
_PAIRS = (
    ("name", "phone"),
    ("id_number", "birth_year"),
    ("address", "serve_address"),
    ("ethnicity", "occupation"),
    ("represented_by", "needs"),
)
_KINDS = (Choice(PartyKind.PERSON, "个人"), Choice(PartyKind.ORGANISATION, "单位"))


class PartyPanel(MediationPanel):
    """What is known of a party, in the order in which papers print it."""

    deed = MediationDeed.CORRECT

    def build(self) -> None:
        """Ask for everything, the important things first."""
        form, whole = self.form, self.form.column
        form.column, second = halves(form, 5, 3)
        self._side = form.choice("side", "站在哪一方", coded(PartySide), small=True)
        self._side.chips.set_value(PartySide.RESPONDENT)
        form.column = second
        self._kind = form.choice("kind", "个人还是单位", _KINDS, small=True)
        self._kind.chips.set_value(PartyKind.PERSON)
        self._fields: dict[str, CheckedField] = {}
        for pair in _PAIRS:
            form.column = whole
            for name, column in zip(pair, halves(form), strict=True):
                form.column = column
                words, hint = _LINES[name]
                field = form.text(name, words, hint=hint, required=name == "name")
                self._fields[name] = field
        form.column = whole
        self._sex = form.choice("sex", "性别", coded(Sex), small=True)
        self._agrees = self.form.check("agrees", "同意调解")
        self._companions = self.form.text(
            "companions",
            "代理人、监护人、翻译",
            lines=2,
            hint="一行一位，例如：委托代理人 王芳 13800000040 一般代理",
        )

    def submit(self) -> None:
        """Read the year and the lines first."""
        year = self._fields["birth_year"].text().strip()
        if year and not (year.isascii() and year.isdecimal()):
            self.missing("birth_year", "出生年份请写四位数字，例如 1986；不知道可以空着。")
            return
        _, unread = read_companions(self._companions.text())
        if unread:
            roles = "、".join(label(role) for role in CompanionRole)
            self.missing("companions", f"没看懂“{unread}”。一行一位，先写是谁：{roles}，再写姓名。")
            return
        super().submit()

    def party(self, before: PartyView | None = None) -> PartyFacts:
        """Return the party as it is written."""
        texts = {name: field.text() for name, field in self._fields.items()}
        year = texts.pop("birth_year").strip()
        today = day_of(self.desk.now())
        known = before.agreed_on if before is not None else None
        found, _ = read_companions(self._companions.text())
        sex = self._sex.value()
        return PartyFacts(
            side=PartySide(self._side.value()),
            kind=PartyKind(self._kind.value()),
            sex=None if sex is None else Sex(sex),
            birth_year=int(year) if year else None,
            agreed_on=(known or today) if self._agrees.isChecked() else None,
            companions=tuple(CompanionFacts(**one) for one in found),
            **texts,
        )


class AddPartyPanel(PartyPanel):
    """增加当事人."""

    title, verb = "增加当事人", "增加"

    def start(self) -> None:
        """Begin with the name: the side is mostly right."""
        self.form.entries["name"].focus()

    def request(self, head: OnMediation) -> AddParty:
        """Add the party."""
        return AddParty(**head, party=self.party())


class ChangePartyPanel(PartyPanel):
    """更改当事人; the option is which one."""

    title, verb = "当事人信息", "存上"
    keeps_draft = False

    def take_option(self, option: object) -> None:
        """Show another party."""
        super().take_option(option)
        self.form.fill(self.theirs(self.file))

    def start(self) -> None:
        """Begin with the name."""
        self.form.entries["name"].focus()

    def theirs(self, file: WholeMediation) -> Mapping[str, Any]:
        """Say what the file says of the party now."""
        found = _party(file, self.option)
        if found is None:
            return {}
        texts = {name: str(getattr(found, name) or "") for name in _LINES}
        return {
            **texts,
            "side": found.side,
            "kind": found.kind,
            "sex": found.sex,
            "agrees": found.agreed_on is not None,
            "companions": companions_in_words(found.companions),
        }

    def request(self, head: OnMediation) -> ChangeParty:
        """Write the party anew."""
        found = _party(self.file, self.option)
        return ChangeParty(**head, which=int(str(self.option)), party=self.party(found))


class RemovePartyPanel(MediationPanel):
    """当事人退出."""

    deed, title, verb = MediationDeed.CORRECT, "当事人退出", "记下退出"

    def build(self) -> None:
        """Ask which one, and why."""
        self._who = self.form.choice(
            "which",
            "谁退出",
            tuple(Choice(party.id, party.name) for party in self.body.parties),
            required=True,
        )
        self._reason = self.form.text(
            "reason", "原因", required=True, hint="写过的内容都留在卷里。"
        )

    def submit(self) -> None:
        """Ask for the party first."""
        if self._who.value() is None:
            self.missing("which", "请选是哪一位退出。")
            return
        super().submit()

    def request(self, head: OnMediation) -> RemoveParty:
        """Let him leave."""
        return RemoveParty(**head, which=int(self._who.value()), reason=self._reason.text())


def _party(file: WholeMediation, wanted: object) -> PartyView | None:
    parties = file.body.parties if file.body is not None else ()
    return next((party for party in parties if party.id == wanted), None)
