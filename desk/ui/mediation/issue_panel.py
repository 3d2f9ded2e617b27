"""出具文书 for a mediation: the papers that fit it now, those still missing first."""

from PySide6.QtCore import QTimer

from desk.actions.mediation_papers import IssueMediationPaper
from desk.queries.mediation_file import WholeMediation
from desk.rules.mediation_papers import MEDIATION_TITLES, why_no_mediation_paper
from desk.rules.mediation_rights import MediationDeed
from desk.ui.mediation.deed_panel import MediationPanel, OnMediation
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_FOR_ONE = frozenset({"mediation-notice", "mediation-power", "mediation-address"})
_HINT = "按现在的事实出具，用调委会的抬头和卷号。再出一次就是新的一版，旧版作废；签好扫回的不能换。"


class MediationIssuePanel(MediationPanel):
    """Which paper, and for whom where each party has its own."""

    deed, title, verb = MediationDeed.PAPER, "出具文书", "出具"
    keeps_draft = False

    def build(self) -> None:
        """Ask which paper; a notice or a power of attorney is for one party."""
        self.form.add(text_label(_HINT, "label", wraps=True))
        self._paper = self.form.picker(
            "code", "哪份文书", PickerField("哪份文书", _items(self.file), required=True)
        )
        parties = tuple(Choice(party.id, party.name) for party in self.body.parties)
        self._whom = self.form.choice("about", "给谁的", parties)
        self._whom.hide()
        self._paper.chosen.connect(self._on_chosen)

    def start(self) -> None:
        """Show what there is to choose from, once the panel has been laid out."""
        super().start()
        QTimer.singleShot(0, self, self._offer)

    def _offer(self) -> None:
        if self._paper.edit.hasFocus() and self._paper.value() is None:
            self._paper.open_list()

    def submit(self) -> None:
        """Ask for the paper first, and for whom."""
        self._paper.close_list()
        if self._paper.value() is None:
            self.missing("code", "请选要出具的文书。")
            return
        if self._paper.value() in _FOR_ONE and self._whom.value() is None:
            self.missing("about", "请选是给哪一位当事人的，每位各出一份。")
            return
        super().submit()

    def request(self, head: OnMediation) -> IssueMediationPaper:
        """Issue it."""
        code = str(self._paper.value())
        about = int(self._whom.value()) if code in _FOR_ONE else None
        return IssueMediationPaper(**head, code=code, about=about)

    def _on_chosen(self, code: object) -> None:
        self._whom.setVisible(code in _FOR_ONE)


def _items(file: WholeMediation) -> list[PickItem]:
    """Return the papers that fit: those that are not there yet in front."""
    papers = file.body.papers if file.body is not None else ()
    there = {paper.code: paper.revision for paper in papers}
    fitting = [code for code in MEDIATION_TITLES if not why_no_mediation_paper(code, file.status)]
    fitting.sort(key=lambda code: code in there)
    return [
        PickItem(
            code,
            MEDIATION_TITLES[code],
            note=f"已有第 {there[code]} 版" if code in there else "还没有",
        )
        for code in fitting
    ]
