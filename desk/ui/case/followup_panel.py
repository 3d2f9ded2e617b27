"""Panel of the 回访 (DOMAIN.md 2.5): everything said before on top, the answers below."""

from functools import partial

from desk.actions.followup import MatterWord, RecordFollowUp
from desk.rules.codes import (
    Discontent,
    FirstHeard,
    FollowUpWay,
    Resolution,
    Satisfaction,
)
from desk.rules.deeds import Deed
from desk.rules.followup_advice import offered, parted
from desk.rules.verdicts import AGREED, say_whole, whole_of
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import LabelledChoice, coded
from desk.ui.case.matter_blocks import matters_now
from desk.ui.followup.said_before import promises_of, said_before
from desk.ui.widgets.cards import rule, text_label
from desk.ui.widgets.checked_field import CheckedField
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.moment_edit import MomentEdit

STARS = ("处置速度", "处置效果", "服务体验", "反馈质量")
_YES_NO = (Choice("yes", "是"), Choice("no", "否"))
_SAID = 3  # newest lines of what was said before; the steps beside have all
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
        self._over_reason = form.text("over_reason", "仍要打的理由", required=True)
        reached = [Choice("yes", "联系上了"), Choice("no", "没有联系上")]
        self._reached = form.choice("is_reached", "这一次", reached, required=True)
        self._contacted = form.choice("was_contacted", "有没有人联系过您", _YES_NO, required=True)
        self._heard = form.choice("first_heard", "什么时候联系的", coded(FirstHeard))
        self._add_resolution()
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
        self._next = form.choice("next_step", "处理建议", _steps(None, None), required=True)
        self._call_back = form.moment(
            "call_back_at", "约好再打", MomentEdit("约好再打", self.desk.now)
        )
        form.check("wants_no_calls", "诉求人说请勿再打")
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
        """Record what the appellant said; what was chosen before the line broke is not his word."""
        reached = self._reached.value() == "yes"
        told = partial(
            RecordFollowUp,
            **head,
            way=FollowUpWay(self._way.value()),
            is_reached=reached,
            failed_calls=_count(self._failed.text()) or 0,
            suggestion=self._suggestion.text(),
            over_reason=self._over_reason.text(),
            wants_no_calls=bool(self.form.content()["wants_no_calls"]),
        )
        if not reached:
            return told(call_back_at=self._call_back.moment())
        contacted = self._contacted.value()
        step, advice = parted(self._next.value())
        one, two, three, four = (star.value() for star in self._stars)
        return told(
            minutes=_count(self._minutes.text()),
            was_contacted=None if contacted is None else contacted == "yes",
            first_heard=self._heard.value() if contacted == "yes" else None,
            resolution=None if self._matters else self._resolution.value(),
            matters=self._words(),
            satisfaction=self._satisfaction.value(),
            stars=(one, two, three, four),
            discontent=self._discontent.value() if self._is_dissatisfied else None,
            discontent_note=self._discontent_note.text(),
            next_step=step,
            advice=advice,
        )

    def missing(self, name: str, sentence: str) -> None:
        """Show the field for the reason too if it became needed while this was being written."""
        if name == "over_reason":
            self._over_reason.show()
        super().missing(name, sentence)

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
        advice = self.file.calling.advice(now).sentence
        for words in filter(None, (advice, promises_of(self.file, now))):
            self.form.add(text_label(words, "label", wraps=True))
        for entry in said_before(self.file, now)[:_SAID]:
            parts = (f"{entry.time} {entry.verb}", entry.who, *entry.details)
            self.form.add(text_label("　".join(filter(None, parts)), "caption", wraps=True))
        self.form.add(rule())

    def _add_resolution(self) -> None:
        """Ask for the whole, or for each of several matters, from which the whole follows."""
        form, several = self.form, matters_now(self.file)
        self._matters: list[tuple[int, LabelledChoice, CheckedField]] = []
        for matter in several if len(several) > 1 else ():
            said = f"事项 {matter.seq}　{matter.content}"
            key = f"matter_{matter.id}"
            asked = form.choice(key, said, coded(Resolution), required=True, small=True)
            note = form.text(f"note_{matter.id}", f"事项 {matter.seq} 还差什么")
            self._matters.append((matter.id, asked, note))
        self._whole = text_label("", "label", wraps=True)
        form.add(self._whole)
        if not self._matters:
            self._resolution = form.choice(
                "resolution", "问题解决了吗", coded(Resolution), required=True
            )

    def whole(self) -> str:
        """Return what the matters come to, once each has been asked about."""
        return self._whole.text()

    def _words(self) -> tuple[MatterWord, ...]:
        return tuple(
            MatterWord(matter, Resolution(asked.value()), note.text())
            for matter, asked, note in self._matters
            if asked.value() is not None
        )

    def _show_needed(self) -> None:
        reached = self._reached.value() == "yes"
        for field in (
            self._contacted,
            *(asked for _, asked, _ in self._matters),
            *([] if self._matters else [self._resolution]),
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
        self._call_back.setVisible(self._reached.value() == "no")
        by_phone = self._way.value() is FollowUpWay.PHONE
        advice = self.file.calling.advice(self.desk.now())
        self._over_reason.setVisible(advice.needs_reason and by_phone)
        self._show_whole(reached=reached)
        self._next.set_choices(_steps(self._said_whole(), self._satisfaction.value()))

    def _said_whole(self) -> Resolution | None:
        said = [word.resolution for word in self._words()]
        if self._matters:
            return whole_of(said) if len(said) == len(self._matters) else None
        chosen: Resolution | None = self._resolution.value()
        return chosen

    def _show_whole(self, *, reached: bool) -> None:
        said = [word.resolution for word in self._words()]
        is_whole = reached and bool(said) and len(said) == len(self._matters)
        self._whole.setText(say_whole(said) if is_whole else "")
        self._whole.setVisible(is_whole)
        for _, asked, note in self._matters:
            answer = asked.value()
            note.setVisible(reached and answer is not None and answer not in AGREED)


def _steps(resolution: Resolution | None, satisfaction: Satisfaction | None) -> list[Choice]:
    return [Choice(step, words) for step, words in offered(resolution, satisfaction)]


def _count(text: str) -> int | None:
    stripped = text.strip()
    return int(stripped) if stripped.isascii() and stripped.isdigit() else None
