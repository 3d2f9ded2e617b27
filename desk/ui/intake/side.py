"""Advice beside the form (旁栏): earlier visits, a possible repeat, drafts; never takes focus."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.queries.person_page import Likely
from desk.queries.visitors import Namesake, RepeatHint, Visit, Visitor
from desk.rules.moments import in_shanghai
from desk.rules.same_person import say_times
from desk.rules.wording import label
from desk.ui.drafts import Draft
from desk.ui.keys import ActionKey, GlobalKey
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, HintCard, rule, text_label
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import StatusChip

_SEALED = "内容要打开案件才看得到，查看会留痕。"
_ONE = "只有一位来过的人号码这样开头。号码写全了才带出姓名和地址。"
_SEVERAL = "有几位来过的人号码这样开头，请接着写。"
_MOST_DRAFTS, _MOST_WORDS = 3, 16


def say_date(visit: Visit) -> str:
    """Return the day of a visit."""
    wall = in_shanghai(visit.received_at)
    return f"{wall.month}月{wall.day}日"


def say_visits(visitor: Visitor) -> str:
    """Return how often somebody was here: “来过 3 次，1 件在办”."""
    if not visitor.times:
        return ""
    open_ones = f"，{visitor.open} 件在办" if visitor.open else ""
    return f"来过 {visitor.times} 次{open_ones}"


class VisitorCard(Card):
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
        super().__init__("这位诉求人", note=" ", parent=parent)
        self._rows = QWidget(self)
        self.body.addWidget(self._rows)
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
        self._head("这位诉求人", say_visits(visitor))
        rows = self._fresh_rows()
        for visit in visitor.visits:
            rows.addWidget(rule())
            rows.addLayout(self._row(visit))
        hidden = visitor.times - len(visitor.visits)
        more = f"另有 {hidden} 件只显示件数。" if hidden else ""
        self._foot.setText(f"{more}{_SEALED}" if visitor.visits else more)
        self.offer(offer)
        self.show()

    def show_likely(self, likely: Likely | None) -> None:
        """Say how often somebody was here whose number begins as it is written so far."""
        if likely is None or not likely.numbers:
            self.hide()
            return
        is_one = likely.numbers == 1
        said = say_times(likely.times, likely.still_open) if is_one else "不止一位"
        self._head("号码写到这里", said)
        self._fresh_rows()
        self._foot.setText(_ONE if is_one else _SEVERAL)
        self._whole.setVisible(is_one)
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
        rows = self._fresh_rows()
        for one in people:
            where = f" · {one.place}" if one.place else ""
            said = f"尾号 {one.phone_tail}{where} · 来过 {one.visits} 次"
            rows.addWidget(rule())
            rows.addWidget(text_label(said))
        self._foot.setText("请诉求人报一下电话，写全后带出地址；不是同一人就接着写。")
        self.offer("")
        self.show()

    def _head(self, words: str, note: str) -> None:
        if self.head is not None:
            self.head.set_text(words)
            self.head.set_note(note)

    def _fresh_rows(self) -> QVBoxLayout:
        at = self.body.indexOf(self._rows)
        self.body.removeWidget(self._rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = QWidget(self)
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.body.insertWidget(at, self._rows)
        return column

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


class RepeatCard(HintCard):
    """An earlier case that may be about the same thing; the clerk decides.

    Signals:
        answered: the clerk linked the case, took the link back, or said it is another.
    """

    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("可能是重复件", note="最近 90 天内", state="warn")
        self.setParent(parent)
        self._hint: RepeatHint | None = None
        self._linked: int | None = None
        self._which = text_label("", "strong", wraps=True)
        self.body.insertWidget(1, self._which)
        self._link = self.add_button("关联为重复件", self.toggle, ActionKey.LINK_REPEAT)
        self._other = self.add_button("不是重复件", self._on_other)
        self._after = text_label("不关联也能保存，信联办会再看一次。", "hint", wraps=True)
        self.body.addWidget(self._after)
        self.hide()

    def show_hint(self, hint: RepeatHint | None) -> None:
        """Show another possible repeat, or none; a link once made stays in sight."""
        if self._linked is not None and (hint is None or hint.visit.id != self._linked):
            return
        self._hint = hint
        self.setVisible(hint is not None)
        self._say()

    def restore(self, linked: int | None) -> None:
        """Begin anew, with a link that was made before or without."""
        self._linked, self._hint = linked, None
        self.setVisible(linked is not None)
        self._say()

    def linked(self) -> int | None:
        """Return the case to which this one is linked as a repeat."""
        return self._linked

    def toggle(self) -> None:
        """Link the case as a repeat, or take the link back (Alt+C)."""
        if self.isHidden():
            return
        if self._linked is not None:
            self._linked = None
            self.setVisible(self._hint is not None)
        elif self._hint is not None:
            self._linked = self._hint.visit.id
        self._say()
        self.answered.emit()

    def _on_other(self) -> None:
        self._linked = self._hint = None
        self.hide()
        self.answered.emit()

    def _say(self) -> None:
        hint, is_linked = self._hint, self._linked is not None
        if hint is not None:
            visit = hint.visit
            when = f"{say_date(visit)}受理，{visit.unit} · {label(visit.status)}"
            self._which.setText(f"{visit.seq:05}  {when}")
        self._which.setVisible(hint is not None)
        likeness = hint.likeness if hint is not None else ""
        self.set_text(
            "已关联为重复件，保存时一并记下。"
            if is_linked
            else f"与您正在填的这件：{likeness}。关联后沿用原件的承办人，诉求人照样逐件答复。"
        )
        self._link.setText("取消关联" if is_linked else "关联为重复件")
        self._link.setAccessibleName(self._link.text())
        self._link.updateGeometry()
        self._other.setVisible(not is_linked)
        self.set_state("selected" if is_linked else "warn")


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
