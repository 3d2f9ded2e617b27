"""Commendations or reminders (表扬书、提醒函): the list, one letter, a new one about cases."""

from functools import partial
from typing import Any

from desk.queries.letters import (
    LetterBoard,
    LetterChoice,
    LetterFile,
    letter_board,
    letter_choices,
    letter_file,
    waits,
)
from desk.rules.assessment_codes import LetterKind, LetterState
from desk.rules.moments import day_of, say_moment
from desk.rules.wording import label
from desk.ui.keys import CaseKey, GlobalKey, LetterKey
from desk.ui.letters.letter_panels import (
    AnswerPanel,
    DeliverPanel,
    LetterPlan,
    RevokePanel,
    WritePanel,
)
from desk.ui.letters.rows import choice_rows, letter_row
from desk.ui.screen import Screen
from desk.ui.sections.card import ReadingCard
from desk.ui.sections.section import Section
from desk.ui.sections.step_panel import StepHost
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.work_list import WorkRow

_TALKS = 2  # the view beside, where people decide what follows
_NONE = {
    LetterKind.COMMENDATION: "还没有表扬书。按“写表扬书”，从办得好的件里选几件，事实会自动填好。",
    LetterKind.REMINDER: "还没有提醒函。按“写提醒函”，从超期、没联系、差评的件里选几件。",
}
_NO_CHOICE = {
    LetterKind.COMMENDATION: "近 90 天没有“已解决、满意、不超期”的件。也可以在案件卷里写。",
    LetterKind.REMINDER: "近 90 天没有超期、没联系、差评的件。也可以在案件卷里写。",
}


