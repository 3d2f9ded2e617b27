"""Where panels stand beside the work (侧栏), and where two people's changes are settled."""

from functools import partial
from typing import Any, Generic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from desk.rules.errors import StaleCase
from desk.rules.merging import Changed
from desk.ui.case.form_panel import FormPanel, Shown
from desk.ui.case.settling import conflict_with
from desk.ui.desk import Desk, Query
from desk.ui.widgets.conflict_view import Conflict, ConflictView, Keep

_GONE = "这一件现在不归您查看。您写的内容还在，可以复制后再收起。"
_NOT_NOW = "这一步现在不归您办理。您写的内容还在，可以复制后再收起。"


class PanelStack(QWidget, Generic[Shown]):
    """Holds one panel at a time; hidden while there is none.

    Signals:
        done: a deed was done; carries the panel and the Changes.
        opened: a panel opened or closed; carries it, or None.
        caught_up: a newer state was read; carries it.
    """

    done = Signal(object, object)
    opened = Signal(object)
    caught_up = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.panel: FormPanel[Shown] | None = None
        self.sheet: ConflictView | None = None
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName("办理栏")
        self.hide()

    def open(
        self, kind: type[FormPanel[Shown]], file: Shown, option: object = None
    ) -> FormPanel[Shown]:
        """Open a panel for a deed; one that is open for the same deed stays as it is."""
        if self.panel is not None and type(self.panel) is kind and self.panel.file.id == file.id:
            if option is not None:
                self.panel.take_option(option)
        else:
            self.close_panel(tell=False)
            self.panel = kind(self._desk, file, option)
            self.panel.done.connect(self._on_done)
            self.panel.close_asked.connect(self.close_panel)
            self.panel.went_stale.connect(self._on_stale)
            self._stack.addWidget(self.panel)
        self._stack.setCurrentWidget(self.sheet or self.panel)
        self.show()
        self.opened.emit(self.panel)
        self.panel.start()
        self.panel.show_focused()
        return self.panel

    def close_panel(self, *, tell: bool = True) -> None:
        """Put the panel away; what was written is kept as a draft."""
        self.put_sheet_away()
        if self.panel is None:
            return
        gone, self.panel = self.panel, None
        self._stack.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        if tell:
            self.hide()
            self.opened.emit(None)

    # What each kind of panel says for itself

    def fresh(self, wanted: int) -> Query[Shown | None]:
        """Return the query that reads the newest state."""
        raise NotImplementedError

    def is_allowed(self, panel: FormPanel[Shown], file: Shown) -> bool:
        """Return whether the deed of the panel may still be done by whoever is here."""
        raise NotImplementedError

    def catch_up(self, file: Shown) -> None:
        """Do what else a newer state asks for, before the panel takes it."""

    @property
    def wants_room(self) -> bool:
        """Whether what is shown needs more than a side column: long texts, or two values."""
        return self.sheet is not None or (self.panel is not None and self.panel.is_wide)

    def submit(self) -> None:
        """Do the deed of the open panel; where two versions lie side by side, what was decided."""
        if self.sheet is not None:
            self.sheet.finish()
        elif self.panel is not None:
            self.panel.submit()

    def _on_done(self, changes: object) -> None:
        panel = self.panel
        self.close_panel()
        self.done.emit(panel, changes)

    def _on_stale(self, error: StaleCase) -> None:
        if self.panel is None:
            return
        query = self.fresh(self.panel.file.id)
        self._desk.ask(query, owner=self, done=partial(self._settle, error))

    def _settle(self, error: StaleCase, fresh: Shown | None) -> None:
        panel = self.panel
        if panel is None:
            return
        if fresh is None:
            panel.forbid(_GONE)
            return
        self.catch_up(fresh)
        conflict = conflict_with(panel, fresh, error)
        panel.take_file(fresh)
        self.caught_up.emit(fresh)
        if not self.is_allowed(panel, fresh):
            panel.forbid(f"{error} {_NOT_NOW}")
        elif any(row.changed is not Changed.MINE for row in conflict.rows):
            self._show_sheet(error, conflict)
        else:
            panel.say(f"{error}再按一次就按最新情况存上。", state="warn")

    def _show_sheet(self, error: StaleCase, conflict: Conflict) -> None:
        self.sheet = ConflictView(str(error), conflict)
        self.sheet.resolved.connect(self._on_resolved)
        self.sheet.postponed.connect(self._on_postponed)
        self._stack.addWidget(self.sheet)
        self._stack.setCurrentWidget(self.sheet)
        self.opened.emit(self.panel)
        self.sheet.start()

    def _on_resolved(self, decisions: dict[str, Keep]) -> None:
        panel = self.panel
        if panel is None:
            return
        theirs: dict[str, Any] = dict(panel.theirs(panel.file))
        panel.form.fill(
            {name: theirs[name] for name, keep in decisions.items() if keep is Keep.THEIRS}
        )
        self.put_sheet_away()
        panel.send_again()

    def close_layer(self) -> bool:
        """Put the uppermost layer away: first the sheet, then the panel; say if there was one."""
        if self.sheet is not None:
            self._on_postponed()
            return True
        had_one = self.panel is not None
        self.close_panel()
        return had_one

    def _on_postponed(self) -> None:
        self.put_sheet_away()
        if self.panel is not None:
            self.panel.start()

    def put_sheet_away(self) -> None:
        """Take the two versions off; what was written stands in the panel."""
        if self.sheet is None:
            return
        gone, self.sheet = self.sheet, None
        self._stack.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        if self.panel is not None:
            self._stack.setCurrentWidget(self.panel)
            self.opened.emit(self.panel)
