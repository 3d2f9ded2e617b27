"""Panel of the 回访 (DOMAIN.md 2.5): everything said before on top, the answers below."""

from desk.actions.followup import RecordFollowUp
from desk.rules.codes import (
    Discontent,
    FirstHeard,
    FollowUpWay,
    NextStep,
    Resolution,
    Satisfaction,
)
from desk.rules.deeds import Deed
from desk.rules.moments import say_moment
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import coded
from desk.ui.widgets.cards import rule, text_label
from desk.ui.widgets.choice_chips import Choice

STARS = ("处置速度", "处置效果", "服务体验", "反馈质量")
_YES_NO = (Choice("yes", "是"), Choice("no", "否"))
_SCORES = tuple(Choice(number, f"{number} 星") for number in range(1, 6))


class FollowUpPanel(DeedPanel):
    """回访: the telephone card, then the appellant's own answers."""

    deed, title, verb = Deed.FOLLOW_UP, "回访", "记下回访"
    is_wide = True

    def build(self) -> None:
        """Show the number and what was said before, then ask row by row as on the paper."""
        self._add_card()
        form = self.form
        self._way = form.choice("way", "方式", coded(FollowUpWay))
        self._way.chips.set_value(FollowUpWay.PHONE)
        reached = [Choice("yes", "联系上了"), Choice("no", "没有联系上")]
        self._reached = form.choice("is_reached", "这一次", reached, required=True)
        self._contacted = form.choice("was_contacted", "有没有人联系过您", _YES_NO, required=True)
        self._heard = form.choice("first_heard", "什么时候联系的", coded(FirstHeard))
        self._resolution = form.choice(
            "resolution", "问题解决了吗", coded(Resolution), required=True
        )
        self._satisfaction = form.choice("satisfaction", "总体", coded(Satisfaction), required=True)
        self._discontent = form.choice(
            "discontent", "不满意的原因", coded(Discontent), required=True
        )
        self._discontent_note = form.text("discontent_note", "不满意的说明")
        self._stars = [
            form.choice(f"star_{at}", words, _SCORES, small=True) for at, words in enumerate(STARS)
        ]
        self._minutes = form.text("minutes", "通话几分钟")
        self._failed = form.text("failed_calls", "此前没打通几次")
        self._suggestion = form.text("suggestion", "意见建议", lines=2)
        self._next = form.choice("next_step", "下一步", coded(NextStep), required=True)
        form.edited.connect(self._show_needed)
        self._show_needed()

    def submit(self) -> None:
        """Ask first whether anyone was reached, and whether the counts are numbers."""
        if self._reached.value() is None:
            self.missing("is_reached", "请选有没有联系上。")
            return
        for name, field in (("minutes", self._minutes), ("failed_calls", self._failed)):
            if field.text().strip() and _count(field.text()) is None:
                self.missing(name, "请填数字，不填可空着。")
                return
        super().submit()

    def request(self, head: OnCase) -> RecordFollowUp:
        """Record what the appellant said."""
        reached = self._reached.value() == "yes"
        contacted = self._contacted.value()
        one, two, three, four = (star.value() for star in self._stars)
        return RecordFollowUp(
            **head,
            way=FollowUpWay(self._way.value()),
            is_reached=reached,
            minutes=_count(self._minutes.text()),
            failed_calls=_count(self._failed.text()) or 0,
            was_contacted=None if contacted is None else contacted == "yes",
            first_heard=self._heard.value(),
            resolution=self._resolution.value(),
            satisfaction=self._satisfaction.value(),
            stars=(one, two, three, four),
            discontent=self._discontent.value() if self._is_dissatisfied else None,
            discontent_note=self._discontent_note.text(),
            suggestion=self._suggestion.text(),
            next_step=self._next.value() if reached else None,
        )

    def start(self) -> None:
        """Begin with whether anyone answered."""
        self._reached.chips.setFocus()

    @property
    def _is_dissatisfied(self) -> bool:
        return bool(self._satisfaction.value() == Satisfaction.DISSATISFIED)

    def drop_contact(self) -> None:
        """Show the name as everybody sees it, and no number."""
        self._name.setText(self.file.appellant_shown)
        self._phone.setText("已隐去")

    def _add_card(self) -> None:
        data = self.file.contact_data
        name = data.name if data is not None and data.name else self.file.appellant_shown
        self._name = text_label(name, "section")
        self.form.add(self._name)
        phone = data.phone if data is not None else ""
        self._phone = text_label(phone or "没有留电话", "phone" if phone else "label")
        self.form.add(self._phone)
        now = self.desk.now()
        said = [
            f"{say_moment(c.happened_at, seen_at=now)} {c.who} · {c.unit} "
            f"{label(c.result)}　{c.note}"
            for c in self.file.contacts[:4]
        ]
        said += [
            f"{say_moment(f.happened_at, seen_at=now)} 第 {f.seq} 次回访　{_words(f.is_reached)}"
            f"{label(f.satisfaction) if f.satisfaction else ''}　{f.suggestion}"
            for f in self.file.follow_ups
        ]
        for words in said:
            self.form.add(text_label(words.rstrip("　"), "caption", wraps=True))
        if self.file.round.measures:
            self.form.add(text_label(f"办理情况：{self.file.round.measures}", "label", wraps=True))
        self.form.add(rule())

    def _show_needed(self) -> None:
        reached = self._reached.value() == "yes"
        for field in (
            self._contacted,
            self._resolution,
            self._satisfaction,
            self._next,
            self._minutes,
            *self._stars,
        ):
            field.setVisible(reached)
        self._heard.setVisible(reached and self._contacted.value() == "yes")
        self._discontent.setVisible(reached and self._is_dissatisfied)
        self._discontent_note.setVisible(reached and self._is_dissatisfied)
        self._failed.setVisible(self._reached.value() is not None)


def _count(text: str) -> int | None:
    stripped = text.strip()
    return int(stripped) if stripped.isascii() and stripped.isdigit() else None


def _words(is_reached: bool) -> str:  # noqa: FBT001 - it is what is said
    return "" if is_reached else "没有联系上"
