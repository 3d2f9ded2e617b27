"""Panels for what surrounds the handling: 批注、附件、更正、查看联系方式."""

from collections.abc import Mapping
from typing import Any

from desk.actions.closing import (
    AddNote,
    CorrectCase,
    RevealPrivate,
)
from desk.queries.case_file import CaseFile
from desk.rules.deeds import Deed
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.widgets.cards import text_label

FACTS = (
    ("name", "诉求人"),
    ("phone", "电话"),
    ("address", "地址"),
    ("summary", "标题"),
    ("details", "诉求内容"),
)


class NotePanel(DeedPanel):
    """批注: a line of one's own in the history."""

    deed, title, verb = Deed.NOTE, "批注", "写进办理过程"

    def build(self) -> None:
        """Ask for the words."""
        self._note = self.form.text("note", "批注", lines=4, required=True)

    def request(self, head: OnCase) -> AddNote:
        """Write the line."""
        return AddNote(**head, note=self._note.text())


_CONTACT = ("name", "phone", "address")


class CorrectPanel(DeedPanel):
    """更正: facts of the case; what was there before stays in the history."""

    deed, title, verb = Deed.CORRECT, "更正事实", "更正"

    def build(self) -> None:
        """Show the facts as they are; contact data only to those who may see it."""
        now = self.theirs(self.file)
        self._hidden: dict[str, Any] = {}
        self._fields = {
            name: self.form.text(name, words, lines=5 if name == "details" else 0)
            for name, words in FACTS
            if name in now
        }
        for name, field in self._fields.items():
            field.set_text(now[name])
        self._hides = self.form.check("hides_appellant", "诉求人要求保密")
        self._hides.setChecked(self.file.hides_appellant)
        self._hides.setVisible(not self.file.stand.is_secret)
        self._reason = self.form.text(
            "reason", "更正的理由", required=True, hint="原来的内容会留在办理过程里。"
        )

    def start(self) -> None:
        """Go to the fact that was asked for."""
        field = self._fields.get(str(self.option))
        if field is None:
            super().start()
        else:
            field.setFocus()

    def theirs(self, file: CaseFile) -> Mapping[str, Any]:
        """Say what the case says now."""
        found = {
            "summary": file.summary,
            "details": file.details,
            "hides_appellant": file.hides_appellant,
        }
        data = file.contact_data
        if data is None:
            return found
        return {"name": data.name, "phone": data.phone, "address": data.address, **found}

    def drop_contact(self) -> None:
        """Hide what nobody corrected; what the clerk wrote himself stays his."""
        before = self.theirs(self.file)
        contact = [name for name in _CONTACT if name in self._fields]
        same = [name for name in contact if self._fields[name].text() == before[name]]
        self._hidden |= {name: before[name] for name in contact if name not in same}
        gone = [(self.form.entries.pop(name), self._fields.pop(name)) for name in same]
        for name in same:
            if self.draft is not None:
                self.draft.leave_out(name)
        for entry, field in gone:
            entry.write("")
            field.hide()
        self.say("联系方式的查看时间已到，没有改过的已经隐去。", state="warn")

    def request(self, head: OnCase) -> CorrectCase:
        """Correct what differs."""
        before = {**self._hidden, **self.theirs(self.file)}
        said = {
            name: field.text()
            for name, field in self._fields.items()
            if field.text() != before[name]
        }
        return CorrectCase(
            **head,
            details=said.get("details"),
            summary=said.get("summary"),
            name=said.get("name"),
            phone=said.get("phone"),
            address=said.get("address"),
            hides_appellant=self._hides.isChecked(),
            reason=self._reason.text(),
        )


class RevealPanel(DeedPanel):
    """查看联系方式: with a reason, for half a minute, and it is on record."""

    deed, title, verb = Deed.REVEAL, "查看联系方式", "查看 30 秒"
    keeps_draft = False

    def build(self) -> None:
        """Ask for the reason."""
        why = "这一件已封存" if self.file.sealed else "这一件不在您手里"
        words = f"{why}。写明理由后可看 30 秒，查看会留在办理过程里。"
        self.form.add(text_label(words, "label", wraps=True))
        self._reason = self.form.text("reason", "理由", required=True)

    def request(self, head: OnCase) -> RevealPrivate:
        """Record who looks, and why."""
        return RevealPrivate(**head, reason=self._reason.text())
