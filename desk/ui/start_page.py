"""The start page (工作台, Alt+1): for each kind of work its own desk; two kinds, two views."""

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desk.queries.dispatch_state import confirms_now
from desk.rules.codes import Role
from desk.rules.rights import KEEPERS_OF_SECRETS, Person
from desk.ui.desk import Desk
from desk.ui.missing_year import MissingYearBar
from desk.ui.screen import Screen
from desk.ui.start.chief_face import ChiefFace
from desk.ui.start.counter_face import CounterFace
from desk.ui.start.dispatch_face import DispatchFace
from desk.ui.start.extensions_face import ExtensionsFace
from desk.ui.start.face import Face
from desk.ui.start.handler_face import CommunityFace, HandlerFace
from desk.ui.start.inspector_face import InspectorFace
from desk.ui.start.leader_face import LeaderFace
from desk.ui.start.led_face import LedFace
from desk.ui.start.mail_bar import MailBar
from desk.ui.start.mediation_face import MediationFace
from desk.ui.start.papers_face import ArchiveFace, PapersFace
from desk.ui.start.queues_face import QueuesFace
from desk.ui.steering.today_bar import SteeringBar
from desk.ui.theme import tokens

R = Role
_FACES: tuple[tuple[frozenset[Role], type[Face]], ...] = (
    (frozenset({R.DISPATCHER}), DispatchFace),
    (frozenset({R.HANDLER}), HandlerFace),
    (frozenset({R.COMMUNITY}), CommunityFace),
    (frozenset({R.CLERK, R.FOLLOW_UP}), CounterFace),
    (frozenset({R.SECRETARY, R.MEDIATOR, R.DIRECTOR}), MediationFace),
    (frozenset({R.LEADER, R.CHIEF}), LeaderFace),
    (frozenset({R.INSPECTOR}), InspectorFace),
    (KEEPERS_OF_SECRETS, ChiefFace),
    (frozenset({R.DISPATCHER, R.LEADER, R.CHIEF, R.INSPECTOR}), ExtensionsFace),
    (frozenset({R.LEADER, R.CHIEF}), LedFace),
    (frozenset({R.OFFICE}), PapersFace),
    (frozenset({R.ARCHIVIST}), ArchiveFace),
)
_ANYONE = CounterFace


def faces_for(person: Person) -> list[type[Face]]:
    """Return the desks of a person, the one that burns first in front."""
    # who stands in for somebody confirms dispatches in his place
    found = [
        face
        for roles, face in _FACES
        if (person.seeing_roles if face is ChiefFace else person.roles) & roles
    ]
    return _with_queues(found, person) or [_ANYONE]


def _with_queues(found: list[type[Face]], person: Person) -> list[type[Face]]:
    """Put the six queues before the first leader's five lines, behind those of other leaders.

    Who stands in for any of them signs for him, and has the queues too.
    """
    if not person.seeing_roles & {R.LEADER, R.CHIEF}:
        return found
    at = found.index(LeaderFace) if LeaderFace in found else len(found)
    at += R.CHIEF not in person.roles
    return [*found[:at], QueuesFace, *found[at:]]


class StartPage(Screen):
    """Shows one desk at a time; whoever does two kinds of work switches above."""

    title = "工作台"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._confirms = False
        self._faces: dict[type[Face], Face] = {}
        self.missing_year = MissingYearBar(desk, margin=tokens().sizes.margin)
        self.missing_year.import_wanted.connect(self.notice_wanted)
        self.steering = SteeringBar(desk, margin=tokens().sizes.margin)
        self.steering.place_wanted.connect(self.place_wanted)
        self.mail = MailBar(desk, margin=tokens().sizes.margin)
        self.mail.place_wanted.connect(self.place_wanted)
        self.mail.whistle_wanted.connect(self.whistle_wanted)
        self.mail.topic_wanted.connect(self.topic_wanted)
        self.mail.said.connect(self.said)
        self.mail.bind(self)
        self._stack = QStackedLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.missing_year)
        whole.addWidget(self.steering)
        whole.addWidget(self.mail)
        whole.addLayout(self._stack, 1)
        self._kind = self._kinds[0]
        self._show()

    @property
    def face(self) -> Face:
        """The desk on show."""
        return self._faces[self._kind]

    @property
    def _kinds(self) -> list[type[Face]]:
        """The desks to choose from; proposed dispatches only for who is asked (9.4, 9.5)."""
        every = faces_for(self.desk.person)
        return [kind for kind in every if self._confirms or kind is not ChiefFace]

    def arrive(self) -> None:
        """Load the desk on show; its list takes the focus."""
        if ChiefFace in faces_for(self.desk.person):
            self.desk.ask(confirms_now, owner=self, done=self._on_asks_known)
        if self._kind is DispatchFace:  # it is the dispatchers' to mend
            self.missing_year.look()
        else:
            self.missing_year.rest()
        self.steering.look()
        self.mail.look()
        self.face.load()
        self.face.take_focus()

    def views(self) -> tuple[str, ...]:
        """Return the kinds of work, where there is more than one."""
        return tuple(kind.name for kind in self._kinds) if len(self._kinds) > 1 else ()

    def chosen_view(self) -> int:
        """Return which kind of work is on."""
        return self._kinds.index(self._kind)

    def choose_view(self, index: int) -> None:
        """Show the desk of another kind of work."""
        self._kind = self._kinds[index]
        self._show()
        self.views_changed.emit()
        self.arrive()

    def help_page(self) -> str:
        """Return the handbook page on the start page."""
        pages: dict[type[Face], str] = {QueuesFace: "leaders", LedFace: "leader-case"}
        return pages.get(type(self.face), "start")

    def _on_asks_known(self, is_asked: bool) -> None:  # noqa: FBT001 - what the query answers
        if is_asked != self._confirms and self._kind is not ChiefFace:
            self._confirms = is_asked
            self.views_changed.emit()

    def _show(self) -> None:
        if self._kind not in self._faces:
            face = self._kind(self.desk)
            face.case_wanted.connect(self.case_wanted)
            face.mediation_wanted.connect(self.mediation_wanted)
            face.intake_wanted.connect(self.intake_wanted)
            face.place_wanted.connect(self.place_wanted)
            face.said.connect(self.said)
            face.subtitle_changed.connect(self.subtitle_changed)
            face.badge_changed.connect(self.badge_changed)
            self._faces[self._kind] = face
            self._stack.addWidget(face)
        self._stack.setCurrentWidget(self.face)
        self.title = self.face.title
        self.subtitle_changed.emit("")
