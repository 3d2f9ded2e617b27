"""Panels around reaching the appellant: 联系, and 请勿再打."""

from typing import Any

from desk.actions.contacts import DoNotCall, RecordContact
from desk.actions.leader_desk import RecordLeaderCall
from desk.queries.case_file import CaseFile
from desk.queries.case_reaching import say_contacts
from desk.rules.codes import ClockKind, ContactResult, ContactWay
from desk.rules.deeds import Deed
from desk.rules.moments import say_moment
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import coded
from desk.ui.case.ringing_fields import RingingFields, advice_label
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.moment_edit import MomentEdit

_SHOWN = 4


def is_not_called(file: CaseFile) -> bool:
    """Return whether 请勿再打 is kept on this very case."""
    wish = file.calling.facts.wish
    return wish is not None and not wish.where


def clock_words(file: CaseFile) -> str:
    """Say whose the one contact clock is while it runs on whatever this person records."""
    waits = any(
        clock.kind is ClockKind.CONTACT
        and clock.is_running
        and clock.facts.is_applicable
        and clock.round_no == file.round.number
        for clock in file.clocks
    )
    if not waits or file.calling.owns_clock:
        return ""
    owner = f"主办（{file.lead_unit}）" if file.lead_unit else f"首办部门（{file.first_unit}）"
    return f"记在清单上，{owner}的联系时限照走。"


class ContactPanel(DeedPanel):
    """联系: what came of an attempt to reach the appellant, and what was promised."""

    deed, title, verb = Deed.CONTACT, "联系诉求人", "记下这次联系"

    def build(self) -> None:
        """Say whether to ring, then ask for result, way, words and a promised call."""
        form = self.form
        form.add(advice_label(self))
        if words := clock_words(self.file):
            form.add(text_label(words, "label", wraps=True))
        self._result = form.choice("result", "结果", coded(ContactResult), required=True)
        self._result.chips.set_value(ContactResult.REACHED)
        self._way = form.choice("way", "方式", coded(ContactWay))
        self._way.chips.set_value(ContactWay.PHONE)
        self._ringing = RingingFields(self, way="way", says_advice=False)
        self._note = form.text(
            "note", "说了什么", lines=3, hint="约了什么时候、诉求人怎么说。可以不写。"
        )
        self._call_back = form.moment(
            "call_back_at", "答应的回电", MomentEdit("答应的回电", self.desk.now)
        )
        self._no_calls = form.check("wants_no_calls", "诉求人说请勿再打")
        form.edited.connect(self._on_edited)
        self._show_earlier()

    def take_option(self, option: object) -> None:
        """Take the result that the key stands for."""
        super().take_option(option)
        self._result.chips.set_value(option)
        self._on_edited()

    def start(self) -> None:
        """Go to the words, as the result came with the key; first to the reason if one is due."""
        if self.option is None:
            super().start()
        elif self._ringing.over_reason.isHidden():
            self._note.setFocus()
        else:
            self._ringing.over_reason.setFocus()

    def request(self, head: OnCase) -> RecordContact | RecordLeaderCall:
        """Record the attempt."""
        return RecordContact(**head, **self.answers())

    def answers(self) -> dict[str, Any]:
        """Return what was said about the attempt, as its request names it."""
        return {
            "way": ContactWay(self._way.value()),
            "result": ContactResult(self._result.value()),
            "note": self._note.text(),
            "call_back_at": self._call_back.moment(),
            **self._ringing.value(),
            "wants_no_calls": self._no_calls.isChecked(),
        }

    def _show_earlier(self) -> None:
        """List the newest attempts of all units; the case's own card has all of them."""
        if not self.file.contacts:
            return
        head = f"此前：{say_contacts(self.file.contacts)}（各单位都看得见）"
        self.form.add(text_label(head, "label", wraps=True))
        for contact in self.file.contacts[:_SHOWN]:
            said = say_moment(contact.happened_at, seen_at=self.desk.now())
            words = f"{said} {contact.who} · {contact.unit} {label(contact.result)}"
            line = f"{words}　{contact.note}".rstrip()
            self.form.add(text_label(line, "caption", wraps=True))

    def _on_edited(self) -> None:
        is_reached = self._result.value() == ContactResult.REACHED
        self._ringing.allow_rung_in(is_possible=is_reached)


class DoNotCallPanel(DeedPanel):
    """请勿再打: keep the appellant's wish, or lift it once he takes calls again."""

    deed, title, verb = Deed.DO_NOT_CALL, "请勿再打", "记下"

    def build(self) -> None:
        """Say what is kept now, and ask how he put it."""
        self._lifts = is_not_called(self.file)
        wish = self.file.calling.facts.wish
        if wish is not None:
            sentence = self.file.calling.advice(self.desk.now()).sentence
            self.form.add(text_label(sentence, "reading", wraps=True))
        if self._lifts:
            self._note = self.form.text(
                "note", "为什么又可以打", required=True, hint="例如：诉求人来电说可以打。"
            )
        else:
            effect = "记下后，各单位、这个号码的其他件都会看到；仍要打的必须写理由。"
            self.form.add(text_label(effect, "label", wraps=True))
            self._note = self.form.text("note", "诉求人怎么说的", hint="可以不写。")

    def request(self, head: OnCase) -> DoNotCall:
        """Keep the wish, or lift it."""
        return DoNotCall(**head, is_wanted=not self._lifts, note=self._note.text())
