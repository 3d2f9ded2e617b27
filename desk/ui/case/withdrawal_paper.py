"""The button that prints the 撤回申请书, so that the appellant signs it at the counter."""

from functools import partial
from typing import Any

from desk.actions.notices import IssueNotice
from desk.queries.case_file import CaseFile, case_file
from desk.rules.codes import PaperState
from desk.rules.errors import DeskError, StaleCase
from desk.ui.case.deed_panel import DeedPanel
from desk.ui.printing import papers_of
from desk.ui.widgets.buttons import KeyButton

_CODE = "withdrawal-request"
_SAID = (
    "撤回申请书正在打印。请念给诉求人听，他写好理由、签好字，再记下撤回；签字件扫回来就归入这一件。"
)


class WithdrawalPaper(KeyButton):
    """Prints the application; it is issued first where the case has none that is still unsigned."""

    def __init__(self, panel: DeedPanel) -> None:
        super().__init__("先打印撤回申请书，请诉求人签字", icon="print", parent=panel)
        self._panel = panel
        self.clicked.connect(self.print_form)

    def print_form(self) -> None:
        """Print it on this desk's printer; nothing is taken back by that."""
        panel = self._panel
        known = [
            paper.id
            for paper in panel.file.papers
            if paper.code == _CODE and paper.state is PaperState.ISSUED
        ]
        if known:
            self._print(known[-1])
            return
        request = IssueNotice(**panel.head(), code=_CODE)
        panel.desk.act(request, owner=panel, done=self._on_issued, failed=self._on_refused)

    def _on_issued(self, changes: Any) -> None:
        self._print(changes.made["paper"])
        query = partial(case_file, case_id=self._panel.file.id)
        self._panel.desk.ask(query, owner=self._panel, done=self._go_on)

    def _print(self, paper: int) -> None:
        papers_of(self._panel.desk).print_paper(paper, owner=self._panel)
        self._panel.say(_SAID, state="ok")

    def _go_on(self, fresh: CaseFile | None) -> None:
        if fresh is not None:
            self._panel.take_file(fresh)

    def _on_refused(self, error: DeskError) -> None:
        if isinstance(error, StaleCase):
            self._panel.went_stale.emit(error)
        else:
            self._panel.say(str(error))
