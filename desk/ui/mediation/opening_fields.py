"""The form of an application (调解申请): six things first, the rest folded away, keys alone."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from desk.actions.mediation_parties import PartyFacts
from desk.rules.mediation_codes import (
    Difficulty,
    DisputeKind,
    EntrustedBy,
    MediationSource,
    PartyKind,
    PartySide,
)
from desk.rules.mediation_exclusions import EXCLUSIONS, Exclusion
from desk.rules.wording import choices
from desk.ui.case.form_column import FormColumn
from desk.ui.case.form_parts import Entry, Ticks, coded
from desk.ui.keys import GlobalKey
from desk.ui.mediation.party_rows import PartyGrid
from desk.ui.mediation.side_by_side import halves
from desk.ui.widgets.fold_box import FoldBox
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_WORD_OF = {one: words.name for one, words in EXCLUSIONS.items()}
_EXCLUSION_OF = {word: one for one, word in _WORD_OF.items()}
PRIVATE, STAGGERS = "不公开", "需错开入场"


class OpeningFields:
    """Puts the fields of an application into a form and reads them for its request.

    Args:
        host: the panel inside which the key for “更多” works.
    """

    def __init__(self, form: FormColumn, host: QWidget) -> None:
        self._form, self._whole = form, form.column
        self.parties = PartyGrid()
        first, second = halves(form, 38, 62)
        with_list = PickerField("纠纷类型", _kinds(), required=True)
        self._form.column = first
        self._kind = form.picker("kind", "纠纷类型", with_list)
        self._form.column = second
        self._source = form.choice("source", "怎么来的", coded(MediationSource))
        self._source.chips.set_value(MediationSource.APPLIED)
        second.addStretch(1)  # what is said below its neighbour must not move it
        self._form.column = self._whole
        self._add_parties()
        first, second = halves(form, 60, 40)
        self._form.column = first
        self._facts = form.text("facts", "纠纷简要情况", lines=4, required=True)
        self._form.column = second
        self._requests = form.text("requests", "申请事项（一行写一项）", lines=4)
        self._form.column = self._whole
        self._add_more(host)

    def facts(self) -> dict[str, Any]:
        """Return what the request needs beside its head."""
        kind, source = self._kind.value(), MediationSource(self._source.value())
        entrusted = self._entrusted.value() if source is MediationSource.ENTRUSTED else None
        marks = self._marks.value()
        return {
            "kind": DisputeKind(str(kind)),
            "parties": tuple(_party(row) for row in self.parties.written()),
            "facts": self._facts.text(),
            "requests": tuple(line for line in self._requests.text().splitlines() if line.strip()),
            "source": source,
            "entrusted_by": None if entrusted is None else EntrustedBy(entrusted),
            "title": self._title.text(),
            "difficulty": Difficulty(self._difficulty.value()),
            "exclusions": exclusions_of(self._exclusions.value()),
            "is_private": PRIVATE in marks,
            "staggers": STAGGERS in marks,
            "site": self._site.text(),
            "note": self._note.text(),
        }

    def missing(self) -> tuple[str, str]:
        """Return the first field that must be filled, with a sentence; empty words for none."""
        if self._kind.value() is None:
            return "kind", "请选纠纷类型，写几个字或拼音首字母就能找到。"
        if not self.parties.written():
            return "parties", "请至少写一位当事人的姓名。"
        if not self._facts.text().strip():
            return "facts", "请写纠纷的简要情况，几句话就行。"
        return "", ""

    def fill(self, content: Mapping[str, Any]) -> None:
        """Put what is known already into the fields, as from a case."""
        self._form.fill(content)

    def lend_applicant(self, known: Mapping[str, Any]) -> None:
        """Show the applicant's contact data, which may be seen for a while only."""
        self.parties.rows[0].lend(known)

    def conceal_applicant(self) -> None:
        """Take these off the screen again."""
        self.parties.rows[0].conceal()

    def _add_parties(self) -> None:
        grid = self.parties
        grid.edited.connect(self._form.edited)
        self._form.entries["parties"] = Entry(
            "当事人", grid.content, grid.fill, grid.say, grid.in_words, grid.begin
        )
        self._form.add(grid)

    def _add_more(self, host: QWidget) -> None:
        """Add what only some disputes need, below a line that unfolds."""
        box = FoldBox("更多", GlobalKey.MORE, host)
        box.set_summary((), ("纠纷名称", "难易程度", "谁委托的", "不适用情形", "不公开"))
        self._form.add(box)
        self._form.column = box.body
        self._title = self._form.text("title", "纠纷名称", hint="例如 房屋漏水赔偿；空着就写类型。")
        self._difficulty = self._form.choice(
            "difficulty", "难易程度", coded(Difficulty), small=True
        )
        self._difficulty.chips.set_value(Difficulty.ORDINARY)
        self._entrusted = self._form.choice(
            "entrusted_by", "谁委托的（委托移送才选）", coded(EntrustedBy), small=True
        )
        self._exclusions = self._form.ticks(
            "exclusions", "有没有不适用调解的情形", Ticks("有没有不适用调解的情形", _EXCLUSION_OF)
        )
        self._marks = self._form.ticks("marks", "提醒", Ticks("提醒", (PRIVATE, STAGGERS)))
        self._site = self._form.text("site", "纠纷发生地")
        self._note = self._form.text("note", "备注", lines=2)
        self._form.column = self._whole


def _kinds() -> list[PickItem]:
    return [PickItem(code.value, word) for code, word in choices(DisputeKind)]


def _party(row: Mapping[str, Any]) -> PartyFacts:
    return PartyFacts(
        side=PartySide(row["side"]),
        kind=PartyKind(row["kind"]),
        name=row["name"],
        phone=row["phone"],
        address=row["address"],
    )


def exclusion_names() -> tuple[str, ...]:
    """Return the five in the words that stand beside the boxes."""
    return tuple(_EXCLUSION_OF)


def exclusions_of(names: list[str]) -> tuple[Exclusion, ...]:
    """Return the exclusions whose boxes are ticked."""
    return tuple(_EXCLUSION_OF[name] for name in names)
