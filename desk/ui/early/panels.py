"""Panels of findings (处置、复看、更改、作废、转诉求件、关联专题): one step each."""

from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from desk.actions.early_actions import (
    ChangeFinding,
    RecheckFinding,
    ResolveFinding,
    VoidFinding,
)
from desk.actions.finding_links import CaseFromFinding, LinkFinding
from desk.queries.early_actions import FindingFile, finding_file
from desk.queries.topics import TopicRow, topics
from desk.queries.visits import EarlyChoices, early_choices
from desk.rules.codes import Exit
from desk.rules.early_action_codes import VisitConcern
from desk.rules.early_actions import CONCERN_HINTS
from desk.rules.errors import RuleBroken
from desk.rules.moments import end_of
from desk.rules.topics import TopicState
from desk.rules.wording import choices
from desk.ui.case.form_panel import FormPanel
from desk.ui.case.panel_stack import PanelStack
from desk.ui.desk import Query
from desk.ui.sections.step_panel import StepPanel
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_YES, _NO, _NONE = "yes", "no", "none"


class EarlyStep(StrEnum):
    """What a panel is for; what was drafted in it stays with it."""

    RESOLVE = "early_action.resolve"
    RECHECK = "early_action.recheck"
    CHANGE = "early_action.change"
    VOID = "early_action.void"
    TURN = "early_action.turn"
    LINK = "early_action.link"
    WHISTLE = "early_action.whistle"
    PLAN = "visit.plan"
    CANCEL = "visit.cancel"


class FindingPanel(StepPanel):
    """A step of one finding; its head says which one, as it was read."""

    file: FindingFile

    def about(self) -> dict[str, Any]:
        """Return which finding, at which version."""
        return {"finding": self.file.id, "seen": self.file.version}


class EarlyHost(PanelStack[Any]):
    """Holds one panel of the page at a time; hidden while there is none."""

    def fresh(self, wanted: int) -> Query[Any]:
        """Return what reads a finding anew; a new walk is about nothing that changes."""
        file = self.panel.file if self.panel is not None else None
        if isinstance(file, FindingFile):
            return partial(finding_file, finding_id=wanted)
        return lambda _reader: file

    def is_allowed(self, panel: FormPanel[Any], file: Any) -> bool:
        """Return that it may be tried again; the action refuses what is over."""
        del panel, file
        return True


class ResolvePanel(FindingPanel):
    """化解: how it was put right, when, and by when somebody looks again."""

    deed, title, verb = EarlyStep.RESOLVE, "记化解", "记为已化解"

    def build(self) -> None:
        """Begin with the measure that is on record."""
        self._measure = self.form.text("measure", "怎么办的", lines=3, required=True)
        self._day = self.form.text("resolved_at", "哪天办好的", hint="空着就是现在；如 11-2、昨天")
        self._due = self.form.text("recheck_on", "哪天复看", hint="空着按设置的天数；如 11-9、明天")
        self._measure.set_text(self.file.measure)

    def request(self, head: Any) -> ResolveFinding:
        """Say that it is solved."""
        day, now = self._day.text().strip(), self.desk.now()
        solved = None
        if day:  # a day alone means its end
            read = self.past_day("resolved_at", day, "")
            solved = min(now, end_of(read) - timedelta(minutes=1))
        return ResolveFinding(
            **head,
            **self.about(),
            measure=self._measure.text(),
            resolved_at=solved,
            recheck_on=self.coming_day("recheck_on", self._due.text()),
        )


class RecheckPanel(FindingPanel):
    """复看: solved indeed, or open again."""

    deed, title, verb = EarlyStep.RECHECK, "复看", "记下复看"

    def build(self) -> None:
        """Say what was done, and ask what was seen."""
        self.form.add(text_label(f"当时怎么办的：{self.file.measure}", "label", wraps=True))
        offered = [Choice(_YES, "确实化解"), Choice(_NO, "没有化解，接着办")]
        self._is_solved = self.form.choice("is_solved", "看到的情况", offered, required=True)
        self._note = self.form.text("note", "说明", lines=3, hint="没有化解的要写还有什么问题。")

    def request(self, head: Any) -> RecheckFinding:
        """Keep what the second look showed."""
        value = self._is_solved.value()
        if value is None:
            raise RuleBroken("请选确实化解，还是没有。", field="is_solved")
        return RecheckFinding(
            **head, **self.about(), is_solved=value == _YES, note=self._note.text()
        )


