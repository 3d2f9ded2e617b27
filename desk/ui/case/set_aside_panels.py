"""Panels for what goes together: 关联重复、并入主件、拆开."""

from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any, Protocol, runtime_checkable

from desk.actions.set_aside import LinkRepeat, MergeCase, UnmergeCase
from desk.queries.case_look import case_by_number
from desk.queries.repeats import RepeatCandidate
from desk.rules.deeds import Deed
from desk.rules.rights import may
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.likely_repeats import LikelyRepeats
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice

LINK, MERGE = "link", "merge"
_WAYS = {
    Choice(LINK, "关联为重复件（各办各的）"): Deed.LINK_REPEAT,
    Choice(MERGE, "并入主件（一起办）"): Deed.MERGE,
}
_EXPLAINED = {
    LINK: "两件各有各的时限、意见书和回访，互相看得到；办理完毕以前可以取消关联。",
    MERGE: "此件停表，随主件一起办；主件签发后，这位诉求人照样单独答复、送达、回访。"
    "主件签发以前随时可以拆开。",
}
_VERBS = {LINK: "关联", MERGE: "并入"}


@runtime_checkable
class Reversible(Protocol):
    """A panel whose deed can be taken back at once from the case page."""

    def undo_words(self) -> str:
        """Return what the button says that takes it back."""

    def undo(self, head: OnCase) -> Any:
        """Return the request that takes it back."""


class LinkPanel(DeedPanel):
    """关联重复: the other case by its number or from the list, and how the two go together."""

    deed, title, verb = Deed.LINK_REPEAT, "关联重复件", "关联"
    stands_for = MappingProxyType({"earlier": "other", "into": "other"})

    def build(self) -> None:
        """Ask for the other case first; the likely ones are offered."""
        self._found: int | None = None
        self._likely = LikelyRepeats(self.desk, self.file)
        self._likely.chosen.connect(self._take)
        self._other = self.form.text(
            "other", "另一件的编号", required=True, hint="编号或流水号，如 00205。"
        )
        self.form.add(self._likely)
        self._build_ways()
        self._likely.read()

    def submit(self) -> None:
        """Look the number up, then link or merge."""
        written = self._other.text().strip()
        if not written:
            self.missing("other", "请写另一件的编号，或从下面选一件。")
            return
        query = partial(case_by_number, written=written)
        self.desk.ask(query, owner=self, done=self._on_found)

    def request(self, head: OnCase) -> LinkRepeat | MergeCase:
        """Link to the case that was found, or merge into it."""
        if self.way() == LINK:
            return LinkRepeat(**head, earlier=self._found)
        return MergeCase(**head, into=self._found or 0, reason=self._reason.text())

    def undo_words(self) -> str:
        """Return what takes it back."""
        return "撤回关联" if self.way() == LINK else "拆开"

    def undo(self, head: OnCase) -> LinkRepeat | UnmergeCase:
        """Take the link or the merge back."""
        if self.way() == LINK:
            return LinkRepeat(**head, earlier=self.file.repeat_of_id)
        return UnmergeCase(**head)

    def way(self) -> str:
        """Return how the two are to go together."""
        return str(self._ways.value())

    def _build_ways(self) -> None:
        stand, person = self.file.stand, self.desk.person
        offered = [way for way, deed in _WAYS.items() if may(deed, stand, person)]
        self._ways = self.form.choice("way", "怎么办", offered, small=True)
        self._ways.chips.set_value(MERGE if self.deed is Deed.MERGE else LINK)
        self._explained = text_label("", "label", wraps=True)
        self.form.add(self._explained)
        self._reason = self.form.text(
            "reason", "为什么并在一起办", required=True, hint="两件的办理过程里都会留下。"
        )
        entry = self.form.entries["way"]
        self.form.entries["way"] = replace(entry, write=self._put_way)
        self._ways.chosen.connect(self._on_way_chosen)
        self._explain()

    def _explain(self) -> None:
        self._explained.setText(_EXPLAINED[self.way()])
        self._reason.setVisible(self.way() == MERGE)

    def _put_way(self, way: object) -> None:
        """Show the way that a draft kept."""
        self._ways.chips.set_value(way)
        self._on_way_chosen(way)

    def _on_way_chosen(self, way: object) -> None:
        self._explain()
        self.button.setText(_VERBS[str(way)])

    def _take(self, one: RepeatCandidate) -> None:
        self._other.set_text(one.visit.number)
        self._ways.chips.setFocus()
        self.form.edited.emit()

    def _on_found(self, found: int | None) -> None:
        if found is None or found == self.file.id:
            self.missing("other", "找不到这个编号的另一件，请核对。")
            return
        self._found = found
        super().submit()


class MergePanel(LinkPanel):
    """并入主件: the same panel, begun with handling the two together."""

    deed, title, verb = Deed.MERGE, "并入主件", "并入"


class UnmergePanel(DeedPanel):
    """拆开: the case goes on by itself where it stood."""

    deed, title, verb = Deed.UNMERGE, "从主件拆开", "拆开"

    def build(self) -> None:
        """Say what comes back; the reason may be left out."""
        main = next((link.number for link in self.file.links if link.is_merged), "主件")
        words = f"从 {main} 拆开后，此件回到并入前的那一步，各办各的；时限按原来的算，不顺延。"
        self.form.add(text_label(words, "label", wraps=True))
        self._reason = self.form.text("reason", "拆开的理由")

    def request(self, head: OnCase) -> UnmergeCase:
        """Take the case out of its main case."""
        return UnmergeCase(**head, reason=self._reason.text())
