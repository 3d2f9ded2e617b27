"""Panels beside the handling: 是否到达、改为受理 for people sent elsewhere, 保管 of originals."""

from typing import Any

from desk.actions.guidance import CheckArrival, TakeIn
from desk.actions.keeping import KeepItem
from desk.rules.arrivals import ANSWER_WORDS, ArrivalAnswer
from desk.rules.codes import ContactWay, KeptKind
from desk.rules.deeds import Deed
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import coded
from desk.ui.case.ringing_fields import RingingFields
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice

_OFFICE = "office"
_NOT_ASKED = ContactWay.SITE  # there is no site of a matter that lies elsewhere
_HINT = "没有到达的，写明接下来怎么办。对方不收、诉求人去不了的，可以直接改为受理。"


class ArrivalPanel(DeedPanel):
    """是否到达: one answer, and a word where he did not."""

    deed, title, verb = Deed.CHECK_ARRIVAL, "是否到达", "记下"

    def build(self) -> None:
        """Show whom to ring, then ask."""
        file = self.file
        to = "，".join(filter(None, (file.guided_to, file.guide_person, file.guide_phone)))
        self.form.add(text_label(f"引导到：{to}", "body", wraps=True))
        who = file.contact_data
        said = " ".join(filter(None, (who.name, who.phone))) if who is not None else ""
        self._who = text_label(f"诉求人：{said}", "body", wraps=True)
        self.form.add(self._who)
        self._who.setVisible(bool(said))  # it has a parent by now: no window flashes up
        ways = [Choice(_OFFICE, "问了对接单位")]
        ways += [Choice(way, f"{label(way)}问本人") for way in ContactWay if way is not _NOT_ASKED]
        self._asked = self.form.choice("asked_way", "怎么问的", ways, required=True, small=True)
        self._ringing = RingingFields(self, way="asked_way")
        answers = [Choice(answer, words) for answer, words in ANSWER_WORDS.items()]
        self._answer = self.form.choice("answer", "诉求人到了没有", answers, required=True)
        self._note = self.form.text("note", "说明", lines=3, hint=_HINT)
        self.form.edited.connect(self._on_edited)

    def drop_contact(self) -> None:
        """Take name and number off; they may not be seen any longer."""
        self._who.setText("")
        self._who.hide()

    def submit(self) -> None:
        """Ask first how it was asked, and for the answer."""
        if self._asked.value() is None:
            self.missing("asked_way", "请选怎么问的：打电话问诉求人也算一次联系。")
            return
        if self._answer.value() is None:
            self.missing("answer", "请选到了没有；可以打电话问对接人或诉求人。")
            return
        super().submit()

    def request(self, head: OnCase) -> Any:
        """Record the answer."""
        answer = ArrivalAnswer(str(self._answer.value()))
        asked = self._asked.value()
        return CheckArrival(
            **head,
            answer=answer,
            note=self._note.text(),
            asked_way=None if asked == _OFFICE else ContactWay(str(asked)),
            **self._ringing.value(),
        )

    def _on_edited(self) -> None:
        is_reached = self._answer.value() != ArrivalAnswer.UNREACHED
        self._ringing.allow_rung_in(is_possible=is_reached)


class TakeInPanel(DeedPanel):
    """改为受理: nobody who was turned away elsewhere has to tell his story again."""

    deed, title, verb = Deed.TAKE_IN, "改为受理", "受理，转信联办"

    def build(self) -> None:
        """Ask why; everything else is known already."""
        words = "诉求人说过的都已登记，不用再说一遍。受理后由信联办分拨，时限从现在起算。"
        self.form.add(text_label(words, "body", wraps=True))
        self._reason = self.form.text(
            "reason",
            "为什么改为受理",
            lines=3,
            required=True,
            hint="例如：对方单位答复不归其办理。",
        )

    def request(self, head: OnCase) -> Any:
        """Take the appeal in."""
        return TakeIn(**head, reason=self._reason.text())


class KeepPanel(DeedPanel):
    """保管原件、钥匙: what the hall keeps for the appellant, until it is given back."""

    deed, title, verb = Deed.KEEP_ITEM, "保管原件、钥匙", "记下保管"

    def build(self) -> None:
        """Ask what it is; who keeps it and since when are known."""
        words = "由您保管，交班时（F12）自动列在清单上；交还时在“交班”页记下交给了谁。"
        self.form.add(text_label(words, "body", wraps=True))
        self._kind = self.form.choice("kind", "是什么", coded(KeptKind))
        self._kind.chips.set_value(KeptKind.ORIGINAL)
        self._name = self.form.text("name", "名称", required=True, hint="例如：房产证原件 1 本")
        self._note = self.form.text("note", "说明")

    def request(self, head: OnCase) -> Any:
        """Keep the thing for this case."""
        return KeepItem(
            made_by=head["made_by"],
            happened_at=head["happened_at"],
            case=head["case"],
            kind=KeptKind(self._kind.value() or KeptKind.OTHER),
            name=self._name.text(),
            note=self._note.text(),
        )