class LetterSection(Section):
    """One kind of letters."""

    def __init__(self, page: Screen, host: StepHost, card: ReadingCard, kind: LetterKind) -> None:
        super().__init__(page, host, card)
        self._kind = kind
        self._board = LetterBoard()
        self._file: LetterFile | None = None
        self._choices: tuple[LetterChoice, ...] = ()
        self._marked: dict[int, None] = {}

    @property
    def panel(self) -> WritePanel | None:
        """The panel in which a letter is being written, while it is open."""
        panel = self.host.panel
        if isinstance(panel, WritePanel) and panel.file.kind is self._kind:
            return panel
        return None

    def view(self) -> str:
        """Return the kind, with how many wait for something."""
        open_ones = [one for one in self._board.of(self._kind) if waits(one.kind, one.state)]
        return f"{label(self._kind)} {len(open_ones)}"

    def head(self) -> tuple[str, str]:
        """Return what stands above the list."""
        if self.panel is not None:
            return "可以写的件", f"近 90 天 {len(self._choices)} 件"
        return label(self._kind), f"{len(self._board.of(self._kind))} 封"

    def empty(self) -> str:
        """Say how a letter is written."""
        if self.panel is not None:
            return _NO_CHOICE[self._kind]
        if not self._board.may_write:
            return f"没有写给本单位的{label(self._kind)}。"
        return _NONE[self._kind]

    def load(self, then: int | None = None) -> None:
        """Read all letters."""

        def came(board: LetterBoard) -> None:
            self._board, self._file = board, None
            self.fresh.emit(then)

        self.desk.ask(letter_board, owner=self, done=came)

    def rows(self) -> list[WorkRow]:
        """Return the letters; while one is written, the cases to choose from."""
        if self.panel is not None:
            return choice_rows(self._choices, self._marked)
        now = self.desk.now()
        return [letter_row(one, now, day_of(now)) for one in self._board.of(self._kind)]

    def show(self, key: int | None) -> None:
        """Show a letter, or what would be said of a case."""
        if self.panel is not None:
            self._show_choice(key)
        elif key is None:
            self.card.show_parts(label(self._kind), "", [("", "\n".join(self._often()))])
        else:
            self.desk.ask(partial(letter_file, letter_id=key), owner=self, done=self._show_file)

    def items(self, key: int | None) -> list[ActionItem]:
        """Return the next step of a letter, and what else may be done."""
        if self.panel is not None:
            return [ActionItem("选上、去掉", "", partial(self._toggle, key))]
        items: list[ActionItem] = []
        file = self._file
        if file is not None and file.id == key:
            items += self._steps(file)
        if self._board.may_write:
            write = partial(self.open, WritePanel, LetterPlan(self._kind))
            is_main = not any(one.is_main for one in items)
            words = f"写{label(self._kind)}"
            items.append(ActionItem(words, CaseKey.LETTER, write, "edit", is_main=is_main))
        if self._often():
            talks = partial(self.page.choose_view, _TALKS)
            items.append(ActionItem("看约谈", "", talks, is_quiet=True))
        if file is not None and file.id == key and file.may_steer:
            if file.state is not LetterState.REVOKED:
                revoke = partial(self.open, RevokePanel, file)
                items.append(ActionItem("撤销", "", revoke, "close"))
            if self.card.cases.rows():
                opens = self.card.cases.open_current
                items.append(ActionItem("打开案件卷", GlobalKey.OPEN_FILE, opens, is_quiet=True))
        return items

    def on_space(self, key: int | None) -> bool:
        """Mark a case or leave it out; the letter is filled in anew."""
        panel = self.panel
        if panel is None or key is None:
            return False
        if key in self._marked:
            del self._marked[key]
        else:
            self._marked[key] = None
        panel.take_cases(list(self._marked))
        self.fresh.emit(key)
        return True

    def _toggle(self, key: int | None) -> None:
        self.on_space(key)

    def on_panel(self, panel: object) -> None:
        """Offer the cases as soon as a letter is begun, and the letters again afterwards."""
        if isinstance(panel, WritePanel) and panel.file.kind is self._kind:
            self._marked, self._choices = {}, ()
            query = partial(letter_choices, kind=self._kind)
            self.desk.ask(query, owner=self, done=self._on_choices)
        elif panel is None:
            self.fresh.emit(None)

    def _on_choices(self, found: tuple[LetterChoice, ...]) -> None:
        if self.panel is not None:
            self._choices = found
            self.fresh.emit(found[0].case if found else None)

    def _steps(self, file: LetterFile) -> list[ActionItem]:
        items: list[ActionItem] = []
        if file.may_steer and file.state is LetterState.ISSUED:
            deliver = partial(self.open, DeliverPanel, file)
            items.append(ActionItem("记送达", LetterKey.NEXT, deliver, "deliver", is_main=True))
        if file.may_answer:
            answer = partial(self.open, AnswerPanel, file)
            key = "" if items else LetterKey.NEXT
            items.append(ActionItem("整改反馈", key, answer, "opinion", is_main=not items))
        return [*items, self.preview(file.paper_id)]

    def _show_file(self, file: LetterFile | None) -> None:
        if file is None or self.panel is not None:
            return
        self._file = file
        now = self.desk.now()
        to = f"{file.unit}（{file.person}同志）" if file.person else file.unit
        due = f"{file.due_on:%Y-%m-%d} 前书面反馈" if file.due_on else ""
        done = f"{file.rectified_on:%Y-%m-%d} 完成" if file.rectified_on else ""
        answer = "\n".join(
            filter(None, (file.measures, f"责任人：{file.responsible}　{done}" if done else ""))
        )
        said = [f"{say_moment(at, seen_at=now)} {words}" for at, words in file.said]
        problems = "、".join(label(one) for one in file.problems)
        parts: list[tuple[str, str]] = [
            ("", "\n".join(self._often())),
            ("收信单位", to),
            ("存在的问题", problems),
            ("事实", file.facts),
            ("整改期限", due),
            ("整改反馈", answer),
            ("经过", "\n".join(said)),
        ]
        note = f"{label(file.kind)} · {label(file.state)}"
        self.card.show_parts(file.number, note, parts, file.cases)
        self.offered.emit()

    def _show_choice(self, key: int | None) -> None:
        one = next((one for one in self._choices if one.case == key), None)
        if one is None:
            self.card.show_parts("还没有选", "", [("", self.empty())])
            return
        picked = "已选上，再按空格去掉。" if key in self._marked else "按空格选上。"
        parts = [
            ("诉求", one.summary),
            ("信里会写", one.said),
            ("", f"这一件已写进 {one.written}。" if one.written else ""),
            ("", picked),
        ]
        self.card.show_parts(f"{one.seq:05}", one.unit, parts)

    def _often(self) -> tuple[str, ...]:
        return self._board.often if self._kind is LetterKind.REMINDER else ()

    def done(self, changes: Any, said: str = "") -> None:
        """Say where the paper is."""
        number = changes.made.get("number")
        told = f"已签发 {number}，{GlobalKey.PAPER_PREVIEW} 预览、打印。" if number else said
        super().done(changes, told)
