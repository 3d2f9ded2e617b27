"""Which deed on a mediation opens which panel, under which key (调解动作): behind “现在可以”.

Every vertical adds its rows to `WAYS`; their order is the order in which a mediation lives.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from desk.queries.mediation_file import WholeMediation
from desk.rules.mediation_codes import MediationStatus
from desk.rules.mediation_rights import MediationDeed, mediation_deeds_now
from desk.rules.rights import Person
from desk.ui.keys import ActionKey, MediationKey, PaperKey, RecordKey
from desk.ui.mediation.acceptance_panels import (
    AcceptPanel,
    CorrectMediationPanel,
    RefusePanel,
)
from desk.ui.mediation.after_panels import (
    AskCourtPanel,
    CourtAnswerPanel,
    FinishPanel,
    FollowUpMediationPanel,
    PayPanel,
    UrgePanel,
    has_open_instalments,
    may_ask_court,
    waits_for_court,
)
from desk.ui.mediation.caucus_panel import CaucusPanel
from desk.ui.mediation.conclude_panel import ConcludePanel, ends_offered
from desk.ui.mediation.deed_panel import MediationPanel
from desk.ui.mediation.dossier_panels import (
    ArchiveMediationPanel,
    FilePanel,
    SituationPanel,
    WithdrawFilePanel,
    has_files,
)
from desk.ui.mediation.extend_panel import ExtendPanel
from desk.ui.mediation.inquiry_panel import InquiryPanel
from desk.ui.mediation.issue_panel import MediationIssuePanel
from desk.ui.mediation.party_panels import AddPartyPanel, RemovePartyPanel
from desk.ui.mediation.people_panels import (
    AssignPanel,
    EndInvitationPanel,
    InvitePanel,
    SecretaryPanel,
)
from desk.ui.mediation.settle_panel import SettlePanel
from desk.ui.mediation.sitting_panels import StartSittingPanel, can_begin, has_open_sitting


@dataclass(frozen=True, slots=True)
class MediationWay:
    """One button of “现在可以”: a deed, or one variant of it.

    Attributes:
        panel: what opens; None leads to the record desk.
        option: the variant; None where there is only one.
        fits: whether it makes sense for this mediation now, beyond what the rights table says.
        is_next: whether it is the next step in the life of the mediation.
    """

    deed: MediationDeed
    label: str
    panel: type[MediationPanel] | None
    key: str = ""
    icon: str = ""
    option: object = None
    fits: Callable[[WholeMediation], bool] | None = None
    is_next: bool = False


def _has_helpers(file: WholeMediation) -> bool:
    return file.body is not None and any(one.until is None for one in file.body.helpers)


WAYS: tuple[MediationWay, ...] = (
    MediationWay(MediationDeed.ACCEPT, "受理", AcceptPanel, ActionKey.ACCEPT, "accept"),
    MediationWay(MediationDeed.REFUSE, "不予受理", RefusePanel, ActionKey.RETURN, "return"),
    MediationWay(
        MediationDeed.HOLD_SESSION,
        "开始调解",
        StartSittingPanel,
        ActionKey.NOTE,
        "edit",
        fits=can_begin,
    ),
    MediationWay(
        MediationDeed.HOLD_SESSION, "写笔录", None, ActionKey.NOTE, "edit", fits=has_open_sitting
    ),
    MediationWay(MediationDeed.SETTLE, "达成协议", SettlePanel, RecordKey.SETTLE, "done"),
    MediationWay(MediationDeed.CAUCUS, "背靠背", CaucusPanel, RecordKey.CAUCUS),
    MediationWay(MediationDeed.INQUIRE, "调查记录", InquiryPanel),
    MediationWay(
        MediationDeed.CONCLUDE,
        "结束调解",
        ConcludePanel,
        fits=lambda file: bool(ends_offered(file)),
    ),
    MediationWay(
        MediationDeed.PERFORM,
        "登记履行",
        PayPanel,
        ActionKey.FINISH_HANDLING,
        "done",
        fits=has_open_instalments,
    ),
    MediationWay(
        MediationDeed.PERFORM, "督促履行", UrgePanel, icon="phone", fits=has_open_instalments
    ),
    MediationWay(
        MediationDeed.PERFORM,
        "履行结束",
        FinishPanel,
        ActionKey.CLOSE,
        fits=lambda file: file.status is MediationStatus.SETTLED,
    ),
    MediationWay(
        MediationDeed.FOLLOW_UP, "回访", FollowUpMediationPanel, ActionKey.FOLLOW_UP, "phone"
    ),
    MediationWay(MediationDeed.CONFIRM, "申请司法确认", AskCourtPanel, fits=may_ask_court),
    MediationWay(MediationDeed.CONFIRM, "法院答复", CourtAnswerPanel, fits=waits_for_court),
    MediationWay(
        MediationDeed.ARCHIVE, "归档", ArchiveMediationPanel, ActionKey.ARCHIVE, "archive"
    ),
    MediationWay(MediationDeed.ASSIGN, "调解员", AssignPanel, MediationKey.ASSIGN, "person"),
    MediationWay(MediationDeed.ASSIGN, "邀请协助", InvitePanel, ActionKey.ADD_UNIT, "people"),
    MediationWay(MediationDeed.ASSIGN, "结束协助", EndInvitationPanel, fits=_has_helpers),
    MediationWay(MediationDeed.ASSIGN, "秘书", SecretaryPanel),
    MediationWay(MediationDeed.CORRECT, "增加当事人", AddPartyPanel, ActionKey.APPELLANT, "person"),
    MediationWay(MediationDeed.CORRECT, "当事人退出", RemovePartyPanel),
    MediationWay(MediationDeed.CORRECT, "更正纠纷情况", CorrectMediationPanel, icon="edit"),
    MediationWay(MediationDeed.EXTEND, "延长期限", ExtendPanel, ActionKey.EXTEND),
    MediationWay(MediationDeed.PAPER, "出具文书", MediationIssuePanel, PaperKey.ISSUE, "document"),
    MediationWay(MediationDeed.FILE, "加入卷内材料", FilePanel, ActionKey.ATTACH, "attach"),
    MediationWay(MediationDeed.FILE, "撤下卷内材料", WithdrawFilePanel, fits=has_files),
    MediationWay(MediationDeed.FILE, "卷宗情况说明", SituationPanel),
)

# Which deeds come next where a mediation stands, the first that is offered.
NEXT: Mapping[MediationStatus, tuple[MediationDeed, ...]] = MappingProxyType(
    {
        MediationStatus.APPLIED: (MediationDeed.ACCEPT,),
        MediationStatus.ACCEPTED: (MediationDeed.ASSIGN, MediationDeed.BOOK),
        MediationStatus.SCHEDULED: (MediationDeed.HOLD_SESSION,),
        MediationStatus.MEDIATING: (MediationDeed.HOLD_SESSION, MediationDeed.SETTLE),
        MediationStatus.SETTLED: (MediationDeed.PERFORM,),
        MediationStatus.FOLLOW_UP: (MediationDeed.FOLLOW_UP,),
        MediationStatus.CLOSED: (MediationDeed.ARCHIVE,),
        MediationStatus.NOT_SETTLED: (MediationDeed.ARCHIVE,),
        MediationStatus.ENDED: (MediationDeed.ARCHIVE,),
        MediationStatus.WITHDRAWN: (MediationDeed.ARCHIVE,),
        MediationStatus.HANDED_OVER: (MediationDeed.ARCHIVE,),
        MediationStatus.REFUSED: (MediationDeed.ARCHIVE,),
    }
)


def mediation_ways(file: WholeMediation, person: Person) -> list[MediationWay]:
    """Return what this person may do to the mediation now, the next step first."""
    allowed = set(mediation_deeds_now(file.stand, person, file.read_at))
    if file.body is None:
        return []
    ways = [way for way in WAYS if way.deed in allowed and (way.fits is None or way.fits(file))]
    offered = {way.deed for way in ways}
    settled = {MediationDeed.ASSIGN} if file.head.mediator else set()
    first = next((deed for deed in NEXT.get(file.status, ()) if deed in offered - settled), None)
    ways.sort(key=lambda way: way.deed is not first)
    if ways and ways[0].deed is first:
        ways[0] = replace(ways[0], is_next=True)
    return _one_meaning_per_key(ways)


def _one_meaning_per_key(ways: list[MediationWay]) -> list[MediationWay]:
    """Give a key to the first that wants it."""
    taken: set[str] = set()
    found = []
    for way in ways:
        found.append(replace(way, key="" if way.key in taken else way.key))
        taken.add(way.key)
    return found