class ChangePanel(FindingPanel):
    """更改: what was written, whose it is, what is being done."""

    deed, title, verb = EarlyStep.CHANGE, "更改、交办", "保存"

    def build(self) -> None:
        """Show what is on record."""
        form = self.form
        self._unit = form.picker("unit", "处置单位", PickerField("处置单位", required=True))
        self._measure = form.text("measure", "正在怎么办", lines=2)
        self._situation = form.text("situation", "情况", lines=3, required=True)
        self._category = form.picker("category", "类别", PickerField("类别", required=True))
        self._address = form.text("address", "地址")
        offered = [Choice(_NONE, "没有"), *(Choice(*one) for one in choices(VisitConcern))]
        self._concern = form.choice("concern", "四种情况", offered, small=True)
        self._hint = text_label("", "hint", wraps=True)
        form.add(self._hint)
        self._note = form.text("note", "备注")
        self._concern.chosen.connect(self._on_concern)
        for field, words in (
            (self._measure, self.file.measure),
            (self._situation, self.file.situation),
            (self._address, self.file.address),
            (self._note, self.file.note),
        ):
            field.set_text(words)
        self._concern.chips.set_value(self.file.concern or _NONE)
        self._on_concern(self.file.concern)
        self.desk.ask(early_choices, owner=self, done=self._on_choices)

    def request(self, head: Any) -> ChangeFinding:
        """Keep what is written now."""
        unit, category = self._unit.value(), self._category.value()
        concern = self._concern.value()
        return ChangeFinding(
            **head,
            **self.about(),
            situation=self._situation.text(),
            category=category if isinstance(category, int) else self.file.category_id,
            unit=unit if isinstance(unit, int) else self.file.unit_id,
            address=self._address.text(),
            concern=concern if isinstance(concern, VisitConcern) else None,
            measure=self._measure.text(),
            note=self._note.text(),
        )

    def _on_choices(self, offered: EarlyChoices) -> None:
        self._unit.set_items(PickItem(one.id, one.short_name, one.name) for one in offered.units)
        self._category.set_items(
            PickItem(one.id, one.path, one.pinyin) for one in offered.categories
        )
        self._unit.set_value(self.file.unit_id)
        self._category.set_value(self.file.category_id)

    def _on_concern(self, value: object) -> None:
        hint = CONCERN_HINTS.get(value, "") if isinstance(value, VisitConcern) else ""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))


class VoidPanel(FindingPanel):
    """作废: written down by mistake."""

    deed, title, verb = EarlyStep.VOID, "作废", "作废这一条"

    def build(self) -> None:
        """Ask why."""
        self._reason = self.form.text("reason", "为什么作废", lines=2, required=True)

    def request(self, head: Any) -> VoidFinding:
        """Take it back."""
        return VoidFinding(**head, **self.about(), reason=self._reason.text())


class TurnPanel(FindingPanel):
    """转诉求件: an ordinary intake with its facts filled in."""

    deed, title, verb = EarlyStep.TURN, "转为诉求件", "登记为诉求件"

    def build(self) -> None:
        """Say what comes of it, and ask who goes on."""
        self.form.add(
            text_label(
                "按平常的受理登记，情况、类别、地点都带过去，两边互相查得到。"
                "没有诉求人，不打电话，不参加满意率。",
                "label",
                wraps=True,
            )
        )
        offered = [
            Choice(Exit.TRANSFER, "交信联办分拨"),
            Choice(Exit.OWN_UNIT, "本单位接着办"),
        ]
        self._exit = self.form.choice("exit", "谁来办", offered)
        self._exit.chips.set_value(Exit.TRANSFER)
        self._request = self.form.text("request", "要求办到什么程度", lines=2)

    def request(self, head: Any) -> CaseFromFinding:
        """Register the case."""
        return CaseFromFinding(
            **head,
            **self.about(),
            exit=Exit(str(self._exit.value() or Exit.TRANSFER)),
            request=self._request.text(),
        )


class LinkPanel(FindingPanel):
    """关联专题: which open topic it belongs to."""

    deed, title, verb = EarlyStep.LINK, "关联专题", "保存关联"

    def build(self) -> None:
        """Offer the open topics."""
        self._topic = self.form.picker(
            "topic", "专题", PickerField("专题", hint="在办的专题；空着就是不在专题里")
        )
        self.desk.ask(topics, owner=self, done=self._on_topics)

    def request(self, head: Any) -> LinkFinding:
        """Put it beside the topic."""
        topic = self._topic.value()
        return LinkFinding(**head, **self.about(), topic=topic if isinstance(topic, int) else None)

    def _on_topics(self, rows: tuple[TopicRow, ...]) -> None:
        self._topic.set_items(
            PickItem(one.id, one.name) for one in rows if one.state is TopicState.OPEN
        )
        if self.file.topic_id is not None:
            self._topic.set_value(self.file.topic_id)
