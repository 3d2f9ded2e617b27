"""Administration (管理, Alt+0): everything of the hall that changes without a programmer."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from desk.rules.deeds import Deed
from desk.rules.rights import may_in_hall
from desk.ui.admin.alignment_section import AlignmentSection
from desk.ui.admin.area_specs import AREA_SPECS
from desk.ui.admin.calendar_section import CalendarSection
from desk.ui.admin.copies_section import CopiesSection
from desk.ui.admin.duty_specs import DUTY_SPECS
from desk.ui.admin.export_section import ExportSection
from desk.ui.admin.health_section import HealthSection
from desk.ui.admin.key_section import KeySection
from desk.ui.admin.layout_section import LayoutSection
from desk.ui.admin.limits_section import LimitsSection
from desk.ui.admin.machine_section import MachineSection
from desk.ui.admin.platform_specs import PLATFORM_SPECS
from desk.ui.admin.points_section import PointsSection
from desk.ui.admin.rate_rules_section import RateRulesSection
from desk.ui.admin.register_section import RegisterSection
from desk.ui.admin.requests_section import RequestsSection
from desk.ui.admin.resident_specs import RESIDENT_SPECS
from desk.ui.admin.room_specs import ROOM_SPECS
from desk.ui.admin.section import Section
from desk.ui.admin.specs import SPECS
from desk.ui.admin.staff_section import StaffSection
from desk.ui.admin.stand_in_specs import STAND_IN_SPECS
from desk.ui.admin.text_specs import TEXT_SPECS
from desk.ui.admin.visit_specs import VISIT_SPECS
from desk.ui.desk import Desk
from desk.ui.list_form import LinePainter
from desk.ui.missing_year import MissingYearBar
from desk.ui.moving_in.section import ImportSection
from desk.ui.screen import Screen
from desk.ui.scroll_column import scrolled
from desk.ui.widgets.cards import Card

_REGISTERS = {"人员": StaffSection}  # those that show more than list and form
_SPECS = (
    *SPECS,
    *RESIDENT_SPECS,
    *AREA_SPECS,
    *STAND_IN_SPECS,
    *ROOM_SPECS,
    *DUTY_SPECS,
    *TEXT_SPECS,
    *PLATFORM_SPECS,
    *VISIT_SPECS,
)
_LIMITS: tuple[type[Section], ...] = (LimitsSection, CalendarSection)
_ASSESSMENT: tuple[type[Section], ...] = (RateRulesSection, PointsSection, RequestsSection)
_PARTS: tuple[type[Section], ...] = (
    LayoutSection,
    CopiesSection,
    HealthSection,
    KeySection,
    MachineSection,
    AlignmentSection,
)
_PLACES = 148
_MARGIN, _GUTTER = 16, 12


class AdminScreen(Screen):
    """The parts at the left, the chosen one at the right."""

    title = "管理"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.sections = self._makers()
        self._shown: dict[str, Section] = {}
        self._frames: dict[str, QWidget] = {}
        self._places = QListWidget()
        self._places.setAccessibleName("管理的各部分")
        self._places.setItemDelegate(LinePainter(self._places))
        self._stack = QStackedWidget()
        self.missing_year = MissingYearBar(desk)
        self.missing_year.import_wanted.connect(self.import_notice)
        self._places.addItems(list(self.sections))
        self._places.setCurrentRow(0)
        left = Card()
        left.setFixedWidth(_PLACES)
        left.body.setContentsMargins(6, 8, 6, 8)
        left.body.addWidget(self._places)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _GUTTER, _MARGIN, _GUTTER)
        row.setSpacing(_GUTTER)
        row.addWidget(left)
        right = QVBoxLayout()
        right.setSpacing(_GUTTER)
        right.addWidget(self.missing_year)
        right.addWidget(self._stack, 1)
        row.addLayout(right, 1)
        self._places.currentRowChanged.connect(self._on_row_changed)

    def arrive(self) -> None:
        """Load the part that is shown."""
        self._look_at_year()
        self.section().arrive()
        self._places.setFocus(Qt.FocusReason.OtherFocusReason)

    def section(self) -> Section:
        """Return the part that is shown; it is made when it is first wanted."""
        title = self._places.currentItem().text()
        return self._shown.get(title) or self._make(title)

    def show_section(self, title: str) -> None:
        """Show a part by its title."""
        row = list(self.sections).index(title)
        if row == self._places.currentRow():
            self.section().arrive()
        self._places.setCurrentRow(row)

    def import_notice(self) -> None:
        """Show the calendar with the form that takes a notice of holidays."""
        self.show_section(CalendarSection.title)
        section = self.section()
        if isinstance(section, CalendarSection):
            section.show_notice()

    def help_page(self) -> str:
        """Return the handbook page about the part that is shown."""
        return self.section().help_page

    def _makers(self) -> dict[str, Callable[[], Section]]:
        makers: dict[str, Callable[[], Section]] = {
            spec.label: partial(_REGISTERS.get(spec.label, RegisterSection), self.desk, spec)
            for spec in _SPECS
            if may_in_hall(spec.deed, self.desk.person)
        }
        if may_in_hall(Deed.IMPORT, self.desk.person):
            makers[ImportSection.title] = partial(ImportSection, self.desk)
        if may_in_hall(Deed.EXPORT, self.desk.person):
            makers[ExportSection.title] = partial(ExportSection, self.desk)
        parts = (*_LIMITS, *_PARTS) if may_in_hall(Deed.ADMINISTER, self.desk.person) else ()
        if not parts and may_in_hall(Deed.KEEP_LIMITS, self.desk.person):
            parts = _LIMITS
        if may_in_hall(Deed.KEEP_RATE_RULES, self.desk.person):
            parts = (*_ASSESSMENT, *parts)
        makers |= {part.title: partial(part, self.desk) for part in parts}
        return makers

    def _make(self, title: str) -> Section:
        section = self.sections[title]()
        self._shown[title] = section
        section.said.connect(self.said)
        section.case_wanted.connect(self.case_wanted)
        self._frames[title] = scrolled(section)  # one that is high makes no other one higher
        self._stack.addWidget(self._frames[title])
        return section

    def _on_row_changed(self) -> None:
        title = self._places.currentItem().text()
        self.section()
        self._stack.setCurrentWidget(self._frames[title])
        self._look_at_year()
        self.section().arrive()

    def _look_at_year(self) -> None:
        """Warn of a missing year wherever the calendar does not do so itself."""
        has_calendar = CalendarSection.title in self.sections
        if has_calendar and not isinstance(self.section(), CalendarSection):
            self.missing_year.look()
        else:
            self.missing_year.rest()
