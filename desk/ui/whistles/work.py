"""What is done with the whistle on show (吹哨的动作): which panel opens by which key."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.actions.whistles import ReissueSlip
from desk.queries.whistle_views import WhistleFile
from desk.queries.whistles import whistle_file
from desk.rules.deeds import Deed
from desk.rules.rights import may_in_hall
from desk.rules.whistle_codes import WhistleResult, WhistleStage, WhistleState
from desk.rules.whistling import Party, WhistleStep
from desk.ui.case.form_panel import FormPanel
from desk.ui.case.panel_stack import PanelStack
from desk.ui.desk import Desk, Query
from desk.ui.keys import GlobalKey, ListKey, WhistleKey
from desk.ui.preview import open_preview
from desk.ui.printing import papers_of
from desk.ui.sections.step_panel import StepPanel
from desk.ui.whistles.end_panels import (
    ConcludePanel,
    FilePanel,
    RatePanel,
    ReopenPanel,
    ReviewPanel,
    WithdrawPanel,
)
from desk.ui.whistles.raise_panels import ChangePanel, NewWhistle, RaisePanel
from desk.ui.whistles.site_panels import (
    ArrivePanel,
    CallMorePanel,
    ConsultPanel,
    DividePanel,
    FinishDutyPanel,
    StrikePanel,
)
from desk.ui.widgets.action_bar import ActionItem


@dataclass(frozen=True, slots=True)
class _Way:
    """How a step is taken: what the button says, its key in the lists, its icon, its panel."""

    words: str
    key: str
    icon: str
    panel: type[StepPanel]


_WAYS: Mapping[WhistleStep, _Way] = MappingProxyType(
    {
        WhistleStep.REVIEW: _Way("审核", WhistleKey.REVIEW, "verify", ReviewPanel),
        WhistleStep.CHANGE: _Way("改后重报", "", "edit", ChangePanel),
        WhistleStep.ARRIVE: _Way("登记报到", WhistleKey.ARRIVE, "accept", ArrivePanel),
        WhistleStep.CALL_MORE: _Way("加叫单位", WhistleKey.CALL_MORE, "add", CallMorePanel),
        WhistleStep.CONSULT: _Way("会商意见", WhistleKey.CONSULT, "talk", ConsultPanel),
        WhistleStep.DIVIDE: _Way("责任分工", WhistleKey.DIVIDE, "people", DividePanel),
        WhistleStep.FINISH_DUTY: _Way("分工落实", WhistleKey.FINISH_DUTY, "tick", FinishDutyPanel),
        WhistleStep.CONCLUDE: _Way("处置结果", WhistleKey.CONCLUDE, "done", ConcludePanel),
        WhistleStep.RATE: _Way("评价", WhistleKey.RATE, "follow-up", RatePanel),
        WhistleStep.FILE: _Way("归档", WhistleKey.FILE, "archive", FilePanel),
        WhistleStep.REOPEN: _Way("退回再办", "", "return", ReopenPanel),
        WhistleStep.WITHDRAW: _Way("撤销", "", "remove", WithdrawPanel),
    }
)
_QUIET = frozenset({WhistleStep.CALL_MORE, WhistleStep.WITHDRAW, WhistleStep.REOPEN})


class WhistleHost(PanelStack[Any]):
    """Holds one panel of the page at a time; hidden while there is none."""

    def fresh(self, wanted: int) -> Query[Any]:
        """Return what reads the whistle anew; what is only being written is what it is."""
        panel = self.panel
        if panel is None or not isinstance(panel.file, WhistleFile):
            file = panel.file if panel is not None else None
            return lambda _reader: file
        return partial(whistle_file, whistle_id=wanted)

    def is_allowed(self, panel: FormPanel[Any], file: Any) -> bool:
        """Return whether the step may still be taken."""
        steps = {_WAYS[step].panel for step in file.steps} if hasattr(file, "steps") else set()
        return type(panel) in steps or not isinstance(file, WhistleFile)


class WhistleWork(QObject):
    """Offers and does what fits the whistle on show.

    Signals:
        said: a sentence for the status line.
        case_wanted: open a case of the whistle; carries its id.
        done: something was done; carries the whistle to choose, or None.
        wanted: show another whistle; carries its id.
    """

    said = Signal(str)
    case_wanted = Signal(object)
    done = Signal(object)
    wanted = Signal(object)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.host = WhistleHost(desk)
        self._file: WhistleFile | None = None
        self.host.done.connect(self._on_done)

    @property
    def file(self) -> WhistleFile | None:
        """The whistle on show."""
        return self._file

    def take(self, file: WhistleFile | None) -> None:
        """Work on this whistle from now on."""
        self._file = file

    def items(self) -> list[ActionItem]:
        """Return what is offered now, the next step in front."""
        items, file = list[ActionItem](), self._file
        if file is not None:
            items = [self._item(step) for step in self._steps()]
            items += self._further(file)
        if may_in_hall(Deed.RAISE_WHISTLE, self._desk.person):
            is_main = file is None and self.host.panel is None
            new = ActionItem("吹哨", ListKey.NEW, self.raise_new, "whistle", is_main=is_main)
            items.append(new)
        return items

    def act(self) -> None:
        """Open the panel of what comes next."""
        first = next(iter(self._steps()), None)
        if first is not None:
            self.open(first)
        else:
            self.said.emit("这张哨单现在没有要您办的。")

    def press(self, typed: str) -> bool:
        """Take the step that belongs to a key of the lists; return whether it is one of them."""
        if typed == ListKey.NEW:
            self.raise_new()
            return True
        step = next((step for step, way in _WAYS.items() if typed and way.key == typed), None)
        if step is None:
            return False
        if step in self._steps():
            self.open(step)
        else:
            self.said.emit(f"“{_WAYS[step].words}”现在不能办，请看看这张哨单到了哪一步。")
        return True

    def open(self, step: WhistleStep) -> None:
        """Open the panel of a step."""
        if self._file is not None:
            self.host.open(_WAYS[step].panel, self._file)

    def raise_new(self) -> None:
        """Write a new whistle."""
        if may_in_hall(Deed.RAISE_WHISTLE, self._desk.person):
            self.host.open(RaisePanel, NewWhistle())
        else:
            self.said.emit("您的岗位不吹哨。需要协调时，请找信联办。")

    def preview(self) -> None:
        """Look at the slip before it is printed."""
        if self._file is None or self._file.paper_id is None:
            self.said.emit("这张哨单还没有出过单。按“重新出单”出一版。")
        else:
            open_preview(self._desk, self._file.paper_id, self._page)

    def print_slip(self) -> None:
        """Print the slip as it was issued last."""
        if self._file is None or self._file.paper_id is None:
            self.said.emit("这张哨单还没有出过单。按“重新出单”出一版。")
        else:
            papers_of(self._desk).print_paper(self._file.paper_id, owner=self)

    def _steps(self) -> list[WhistleStep]:
        """Return the steps of now, what is usual next first."""
        file = self._file
        if file is None:
            return []
        idle = set()
        if not any(one.done_at is None for one in file.duties):
            idle.add(WhistleStep.FINISH_DUTY)
        if file.row.state is not WhistleState.CALLED or not self._may_record(file):
            idle.add(WhistleStep.ARRIVE)
        if file.row.state is WhistleState.RAISED and Party.RUNNER in file.parties:
            idle.add(WhistleStep.CHANGE)
        found = [step for step in file.steps if step not in idle]
        first = self._usual(file)
        return sorted(found, key=lambda step: step is not first)

    def _may_record(self, file: WhistleFile) -> bool:
        every = bool({Party.RUNNER, Party.CALLER} & file.parties)
        return every or any(one.is_own for one in file.row.units)

    def _usual(self, file: WhistleFile) -> WhistleStep | None:
        """Return what usually comes next where units are on their way."""
        if file.row.stage is not WhistleStage.ON_SITE:
            return None
        if not file.consultation:
            return WhistleStep.CONSULT
        return WhistleStep.CONCLUDE if file.duties else WhistleStep.DIVIDE

    def _item(self, step: WhistleStep) -> ActionItem:
        way, is_next = _WAYS[step], step is next(iter(self._steps()), None)
        return ActionItem(
            way.words,
            way.key,
            partial(self.open, step),
            way.icon,
            is_main=is_next and self.host.panel is None,
            is_quiet=step in _QUIET,
            spoken=f"{way.words}，列表里按 Enter" if is_next else "",
        )

    def _further(self, file: WhistleFile) -> list[ActionItem]:
        items = []
        own = bool({Party.RUNNER, Party.CALLER} & file.parties)
        if file.row.result is WhistleResult.UNRESOLVED and own and file.risen_to is None:
            items.append(ActionItem("提级吹哨", "", self._rise, "whistle"))
        if file.arrivals and WhistleStep.ARRIVE in file.steps:
            strike = ActionItem("划去报到", "", self._strike, is_quiet=True)
            items.append(strike)
        if file.paper_id is not None:
            items.append(ActionItem("打印哨单", GlobalKey.PRINT, self.print_slip, "print"))
        if own and file.row.state is not WhistleState.WITHDRAWN:
            items.append(ActionItem("重新出单", "", self._reissue, is_quiet=True))
        for case, number in file.cases[:1]:
            opens = partial(self.case_wanted.emit, case)
            items.append(ActionItem(f"打开 {number}", "", opens, is_quiet=True))
        for other in (file.risen_from, file.risen_to):
            if other is not None:
                shows = partial(self.wanted.emit, other[0])
                items.append(ActionItem(f"看 {other[1]}", "", shows, is_quiet=True))
        return items

    def _strike(self) -> None:
        file = self._file
        if file is not None and file.arrivals and WhistleStep.ARRIVE in file.steps:
            self.host.open(StrikePanel, file)

    def _rise(self) -> None:
        file = self._file
        if file is not None and file.row.result is WhistleResult.UNRESOLVED:
            self.host.open(RaisePanel, NewWhistle(file))

    def _reissue(self) -> None:
        if self._file is not None:
            request = ReissueSlip(**self._desk.by_me(), whistle=self._file.id)
            self._desk.act(
                request,
                owner=self,
                done=lambda changes: self._on_done(None, changes),
                failed=lambda error: self.said.emit(str(error)),
            )

    def _on_done(self, _panel: object, changes: Any) -> None:
        self.said.emit(f"{changes.title}，已记下。")
        self.done.emit(changes.made.get("whistle"))
