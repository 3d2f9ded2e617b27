"""出具文书: a paper that somebody asks for, or a new version of one that was issued."""

from collections.abc import Iterable
from enum import StrEnum

from desk.actions.notices import IssueNotice
from desk.actions.papers import IssuePaper
from desk.queries.case_file import CaseFile
from desk.rules.deeds import Deed
from desk.rules.notices import IssuedPaper, fitting, may_be_corrected
from desk.rules.papers import BY_STEPS, PAPER_TITLES, copies_of
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField


class IssueWay(StrEnum):
    """What is asked of the panel."""

    NEW = "new"  # 新出一份
    CORRECT = "correct"  # 更正出过的


_TITLES = {IssueWay.NEW: "出具文书", IssueWay.CORRECT: "更正文书"}
_HINTS = {
    IssueWay.NEW: "按现在的事实出具。出好后列在“文书”里，F9 预览，Ctrl+P 打印。",
    IssueWay.CORRECT: "按现在的事实重新出具，编号不变，版次加一；旧版作废，留在记录里。",
}
_VERBS = {IssueWay.NEW: "出具", IssueWay.CORRECT: "出具新版"}
_MISSING = {
    IssueWay.NEW: "请选要出具的文书。",
    IssueWay.CORRECT: "请选要更正的文书。已送出的不能更正。",
}


class IssuePanel(DeedPanel):
    """One panel for both: the first paper of its kind, and a corrected one."""

    deed, title, verb = Deed.ISSUE_PAPER, "出具、更正文书", "出具"
    keeps_draft = False

    def build(self) -> None:
        """Ask which paper."""
        self._hint = text_label("", "label", wraps=True)
        self.form.add(self._hint)
        self._paper = self.form.picker(
            "code", "哪份文书", PickerField("哪份文书", (), required=True)
        )
        self._paper.chosen.connect(lambda _code: self._say_what())

    def take_option(self, option: object) -> None:
        """Offer new papers, or those that can be corrected."""
        self.option = option
        way = self._way
        items = list(_new_items(self.file) if way is IssueWay.NEW else _old_items(self.file))
        self.setAccessibleName(_TITLES[way])
        self.button.setText(_VERBS[way])
        self._paper.set_items(items)
        self._paper.set_value(items[0].id if len(items) == 1 else None)
        self._say_what()

    def take_file(self, file: CaseFile) -> None:
        """Go on with a newer state of the case; what was chosen stays if it still fits."""
        chosen = self._paper.value()
        super().take_file(file)
        self.take_option(self.option)
        if chosen is not None:
            self._paper.set_value(chosen)

    def submit(self) -> None:
        """Ask for the paper first."""
        if self._paper.value() is None:
            self.missing("code", _MISSING[self._way])
            return
        super().submit()

    def request(self, head: OnCase) -> IssueNotice | IssuePaper:
        """Issue the paper, or its new version."""
        code = str(self._paper.value())
        if self._way is IssueWay.CORRECT:
            return IssuePaper(**head, code=code)
        return IssueNotice(**head, code=code)

    def hint(self) -> str:
        """Return what is said above the field."""
        return self._hint.text()

    @property
    def _way(self) -> IssueWay:
        return IssueWay(str(self.option))

    def _say_what(self) -> None:
        """Say what comes of it, and how many copies there are to be."""
        code = self._paper.value()
        copies = copies_of(str(code)) if code else 1
        count = f"一式 {copies} 份：诉求人一份，存档一份。" if copies > 1 else ""
        self._hint.setText(_HINTS[self._way] + count)


def issue_ways(file: CaseFile) -> frozenset[IssueWay]:
    """Return what can be asked of the panel as the case stands."""
    offered = {IssueWay.NEW: _new_items(file), IssueWay.CORRECT: _old_items(file)}
    return frozenset(way for way, items in offered.items() if any(True for _ in items))


def _new_items(file: CaseFile) -> Iterable[PickItem]:
    papers = [IssuedPaper(paper.code, paper.state, paper.round_no) for paper in file.papers]
    codes = fitting(file.status, file.exit, file.round.number, papers)
    return [PickItem(code, PAPER_TITLES[code]) for code in codes]


def _old_items(file: CaseFile) -> Iterable[PickItem]:
    """Return the newest version of each paper that has not left the hall."""
    found = {
        paper.code: PickItem(paper.code, paper.title, note=paper.number)
        for paper in file.papers
        if may_be_corrected(paper.code, paper.state) and paper.code not in BY_STEPS
    }
    return found.values()
