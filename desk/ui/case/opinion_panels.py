"""Panels of the 意见书: written beside the facts, signed or sent back."""

from collections.abc import Iterable, Mapping
from typing import Any

from desk.actions.opinions import WriteOpinion
from desk.queries.case_file import CaseFile
from desk.queries.case_views import OpinionView
from desk.rules.codes import OpinionStatus
from desk.rules.deeds import Deed
from desk.rules.matters import OpinionItem
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.matter_blocks import MatterBlock, first_gap
from desk.ui.keys import GlobalKey
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import CheckedField
from desk.ui.widgets.composing import KeyShortcut

SECTIONS = (
    ("title", "标题", 0),
    ("acceptance", "一、诉求事项及受理情况", 2),
    ("findings", "二、调查核实情况", 2),
    ("decision", "三、处理意见及依据", 3),
    ("basis", "依据的条文（可空）", 1),
    ("next_measures", "四、后续措施及时限（可空则不印）", 1),
    ("remedy", "五、救济途径（仅信访件）", 1),
)
_MUST = frozenset({"title", "acceptance", "findings", "decision"})
_THIRD = frozenset({"decision", "basis"})  # said matter by matter where there are several


class OpinionPanel(DeedPanel):
    """意见书: all sections, drafted from the facts; kept, or handed in for sign-off.

    With several matters the third section is a block for each of them.
    """

    deed, title, verb = Deed.WRITE_OPINION, "处理意见书", "送审签"
    is_wide = True

    def build(self) -> None:
        """Show the draft section by section; a returned one says what to change."""
        opinion = self.file.opinion
        if opinion is not None and opinion.status is OpinionStatus.SENT_BACK:
            words = f"{opinion.signed_by or '签批人'}退回修改：{opinion.remark}"
            self.form.add(text_label(words, "reading", wraps=True))
        self._blocks: list[MatterBlock] = []
        self._fields: dict[str, CheckedField] = {}
        items = opinion.items if opinion is not None else ()
        for name, words, lines in SECTIONS:
            if items and name in _THIRD:
                self._add_blocks(items if name == "decision" else ())
            else:
                self._fields[name] = self.form.text(
                    name, words, lines=lines, required=name in _MUST
                )
        for name, text in _sections(opinion).items():
            if name in self._fields:
                self._fields[name].set_text(text)
        self._is_ready = True

    def start(self) -> None:
        """Go to the opinion itself: the facts before it are drafted."""
        if not self.foot.count() > 2:  # noqa: PLR2004 - the button and its stretch
            self._add_keep_button()
        answers = [f"answer_{block.item.matter}" for block in self._blocks]
        self.form.entries[first_gap(self._blocks) or [*answers, "decision"][0]].focus()

    def request(self, head: OnCase) -> WriteOpinion:
        """Keep the words, and hand them in if the clerk said so."""
        said = _sections(self.file.opinion)
        said |= {name: field.text() for name, field in self._fields.items()}
        return WriteOpinion(
            **head,
            title=said["title"],
            acceptance=said["acceptance"],
            findings=said["findings"],
            decision=said["decision"],
            basis=said["basis"],
            next_measures=said["next_measures"],
            remedy=said["remedy"],
            items=tuple(block.answer() for block in self._blocks),
            is_ready=self._is_ready,
        )

    def theirs(self, file: CaseFile) -> Mapping[str, Any]:
        """Say what the draft on record says now."""
        found: dict[str, Any] = dict(_sections(file.opinion))
        for item in file.opinion.items if file.opinion is not None else ():
            found[f"result_{item.matter}"] = item.result
            found[f"answer_{item.matter}"] = item.answer
            found[f"basis_{item.matter}"] = item.basis
        return found

    def submit(self) -> None:
        """Hand the opinion in for sign-off."""
        self._is_ready = True
        super().submit()

    def send_again(self) -> None:
        """Keep or hand in anew, whichever it was."""
        super().submit()

    def keep(self) -> None:
        """Keep the words on record without handing them in."""
        self._is_ready = False
        super().submit()

    def _add_keep_button(self) -> None:
        keep = KeyButton("存稿，先不送", GlobalKey.KEEP_DRAFT, parent=self)
        keep.clicked.connect(self.keep)
        self.foot.insertWidget(1, keep)
        KeyShortcut(GlobalKey.KEEP_DRAFT, self).pressed.connect(self.keep)

    def _add_blocks(self, items: Iterable[OpinionItem]) -> None:
        for item in items:
            if not self._blocks:
                self.form.add(text_label("三、处理意见及依据（逐项答复）", "label"))
            self._blocks.append(MatterBlock(self.form, item, has_solved=False))


def _sections(opinion: OpinionView | None) -> dict[str, str]:
    """Return what the draft on record says, section by section."""
    return {name: getattr(opinion, name) if opinion else "" for name, _, _ in SECTIONS}
