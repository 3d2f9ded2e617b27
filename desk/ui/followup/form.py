"""The form of a follow-up (回访登记表, DOMAIN.md 2.5), answered by digits while talking."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.case_views import MatterView
from desk.rules.codes import (
    Discontent,
    FirstHeard,
    FollowUpWay,
    NextStep,
    Resolution,
    Satisfaction,
)
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.followup_advice import offered, step_of
from desk.rules.verdicts import AGREED
from desk.rules.wording import choices
from desk.ui.followup.call_extras import CallExtras
from desk.ui.followup.matter_questions import MatterQuestions
from desk.ui.followup.question import Question
from desk.ui.followup.stars import Stars
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState, TextLine

_STARS = ("处置速度", "处置效果", "服务体验", "反馈质量")
_LONGEST = 180  # minutes of one call
_KINDS: Mapping[str, Callable[[str], object]] = {
    "way": FollowUpWay,
    "first_heard": FirstHeard,
    "resolution": Resolution,
    "satisfaction": Satisfaction,
    "discontent": Discontent,
    "next_step": step_of,
}


class FollowUpForm(QWidget):
    """What the appellant says, in the order in which it is asked.

    Signals:
        changed: something was answered or written.
        reached: the keyboard has gone on by itself to a part of the form; carries it.
    """

    changed = Signal()
    reached = Signal(object)

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matters = MatterQuestions()
        self.extras = CallExtras(clock)
        self.contacted = Question("联系过您吗", [(True, "是"), (False, "否")])
        self.first_heard = Question("何时联系", choices(FirstHeard))
        self.resolution = Question("解决了吗", choices(Resolution), small=True)
        self.satisfaction = Question("满意吗", choices(Satisfaction), small=True)
        self.discontent = Question("不满意原因", choices(Discontent))
        self.next_step = Question("处理建议", offered(None, None), small=True)
        self.way = Question("回访方式", choices(FollowUpWay))
        self.stars = [Stars(name) for name in _STARS]
        self.discontent_note = CheckedField("不满意的说明")
        self.suggestion = CheckedField("诉求人的意见建议", lines=1)
        self.minutes = TextLine()
        self._is_filling = False
        self._is_step_own = False  # chosen by the clerk, not proposed
        self._build()
        self._connect()
        self.clear()

    def clear(self) -> None:
        """Begin anew: nothing is answered but the way, which is nearly always the phone."""
        self.fill({"way": FollowUpWay.PHONE.value})

    def ask_about(self, matters: Sequence[MatterView]) -> None:
        """Ask about each of several matters; a single one is asked about as the whole."""
        several = tuple(matters) if len(matters) > 1 else ()
        self.matters.ask(several)
        self.matters.setVisible(bool(several))
        self.resolution.setVisible(not several)

    def fill(self, content: Mapping[str, Any]) -> None:
        """Show answers kept earlier, as `content` returned them."""
        self._is_filling = True
        for name, question in self._questions().items():
            stored = content.get(name)
            kind = _KINDS.get(name)
            question.set_value(kind(stored) if kind and stored is not None else stored)
        for row, stars in zip(self.stars, content.get("stars") or [None] * 4, strict=True):
            row.set_value(stars)
        self.discontent_note.set_text(str(content.get("discontent_note") or ""))
        self.suggestion.set_text(str(content.get("suggestion") or ""))
        self.minutes.setText(str(content.get("minutes") or ""))
        self.matters.fill(content.get("matters") or [])
        self.extras.fill(content)
        self._is_step_own = content.get("next_step") is not None
        self._show_what_applies()
        self._is_filling = False

    def content(self) -> dict[str, Any]:
        """Return all answers as plain data, for the draft and for the request."""
        answers: dict[str, Any] = {
            name: question.value() for name, question in self._questions().items()
        }
        return {
            **answers,
            **self.extras.content(),
            "matters": self.matters.content(),
            "stars": [row.value() for row in self.stars],
            "discontent_note": self.discontent_note.text().strip(),
            "suggestion": self.suggestion.text().strip(),
            "minutes": int(self.minutes.text() or 0) or None,
        }

    def is_empty(self) -> bool:
        """Return whether nothing has been asked yet."""
        found = self.content()
        said = [answer or words for _matter, answer, words in found["matters"]]
        preset = {"way", "stars", "next_step", "matters"}
        rest = [value for name, value in found.items() if name not in preset]
        return not any([*rest, *said, *found["stars"]])

    def refuse(self, error: DeskError) -> bool:
        """Say beside the question what is missing; return whether it has a place here."""
        name = error.field if isinstance(error, RuleBroken) else None
        if self.extras.refuse(name or "", str(error)):
            return True
        question = self.matters.question_of(name) or self._questions().get(name or "")
        if question is not None and not question.isHidden():
            question.say_trouble(str(error))
            self._go_to(question)
            return True
        field = {"suggestion": self.suggestion, "discontent_note": self.discontent_note}.get(
            name or ""
        )
        if field is not None:
            field.set_state(FieldState(Check.BAD, str(error)))
            self._go_to(field)
        return field is not None

    def first_open(self) -> Question:
        """Return the first question that has no answer yet."""
        whole = self.matters.questions or [self.resolution]
        asked = (self.contacted, *whole, self.satisfaction, self.next_step)
        return next((q for q in asked if q.value() is None), self.next_step)

    def _build(self) -> None:
        self.minutes.setValidator(QIntValidator(0, _LONGEST, self))
        self.minutes.setPlaceholderText("未记")
        self.minutes.setAccessibleName("通话时长，分钟")
        self.minutes.setMaximumWidth(self.minutes.fontMetrics().horizontalAdvance("字") * 6)
        end = QHBoxLayout()
        end.setSpacing(8)
        end.addWidget(self.way, 1)
        end.addWidget(text_label("通话", "label"))
        end.addWidget(self.minutes)
        end.addWidget(text_label("分", "label"))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for at, (name, row) in enumerate(zip(_STARS, self.stars, strict=True)):
            grid.addWidget(text_label(name, "label"), at // 2, at % 2 * 2)
            grid.addWidget(row, at // 2, at % 2 * 2 + 1)
        grid.setColumnStretch(4, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        asked = (self.contacted, self.first_heard, self.matters, self.resolution)
        for question in (*asked, self.satisfaction):
            column.addWidget(question)
        column.addWidget(self.discontent)
        column.addWidget(self.discontent_note)
        column.addWidget(self.next_step)
        column.addWidget(self.suggestion)
        column.addWidget(self.extras)
        column.addLayout(grid)
        column.addLayout(end)
        column.addStretch()

    def _connect(self) -> None:
        self.next_step.changed.connect(self._on_step_chosen)  # first: what was chosen stays
        for question in self._questions().values():
            question.changed.connect(self._on_changed)
            question.answered.connect(lambda q=question: self._go_on(q))
        self.matters.changed.connect(self._on_changed)
        self.matters.answered.connect(self._go_on_from_matter)
        self.extras.changed.connect(self._on_changed)
        for row in self.stars:
            row.given.connect(self._on_changed)
        self.discontent_note.changed.connect(self._on_changed)
        self.suggestion.changed.connect(self._on_changed)
        self.minutes.textChanged.connect(self._on_changed)

    def _questions(self) -> dict[str, Question]:
        return {
            "was_contacted": self.contacted,
            "first_heard": self.first_heard,
            "resolution": self.resolution,
            "satisfaction": self.satisfaction,
            "discontent": self.discontent,
            "next_step": self.next_step,
            "way": self.way,
        }

    def _go_on(self, question: Question) -> None:
        """Put the focus on the question after this one, as far as it applies."""
        whole = self.matters.questions or [self.resolution]
        order: list[QWidget] = [
            *(self.contacted, self.first_heard, *whole, self.satisfaction),
            *(self.discontent, self.discontent_note, self.next_step, self.suggestion),
        ]
        if question not in order:
            return
        after = order[order.index(question) + 1 :]
        following = next((widget for widget in after if not widget.isHidden()), None)
        if following is not None:
            self._go_to(following)

    def _go_to(self, part: QWidget) -> None:
        part.setFocus()
        self.reached.emit(part)

    def _go_on_from_matter(self, at: int) -> None:
        self._go_on(self.matters.questions[at])

    def _on_step_chosen(self, _value: object) -> None:
        self._is_step_own = True

    def _on_changed(self, _value: object = None) -> None:
        if self._is_filling:
            return
        self._show_what_applies()
        self.changed.emit()

    def _show_what_applies(self) -> None:
        """Ask for a reason only of those who are dissatisfied, and propose the next step."""
        self.first_heard.setVisible(self.contacted.chips.value() is True)
        is_cross = self.satisfaction.chips.value() == Satisfaction.DISSATISFIED
        self.discontent.setVisible(is_cross)
        self.discontent_note.setVisible(
            is_cross and self.discontent.chips.value() == Discontent.OTHER
        )
        self.extras.ask_for_call(is_call=self.way.chips.value() is FollowUpWay.PHONE)
        self._offer_steps()
        if not self._is_step_own:
            self.next_step.set_value(self._proposed_step())

    def _offer_steps(self) -> None:
        """After a bad word more may be proposed; what no longer fits is not chosen any more."""
        before = self.next_step.chips.value()
        self.next_step.offer(offered(*self._said()))
        self._is_step_own = self._is_step_own and self.next_step.chips.value() == before

    def _said(self) -> tuple[Resolution | None, Satisfaction | None]:
        several = self.matters.is_asking()
        said = self.matters.whole() if several else self.resolution.chips.value()
        rating = self.satisfaction.chips.value()
        return (
            said if isinstance(said, Resolution) else None,
            rating if isinstance(rating, Satisfaction) else None,
        )

    def _proposed_step(self) -> NextStep | None:
        said, rating = self._said()
        if said is None or rating is None:
            return None
        again = said not in AGREED or rating == Satisfaction.DISSATISFIED
        return NextStep.AGAIN if again else NextStep.CLOSE
