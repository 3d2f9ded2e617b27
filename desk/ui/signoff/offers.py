"""What may be done with the opinion on show (审签的动作): one table for bar and keys."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desk.queries.sign_desks import DeskView, Signer, signers_at
from desk.queries.sign_queue import SignRow
from desk.queries.sign_sheet import SignSheet
from desk.rules.opinion_checks import Verdict, may_be_signed
from desk.rules.sign_route import Stand
from desk.ui.keys import ActionKey, GlobalKey, ListKey, PaperKey
from desk.ui.signoff.views import View
from desk.ui.signoff.work import Word
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.buttons import KeyButton

if TYPE_CHECKING:
    from desk.ui.signoff_screen import SignoffScreen

_SIGN, _NEXT = "同意签发", "看下一份"


class SignOffers(QObject):
    """Fills the bar of the page and does what its buttons and keys say."""

    def __init__(self, page: "SignoffScreen") -> None:
        super().__init__(page)
        self._page = page
        page.work.done.connect(self._on_done)
        page.work.finished.connect(self._on_finished)

    def show(self) -> None:
        """Offer what may be done now."""
        page = self._page
        items = self._signing() if page.open_sheet() is not None else []
        if page.view is View.EVERYWHERE and page.row() is not None:
            items = self._overseeing()
        if page.sheet is not None:
            go_on = partial(_unless_on_button, _NEXT, page.list.go_on)
            words = "打印送签稿" if page.sheet.here is not None else "打印"
            items += [
                ActionItem(_NEXT, ListKey.NEXT, go_on),
                ActionItem(words, GlobalKey.PRINT, page.pane.print_shown, "print"),
                ActionItem(
                    "打开案件卷", GlobalKey.OPEN_FILE, page.list.open_current, is_quiet=True
                ),
            ]
        # one key, one meaning: the bar's own button and the grid take Ctrl+Enter for themselves
        page.finish_key.setEnabled(not page.marks.chosen() and not page.results.isVisible())
        row = page.row()
        is_deputy = row is not None and row.stand is Stand.DEPUTY
        page.enter_key.setEnabled(is_deputy and page.view is View.WAITING)
        page.bar.set_items(items)

    def sign(self) -> None:
        """Sign the opinion on show in one's own name, unless something blocks it."""
        sheet = self._ready_to_sign()
        if sheet is None:
            return
        if sheet.here is not None and sheet.here.stand is Stand.DEPUTY:
            whose = sheet.here.whose
            self._page.said.emit(f"这一份在{whose}处，您是代理人；要代签请按 Alt+D。")
            return
        self._say(sheet, is_agreed=True)

    def sign_for_other(self) -> None:
        """Sign for the one whose deputy the reader is (代签)."""
        sheet = self._ready_to_sign()
        if sheet is not None:
            self._say(sheet, is_agreed=True)

    def send_back(self) -> None:
        """Send the opinion back; what is to be changed must be said in the note."""
        page, sheet = self._page, self._page.open_sheet()
        if sheet is None:
            return
        if not page.note.text():
            page.said.emit("退回修改请先在批注里写明要改什么，再按一次 Alt+T。")
            page.note.demand()
            return
        self._say(sheet, is_agreed=False)

    def mark(self) -> None:
        """Choose the opinion on show for signing together, or leave it out again."""
        page = self._page
        row = page.row()
        if row is None or page.open_sheet() is None:
            return
        said = page.marks.toggle(row, page.sheet)
        if said:
            page.said.emit(said)
        page.refresh()

    def finish(self) -> None:
        """Sign what was chosen; with the keyboard in the note, the opinion on show (Ctrl+Enter)."""
        page = self._page
        chosen = page.marks.chosen()
        if page.view is View.WAITING and chosen and not _is_in(page.note.edit):
            page.work.say([Word(case, version, is_agreed=True) for case, version in chosen])
            return
        row = page.row()
        if row is not None and row.stand is Stand.DEPUTY:
            self.sign_for_other()
        else:
            self.sign()

    def _signing(self) -> list[ActionItem]:
        page = self._page
        row = page.row()
        owner = row.here.owner if row is not None and row.here is not None else ""
        if row is not None and row.stand is Stand.DEPUTY:
            words = f"代{owner}签发" if owner else "代签"
            main = ActionItem(words, ActionKey.SIGN_FOR, self.sign_for_other, "sign", is_main=True)
        else:
            sign = partial(_unless_on_button, _SIGN, self.sign)
            main = ActionItem(_SIGN, ListKey.OPEN, sign, "sign", is_main=True)
        items = [main, ActionItem("退回修改", ActionKey.RETURN, self.send_back, "return")]
        chosen = page.marks.chosen()
        if row is not None and row.stand is not Stand.DEPUTY:
            words = "不选这份" if page.marks.holds(row) else "选进成批"
            items.append(ActionItem(words, ListKey.MARK, self.mark))
        if chosen:
            words = f"成批签批 {len(chosen)} 份"
            items.insert(1, ActionItem(words, GlobalKey.FINISH, self.finish, "sign"))
        return items

    def _overseeing(self) -> list[ActionItem]:
        is_main = not self._page.results.isVisible()  # the grid has a main button of its own
        key = ListKey.OPEN if is_main else ""
        return [
            ActionItem("录入签批结果", key, self._type_results, "edit", is_main=is_main),
            ActionItem("打印签批夹", PaperKey.ISSUE, self._print_folder, "print"),
        ]

    def _print_folder(self) -> None:
        row = self._page.row()
        if row is not None and row.here is not None:
            self._page.folder.print_folder(row.here)

    def _type_results(self) -> None:
        row = self._page.row()
        if row is not None and row.here is not None:
            query = partial(signers_at, owner_id=row.here.owner_id, role=row.here.role)
            self._page.desk.ask(query, owner=self, done=partial(self._show_results, row.here))

    def _show_results(self, here: DeskView, signers: tuple[Signer, ...]) -> None:
        page = self._page
        key = (here.owner_id, here.role)
        rows = [
            row
            for row in page.queue.everywhere
            if row.here is not None and (row.here.owner_id, row.here.role) == key
        ]
        page.show_middle(page.results)
        page.results.show_folder(here.whose, sorted(rows, key=SignRow.lies_since), signers)
        self.show()

    def _ready_to_sign(self) -> SignSheet | None:
        sheet = self._page.open_sheet()
        if sheet is None:
            return None
        if not may_be_signed(sheet.checks):
            blocked = next(c for c in sheet.checks if c.verdict is Verdict.BLOCKED)
            self._page.said.emit(f"{blocked.text}，不能签发。{blocked.detail}。")
            return None
        return sheet

    def _say(self, sheet: SignSheet, *, is_agreed: bool) -> None:
        page = self._page
        is_deputy = sheet.here is not None and sheet.here.stand is Stand.DEPUTY
        word = Word(sheet.case_id, sheet.version, is_agreed, page.note.text(), for_other=is_deputy)
        page.work.say([word])

    def _on_done(self, word: Word) -> None:
        self._page.note.sent(word.case_id)
        self._page.list.setFocus()

    def _on_finished(self, signed: tuple[int, ...]) -> None:
        page = self._page
        seconds = page.queue.undo_seconds
        if signed and seconds:
            words = "撤回刚才的签批" if len(signed) == 1 else f"撤回刚签的 {len(signed)} 份"
            page.bar.offer_undo(words, partial(page.work.take_back, signed), seconds)


def _is_in(part: object) -> bool:
    return QApplication.focusWidget() is part


def _unless_on_button(label: str, handler: Callable[[], None]) -> None:
    """Do it, unless the key was meant for another button that has the focus."""
    focused = QApplication.focusWidget()
    if isinstance(focused, KeyButton) and focused.text() != label:
        focused.click()
    else:
        handler()
