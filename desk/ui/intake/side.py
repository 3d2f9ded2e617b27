"""Advice beside the form (旁栏): earlier visits and drafts; never takes focus."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.queries.person_page import Likely
from desk.queries.visitors import Namesake, Visit, Visitor
from desk.rules.moments import in_shanghai
from desk.rules.same_person import say_times
from desk.rules.wording import label
from desk.ui.drafts import Draft
from desk.ui.keys import ActionKey, GlobalKey
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, rule, text_label
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import StatusChip
from desk.ui.widgets.rows_card import RowsCard

_SEALED = "内容要打开案件才看得到，查看会留痕。"
_ONE = "只有一位来过的人号码这样开头。号码写全了才带出姓名和地址。"
_SEVERAL = "有几位来过的人号码这样开头，请接着写。"
_MOST_DRAFTS, _MOST_WORDS = 3, 16


def say_date(visit: Visit) -> str:
    """Return the day of a visit."""
    wall = in_shanghai(visit.received_at)
    return f"{wall.month}月{wall.day}日"


class VisitorCard(RowsCard):
    """Earlier visits of this telephone number, or people of the same name.

    Signals:
        case_wanted: open the file of an earlier case; carries its id.
        take_wanted: write down name and address as known (Alt+P).
        person_wanted: open the page of this person (Ctrl+R).
    """

    case_wanted = Signal(object)
    take_wanted = Signal()
    person_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("这位诉求人", parent=parent)
        self._is_folded = self._has_visits = False
        self.body.addWidget(self.rows)
        self._foot = text_label(_SEALED, "hint", wraps=True)
        self.body.addWidget(self._foot)
        self._take = KeyButton("", ActionKey.APPELLANT, parent=self)
        self._take.clicked.connect(self.take_wanted)
        self.body.addWidget(self._take)
        self._whole = KeyButton("一人一档", GlobalKey.PERSON, kind=ButtonKind.QUIET, parent=self)
        self._whole.clicked.connect(self.person_wanted)
        if self.head is not None:
            self.head.add(self._whole)
        self.hide()

    def show_visitor(self, visitor: Visitor, offer: str) -> None:
        """Show visits; `offer` names what Alt+P would write into the form."""
        if not visitor.times:
            self.hide()
            return
        self._whole.show()
        self._head("这位诉求人", say_times(visitor.times, visitor.open))
        rows = self.fresh_rows(2)
        for visit in visitor.visits:
            rows.addWidget(rule())
            rows.addLayout(self._row(visit))
        hidden = visitor.times - len(visitor.visits)
        more = f"另有 {hidden} 件只显示件数。" if hidden else ""
        self._foot.setText(f"{more}{_SEALED}" if visitor.visits else more)
        self._has_visits = True
        self._settle()
        self.offer(offer)
        self.show()

    def fold(self, *, is_folded: bool) -> None:
        """Be one line, or tell the visits again: likely repeats below need the room."""
        self._is_folded = is_folded
        self._settle()

    def show_likely(self, likely: Likely | None) -> None:
        """Say how often somebody was here whose number begins as it is written so far."""
        if likely is None or not likely.numbers:
            self.hide()
            return
        is_one = likely.numbers == 1
        said = say_times(likely.times, likely.still_open) if is_one else "不止一位"
        self._head("号码写到这里", said)
        self.fresh_rows(2)
        self._foot.setText(_ONE if is_one else _SEVERAL)
        self._whole.setVisible(is_one)
        self._has_visits = False
        self._settle()
        self.offer("")
        self.show()

    def offer(self, words: str) -> None:
        """Offer to write something into the form, or nothing."""
        self._take.setVisible(bool(words))
        if words:
            self._take.setText(words)
            self._take.setAccessibleName(words)
            self._take.updateGeometry()

    def show_namesakes(self, people: Sequence[Namesake]) -> None:
        """Show who else is called so; numbers stay hidden but for their tails."""
        if not people:
            self.hide()
            return
        self._whole.hide()
        self._head("同名的来访人", f"{len(people)} 位")
        rows = self.fresh_rows(2)
        for one in people:
            where = f" · {one.place}" if one.place else ""
            said = f"尾号 {one.phone_tail}{where} · 来过 {one.visits} 次"
            rows.addWidget(rule())
            rows.addWidget(text_label(said))
        self._foot.setText("请诉求人报一下电话，写全后带出地址；不是同一人就接着写。")
        self._has_visits = False
        self._settle()
        self.offer("")
        self.show()

    def _settle(self) -> None:
        is_one_line = self._is_folded and self._has_visits
        self.rows.setHidden(is_one_line)
        self._foot.setHidden(is_one_line)

    def _head(self, words: str, note: str) -> None:
        if self.head is not None:
            self.head.set_text(words)
            self.head.set_note(note)

    def _row(self, visit: Visit) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        number = KeyButton(f"{visit.seq:05}", kind=ButtonKind.QUIET)
        number.setAccessibleName(f"打开 {visit.number}")
        number.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        number.clicked.connect(lambda _on=False, v=visit: self.case_wanted.emit(v.id))
        line.addWidget(number)
        line.addWidget(text_label(say_date(visit), "label"))
        line.addWidget(text_label(visit.unit))
        line.addStretch()
        tone = Tone.NOW if visit.is_open else Tone.PAST
        line.addWidget(StatusChip(label(visit.status), tone))
        return line


class DraftsCard(Card):
    """Forms that were not saved yet, offered again.

    Signals:
        wanted: go on with this draft; carries its key.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("没存完的草稿", note=" ", parent=parent)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.body.addLayout(self._list)
        self.hide()

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """Offer these drafts."""
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.setVisible(bool(drafts))
        if self.head is not None:
            self.head.set_note(f"{len(drafts)} 份，都在本机")
        for draft in drafts[:_MOST_DRAFTS]:
            button = KeyButton(_title(draft), kind=ButtonKind.QUIET, parent=self)
            button.setAccessibleName(f"接着写 {_title(draft)}")
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _on=False, key=draft.key: self.wanted.emit(key))
            self._list.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _title(draft: Draft) -> str:
    content = draft.content
    wall = in_shanghai(draft.kept_at)
    who = content.get("name") or content.get("phone") or "未留名"
    words = str(content.get("details") or content.get("address") or "").split("\n")[0]
    if len(words) > _MOST_WORDS:
        words = words[: _MOST_WORDS - 1] + "…"
    return f"{wall:%H:%M} {who}  {words}".rstrip()
