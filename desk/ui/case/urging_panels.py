"""Panels of urging (催办): by telephone, in writing, before all; and what the unit says to it."""

from functools import partial

from desk.actions.urging import ExplainUrging, Urge
from desk.queries.supervisions import SteeringOptions, steering_options
from desk.rules.assessment_codes import UrgingWay
from desk.rules.deeds import Deed
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import coded
from desk.ui.steering.words import urging_lines
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.moment_edit import MomentEdit

_NEVER = "还没有催办过。"


class UrgePanel(DeedPanel):
    """催办: which unit, how, what was said; the next step of the ladder is chosen already."""

    deed, title, verb = Deed.URGE, "催办", "催办"

    def build(self) -> None:
        """Show how it was urged before, and offer what comes next."""
        form, now = self.form, self.desk.now()
        before = [urging_lines(one, now)[0] for one in self.file.steering.urgings]
        form.add(text_label("".join(before) or _NEVER, "label", wraps=True))
        self._options: SteeringOptions | None = None
        units = [Choice(unit, name) for unit, name in self.file.steering.units]
        self._unit = form.choice("unit", "催办哪个单位", units, required=True, small=True)
        self._unit.chips.set_value(units[0].id if units else None)
        self._way = form.choice("way", "怎么催", coded(UrgingWay), required=True, small=True)
        self._next = text_label("", "hint", wraps=True)
        form.add(self._next)
        self._note = form.text(
            "note", "催办内容", lines=3, required=True, hint="打电话的写明谁接的、怎么答应。"
        )
        self._by = form.moment(
            "explain_by", "几时以前说明", MomentEdit("几时以前说明", self.desk.now, required=True)
        )
        self._unit.chosen.connect(lambda _unit: self._offer())
        self._way.chosen.connect(self._show_way)
        self._show_way(None)
        query = partial(steering_options, case_id=self.file.id)
        self.desk.ask(query, owner=self, done=self._on_options)

    def submit(self) -> None:
        """Ask for the unit and the way first."""
        self._by.check_now()  # what stands there may not have been left yet
        for name, field, sentence in (
            ("unit", self._unit, "请选催办哪个单位。"),
            ("way", self._way, "请选怎么催。"),
        ):
            if field.value() is None:
                self.missing(name, sentence)
                return
        super().submit()

    def request(self, head: OnCase) -> Urge:
        """Urge it."""
        way = UrgingWay(str(self._way.value()))
        return Urge(
            **head,
            unit=int(str(self._unit.value())),
            way=way,
            note=self._note.text(),
            explain_by=self._by.moment() if way is UrgingWay.WRITTEN else None,
        )

    def _show_way(self, way: object) -> None:
        self._by.setVisible(way == UrgingWay.WRITTEN)

    def _on_options(self, options: SteeringOptions | None) -> None:
        self._options = options
        if options is None:
            return
        if self._by.moment() is None:
            self._by.set_moment(options.explain_by)
        self._offer()

    def _offer(self) -> None:
        """Choose the next step of the ladder, where nothing was chosen."""
        if self._options is None:
            return
        way = self._options.offered.get(int(str(self._unit.value() or 0)))
        self._next.setText(f"按规则下一步是{label(way)}。" if way is not None else "")
        if way is not None and self._way.value() is None:
            self._way.chips.set_value(way)
        self._show_way(self._way.value())


class ExplainUrgingPanel(DeedPanel):
    """说明催办: why it takes so long, and when it will be done."""

    deed, title, verb = Deed.EXPLAIN_URGING, "说明催办", "说明"

    def build(self) -> None:
        """Show what was asked, and ask for the words."""
        one, now = self.file.steering.to_explain, self.desk.now()
        for at, line in enumerate(urging_lines(one, now) if one is not None else ()):
            self.form.add(text_label(line, "label" if at else "reading", wraps=True))
        self._why = self.form.text(
            "explanation", "原因和完成时间", lines=4, required=True, hint="催办的同事会看到。"
        )

    def request(self, head: OnCase) -> ExplainUrging:
        """Say it."""
        one = self.file.steering.to_explain
        return ExplainUrging(**head, urging=one.id if one else 0, explanation=self._why.text())
