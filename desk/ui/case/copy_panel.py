"""回填: a case in the words of another platform, copied field by field, typed only once."""

from functools import partial

from PySide6.QtGui import QGuiApplication

from desk.actions.looking import LookAtContact
from desk.exchange.copy_blocks import CopyOut, FilledForm, copy_out
from desk.rules.deeds import Deed
from desk.rules.errors import DeskError
from desk.ui.case.block_list import BlockList
from desk.ui.case.deed_panel import DeedPanel
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice

_NONE = (
    "还没有回填模板。请信联办或管理员在“管理 · 回填模板”里写明对方系统有哪些栏目、"
    "各取本厅哪一栏，写一次全厅都能用。"
)
_HOW = (
    "Enter 复制选中的一块并走到下一块，数字键复制那一块，0 全部复制；到对方系统里按 Ctrl+V 粘贴。"
)
_MASKED = "现在是遮住姓名、电话的。"
_FULL = "完整内容已记入查看留痕；有电话、证件号的，半分钟后从剪贴板清除，请随手粘贴。"
_MAY_NOT = "要完整的，请先在案件卷里按“查看（写理由）”。"


class CopyPanel(DeedPanel):
    """Which platform, masked or in full, and its blocks."""

    deed, title, verb = Deed.TAKE_OUT, "回填别的平台", "复制这一块"
    is_wide = True
    keeps_draft = False

    def build(self) -> None:
        """Read the forms; masked at first."""
        self._found: CopyOut | None = None
        self._is_full = False
        self.note = text_label(_HOW, "hint", wraps=True)
        self.form.add(self.note)
        self.which = self.form.choice("form", "对方系统", [], small=True)
        self.full = self.form.check("full", "完整的（含姓名、电话、地址）")
        self.state = text_label(_MASKED, "hint", wraps=True)
        self.form.add(self.state)
        self.blocks = BlockList()
        self.blocks.setMinimumHeight(170)
        self.form.add(self.blocks)
        self.which.chosen.connect(lambda _value: self._show())
        self.full.toggled.connect(self._on_full)
        self.blocks.wanted.connect(self._copy)
        self.blocks.all_wanted.connect(self._copy_all)
        self._read()

    def start(self) -> None:
        """Put the keyboard on the blocks."""
        self.blocks.setFocus()

    def submit(self) -> None:
        """Copy the block that is chosen."""
        self._copy(self.blocks.currentRow())

    def drop_contact(self) -> None:
        """Show masks again: the look is over."""
        self.full.setChecked(False)

    def _read(self) -> None:
        query = partial(copy_out, case_id=self.file.id, is_full=self._is_full)
        self.desk.ask(query, owner=self, done=self._on_read, failed=self._on_refused_look)

    def _on_read(self, found: CopyOut) -> None:
        before = self.which.value()
        self._found = found
        self.full.setEnabled(found.may_full)
        self.state.setText(
            _FULL if found.is_full else _MASKED + ("" if found.may_full else _MAY_NOT)
        )
        has_forms = bool(found.forms)
        self.note.setText(_HOW if has_forms else _NONE)
        for part in (self.which, self.full, self.state, self.blocks, self.button):
            part.setVisible(has_forms)
        if not has_forms:
            return
        self.which.set_choices([Choice(form.id, form.name) for form in found.forms])
        known = {form.id for form in found.forms}
        self.which.chips.set_value(before if before in known else found.forms[0].id)
        self._show()

    def _form(self) -> FilledForm | None:
        forms = self._found.forms if self._found is not None else ()
        return next((form for form in forms if form.id == self.which.value()), None)

    def _show(self) -> None:
        form = self._form()
        self.blocks.set_blocks(form.blocks if form is not None else ())

    def _on_full(self, is_wanted: bool) -> None:  # noqa: FBT001 - what the box says
        if is_wanted == self._is_full:
            return
        if not is_wanted:
            self._is_full = False
            self._read()
            return
        request = LookAtContact(**self.desk.by_me(), case=self.file.id, where="回填别的平台")
        self.desk.act(request, owner=self, done=self._on_noted, failed=self._on_refused_look)

    def _on_noted(self, _changes: object) -> None:
        self._is_full = True
        self._read()

    def _on_refused_look(self, error: DeskError) -> None:
        self._is_full = False
        self.full.setChecked(False)
        self.say(str(error))

    def _copy(self, place: int) -> None:
        if not 0 <= place < len(self.blocks.blocks):
            return
        block = self.blocks.blocks[place]
        if not block.text:
            self.say(f"“{block.heading}”这一件没有内容，没有复制。", state="warn")
            self.blocks.setCurrentRow(min(place + 1, self.blocks.count() - 1))
            return
        QGuiApplication.clipboard().setText(block.text)
        self.blocks.mark_copied(place)
        self.say(f"已复制“{block.heading}”，到对方系统里粘贴。", state="good")

    def _copy_all(self) -> None:
        form = self._form()
        if form is not None:
            QGuiApplication.clipboard().setText(form.whole)
            self.say(f"已复制全部 {len(form.blocks)} 块，每块前面有栏目名。", state="good")
