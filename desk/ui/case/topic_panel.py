"""列入专题: put a case into an open topic, or take it out again, from its own file."""

from desk.actions.topics import JoinTopic, LeaveTopic
from desk.queries.topics import TopicRow, topics
from desk.rules.deeds import Deed
from desk.rules.topics import TopicState
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.keys import GlobalKey, shown
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_JOIN, _OPPOSITE, _LEAVE = "join", "opposite", "leave"
_NONE = f"现在没有在办的专题，请按 {shown(GlobalKey.TOPICS)} 到“专题”里先开一个。"
_VERBS = {_JOIN: "列入专题", _OPPOSITE: "列入专题", _LEAVE: "移出专题"}


class TopicPanel(DeedPanel):
    """Which topic, and on which side; a case that is in one may be taken out."""

    deed, title, verb = Deed.JOIN_TOPIC, "列入专题", "列入专题"

    def build(self) -> None:
        """Offer the open topics; those that the case is in are named."""
        inside = [one for one in self.file.topics if one.state is TopicState.OPEN]
        if self.file.topics:
            names = "、".join(f"“{one.name}”" for one in self.file.topics)
            self.form.add(text_label(f"此件在专题{names}里。", "label", wraps=True))
        offered = [
            Choice(_JOIN, "列入"),
            Choice(_OPPOSITE, "诉求相反，列入但不算同一方"),
            *([Choice(_LEAVE, "移出")] if inside else []),
        ]
        self._topic = self.form.picker(
            "topic", "专题", PickerField("专题", required=True, hint="在办的专题")
        )
        self._way = self.form.choice("way", "怎么办", offered, small=True)
        self._way.chips.set_value(_JOIN)
        self._note = self.form.text("note", "移出的理由")
        self._note.hide()
        self._way.chosen.connect(self._on_way)
        self.desk.ask(topics, owner=self, done=self._on_topics)

    def submit(self) -> None:
        """Ask for the topic first."""
        if self._topic.value() is None:
            self.missing("topic", "请从列表里选一个在办的专题；没有就到“专题”里新开。")
            return
        super().submit()

    def request(self, head: OnCase) -> JoinTopic | LeaveTopic:
        """Put the case in, or take it out."""
        topic = int(str(self._topic.value()))
        if self._way.value() == _LEAVE:
            return LeaveTopic(**head, topic=topic, note=self._note.text())
        return JoinTopic(**head, topic=topic, is_opposite=self._way.value() == _OPPOSITE)

    def _on_way(self, way: object) -> None:
        self._note.setVisible(way == _LEAVE)
        self.button.setText(_VERBS[str(way)])

    def _on_topics(self, found: tuple[TopicRow, ...]) -> None:
        open_ones = [one for one in found if one.state is TopicState.OPEN]
        if not open_ones:
            self._topic.set_hint(_NONE)
        self._topic.set_items(
            PickItem(one.id, one.name, note=f"{one.cases} 件") for one in open_ones
        )
        matter = self.file.category.rpartition("›")[2].strip()
        fitting = [one for one in open_ones if matter and matter in one.name]
        if len(fitting) == 1 and self._topic.value() is None:
            self._topic.set_value(fitting[0].id)
