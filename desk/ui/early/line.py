"""One line for one finding (快速登记): what was seen, Enter, the next one.

The place brings community and grid, the words bring the category, the category its unit; whoever
has only one community needs no place.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.actions.early_actions import FindingFacts
from desk.queries.lookups import PlaceChoice
from desk.queries.visits import EarlyChoices
from desk.rules.early_action_codes import DiscoverWay
from desk.rules.wording import choices
from desk.ui.desk import Desk
from desk.ui.intake.address_field import AddressField
from desk.ui.intake.category_guess import CategoryGuess
from desk.ui.theme import tokens
from desk.ui.widgets.cards import Card
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState, TextLine
from desk.ui.widgets.choice_chips import CheckChip
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_WHAT = "请写一句看到了什么。"
_WHERE = "请写小区，带出社区。"
_OF_WHAT = "请选一个类别。"


class FindingLine(Card):
    """The fields of a finding in one row.

    Signals:
        entered: Enter was pressed and the line is complete; carries the FindingFacts.
    """

    entered = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._choices: EarlyChoices | None = None
        self._guess = CategoryGuess(())
        self._is_own_category = False
        self.setAccessibleName("快速登记未诉先办")
        self.situation = CheckedField(
            "看到了什么", hint="一句话，按 Enter 就登记。不写姓名、电话。"
        )
        self.address = AddressField()
        self.address.set_beside("")
        self.category = PickerField("类别", hint="按内容推荐，可改", numbered=False)
        self.way = PickerField("发现方式", hint=" ", numbered=False)
        self.is_solved = CheckChip("当场办好")
        self._build()
        self._connect()

    def take_choices(self, offered: EarlyChoices) -> None:
        """Offer categories, places and ways."""
        self._choices = offered
        self._guess = CategoryGuess(offered.categories, None, [p.name for p in offered.places])
        parents = {one.parent_id for one in offered.categories}
        self.category.set_items(
            PickItem(one.id, one.path, one.pinyin)
            for one in offered.categories
            if one.id not in parents
        )
        self.address.set_places(offered.places, self._brought)
        self.way.set_items(PickItem(code, words) for code, words in choices(DiscoverWay))
        if self.way.value() is None:
            self.way.set_value(DiscoverWay.GRID)

    def facts(self) -> FindingFacts | None:
        """Return the finding, or say beside the field what is missing."""
        place, community = self.address.place(), self._community()
        category, way = self.category.value(), self.way.value()
        if not self.situation.text().strip():
            self._missing(self.situation, _WHAT)
            return None
        if community is None:
            self._missing(self.address, _WHERE)
            return None
        if not isinstance(category, int):
            self._missing(self.category, _OF_WHAT)
            return None
        return FindingFacts(
            situation=self.situation.text(),
            category=category,
            community=community,
            unit=self._unit_of(category) or community,
            way=way if isinstance(way, DiscoverWay) else DiscoverWay.GRID,
            found_at=self._desk.now(),
            found_by=self._desk.person.name,
            grid=place.grid_id if place is not None else None,
            place=place.id if place is not None else None,
            address=self.address.text(),
            is_solved=self.is_solved.isChecked(),
        )

    def begin_next(self) -> None:
        """Empty what differs from finding to finding; place and way stay for the next one."""
        self._is_own_category = False
        self.situation.set_text("")
        self.category.set_value(None)
        self.is_solved.setChecked(False)
        self.situation.setFocus()

    def say(self, field: str | None, sentence: str) -> None:
        """Say a refusal beside the field it is about."""
        places = {"community": self.address, "category": self.category}
        self._missing(places.get(field or "", self.situation), sentence)

    def _build(self) -> None:
        self.body.setContentsMargins(12, 8, 12, 6)
        row = QHBoxLayout()
        row.setSpacing(tokens().sizes.gutter)
        for field, share in (
            (self.situation, 10),
            (self.address, 7),
            (self.category, 6),
            (self.way, 4),
        ):
            row.addWidget(field, share)
        row.addWidget(self.is_solved)
        self.body.addLayout(row)

    def _connect(self) -> None:
        self.situation.changed.connect(self._suggest)
        self.category.chosen.connect(self._on_category)
        for line in self._lines():
            line.entered.connect(self._on_entered)

    def _lines(self) -> Sequence[TextLine]:
        fields = (self.situation, self.address, self.category, self.way)
        return [field.edit for field in fields if isinstance(field.edit, TextLine)]

    def _suggest(self, text: str) -> None:
        """Put the likeliest category there, unless somebody has chosen one."""
        if self._is_own_category:
            return
        guesses = self._guess.suggest(text) if text.strip() else ()
        blocked = QSignalBlocker(self.category)  # a suggestion is nobody's choice
        self.category.set_value(guesses[0].category if guesses else None)
        blocked.unblock()
        self.category.set_beside("推荐" if guesses else "")

    def _on_category(self, chosen: object) -> None:
        self._is_own_category = isinstance(chosen, int)
        self.category.set_beside("")

    def _on_entered(self) -> None:
        if (facts := self.facts()) is not None:
            self.entered.emit(facts)

    def _community(self) -> int | None:
        place = self.address.place()
        if place is not None:
            return place.community_id
        mine = self._choices.communities if self._choices is not None else ()
        return mine[0].id if len(mine) == 1 else None

    def _unit_of(self, category: int) -> int | None:
        known = self._choices.categories if self._choices is not None else ()
        return next((one.unit_id for one in known if one.id == category), None)

    def _brought(self, place: PlaceChoice) -> list[tuple[str, str]]:
        known = self._choices.communities if self._choices is not None else ()
        name = next((one.short_name for one in known if one.id == place.community_id), "")
        return [(name, "pin")] if name else []

    def _missing(self, field: CheckedField, sentence: str) -> None:
        field.set_state(FieldState(Check.BAD, sentence))
        field.setFocus()
