"""Layouts of papers (文书版式): ours as a suggestion, the hall's own in their place."""

from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions.administration import SetLayout
from desk.forms import form_codes, layout_text, load_layout
from desk.queries.administration import own_layouts
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.papers import PAPER_TITLES
from desk.ui.admin.section import Section
from desk.ui.desk import Desk
from desk.ui.list_form import ListForm, ListLine
from desk.ui.widgets.buttons import ButtonKind
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.text_area import TextArea

_ADVICE = (
    "这是建议版式，没有上级机关规定过。改好后从今天起新出的文书用它；已经出的文书再印仍是原样。"
)


class LayoutSection(Section):
    """The text of each layout, checked before it is used."""

    title = "文书版式"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._own: dict[str, str] = {}
        self.lines = ListForm(self.title)
        self.text = TextArea("版式", lines=16, most=16)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.trouble = text_label("", "hint", wraps=True)
        self.lines.body.addWidget(self.text)
        self.lines.body.addWidget(self.trouble)
        self.use = self.lines.add_button("用这份版式", ButtonKind.MAIN)
        self.restore = self.lines.add_button("恢复建议版式")
        self.lines.buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines)
        self.lines.chosen.connect(self._on_chosen)
        self.use.clicked.connect(self._on_use)
        self.restore.clicked.connect(self._on_restore)

    def arrive(self) -> None:
        """Load which layouts the hall has replaced."""
        self.desk.ask(own_layouts, owner=self, done=self._on_loaded)

    def _on_loaded(self, own: dict[str, str]) -> None:
        self._own = own
        current = self.lines.current()
        self.lines.set_lines(
            [
                ListLine(
                    code, PAPER_TITLES.get(code, code), "本厅自定" if code in own else "建议版式"
                )
                for code in form_codes()
            ],
            current,
        )
        if current is None:
            self.lines.choose(form_codes()[0])
        else:
            self._on_chosen(current)

    def _on_chosen(self, code: object) -> None:
        name = str(code)
        self.lines.say(PAPER_TITLES.get(name, name), _ADVICE)
        self.trouble.setText("")
        self.text.set_text(self._own.get(name) or layout_text(name))
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.restore.setVisible(name in self._own)

    def _on_use(self) -> None:
        code, text = str(self.lines.current()), self.text.text()
        try:
            load_layout(code, text)
        except RuleBroken as error:
            self.trouble.setText(str(error))
            return
        self._set(code, text, "从今天起用这份版式。")

    def _on_restore(self) -> None:
        self._set(str(self.lines.current()), None, "已恢复建议版式。")

    def _set(self, code: str, text: str | None, sentence: str) -> None:
        def done(_changes: object) -> None:
            self.said.emit(sentence)
            self.arrive()

        def refused(error: DeskError) -> None:
            self.trouble.setText(str(error))

        request = SetLayout(**self.desk.by_me(), code=code, toml=text)
        self.desk.act(request, owner=self, done=done, failed=refused)
