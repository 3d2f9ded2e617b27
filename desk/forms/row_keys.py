"""Which keys the row of each form may hold, and the entries of its lists (表单的项)."""

from collections.abc import Mapping
from typing import Final, get_args, get_origin, get_type_hints, is_typeddict

from desk.forms.bulletin_rows import BulletinPaperRow, PublicBulletinRow
from desk.forms.extension_rows import ExtensionRequestRow
from desk.forms.figure_rows import FigureListRow
from desk.forms.grid_rows import ContactSignRow, GridCardRow
from desk.forms.hall_rows import (
    ArchiveListRow,
    DoorSignRow,
    DutyRosterRow,
    IdentityKeyRow,
    MediationStatisticsRow,
    MorningBriefRow,
    PromisedCallsRow,
    RoomScheduleRow,
    SealRegisterRow,
    ShiftHandoverRow,
    SignFolderRow,
    TrailListRow,
)
from desk.forms.leader_rows import LeaderCaseRow, MeetingMinutesRow
from desk.forms.mediation_rows import (
    AcceptanceRow,
    AddressRow,
    AgreementRow,
    ApplicationRow,
    BackCoverRow,
    ConfirmationRow,
    CoverRow,
    DossierContentsRow,
    ExtensionRow,
    HandoverLetterRow,
    InvestigationRow,
    MediationClosingRow,
    MediationFollowUpRow,
    MediationNoticeRow,
    OralAgreementRow,
    PowerRow,
    RecordRow,
    RefusalRow,
    RightsRow,
    SituationRow,
    TerminationRow,
)
from desk.forms.notice_rows import (
    AcceptanceNoticeRow,
    CaseContentsRow,
    ClosingReportRow,
    DeliveryProofRow,
    GuidanceNoticeRow,
    WithdrawalRequestRow,
)
from desk.forms.reception_rows import ReceptionListRow, ReceptionRecordRow
from desk.forms.rows import (
    DispatchSlipRow,
    FollowupRecordRow,
    IntakeSheetRow,
    OpinionNoticeRow,
    OpinionSheetRow,
    ReceiptRow,
)
from desk.forms.steering_rows import (
    ExclusionRequestRow,
    HonourListRow,
    InterviewRecordRow,
    LetterRow,
    ReminderLetterRow,
    SupervisionNoticeRow,
    UrgingSlipRow,
)
from desk.forms.visit_rows import VisitSheetRow
from desk.forms.whistle_rows import WhistleSlipRow

ROWS: Final[Mapping[str, type]] = {
    "intake-sheet": IntakeSheetRow,
    "receipt": ReceiptRow,
    "acceptance-notice": AcceptanceNoticeRow,
    "guidance-notice": GuidanceNoticeRow,
    "dispatch-slip": DispatchSlipRow,
    "extension-request": ExtensionRequestRow,
    "exclusion-request": ExclusionRequestRow,
    "supervision-notice": SupervisionNoticeRow,
    "urging-slip": UrgingSlipRow,
    "commendation": LetterRow,
    "reminder-letter": ReminderLetterRow,
    "interview-record": InterviewRecordRow,
    "honour-list": HonourListRow,
    "whistle-slip": WhistleSlipRow,
    "leader-case": LeaderCaseRow,
    "meeting-minutes": MeetingMinutesRow,
    "reception-record": ReceptionRecordRow,
    "reception-list": ReceptionListRow,
    "opinion-notice": OpinionNoticeRow,
    "opinion-sheet": OpinionSheetRow,
    "delivery-proof": DeliveryProofRow,
    "followup-record": FollowupRecordRow,
    "closing-report": ClosingReportRow,
    "case-contents": CaseContentsRow,
    "sign-folder": SignFolderRow,
    "seal-register": SealRegisterRow,
    "promised-calls": PromisedCallsRow,
    "shift-handover": ShiftHandoverRow,
    "morning-brief": MorningBriefRow,
    "archive-list": ArchiveListRow,
    "mediation-statistics": MediationStatisticsRow,
    "room-schedule": RoomScheduleRow,
    "duty-roster": DutyRosterRow,
    "visit-sheet": VisitSheetRow,
    "door-sign": DoorSignRow,
    "grid-card": GridCardRow,
    "contact-sign": ContactSignRow,
    "trail-list": TrailListRow,
    "figure-list": FigureListRow,
    "identity-key": IdentityKeyRow,
    "bulletin": BulletinPaperRow,
    "public-bulletin": PublicBulletinRow,
    "mediation-application": ApplicationRow,
    "mediation-acceptance": AcceptanceRow,
    "mediation-rights": RightsRow,
    "mediation-power": PowerRow,
    "mediation-address": AddressRow,
    "mediation-notice": MediationNoticeRow,
    "mediation-investigation": InvestigationRow,
    "mediation-record": RecordRow,
    "mediation-agreement": AgreementRow,
    "mediation-oral-agreement": OralAgreementRow,
    "mediation-extension": ExtensionRow,
    "mediation-refusal": RefusalRow,
    "mediation-termination": TerminationRow,
    "handover-letter": HandoverLetterRow,
    "mediation-followup": MediationFollowUpRow,
    "judicial-confirmation": ConfirmationRow,
    "mediation-closing": MediationClosingRow,
    "mediation-cover": CoverRow,
    "mediation-contents": DossierContentsRow,
    "mediation-situation": SituationRow,
    "mediation-back-cover": BackCoverRow,
    "withdrawal-request": WithdrawalRequestRow,
}


def keys(code: str) -> frozenset[str]:
    """Return every key that the row of a form may hold."""
    return frozenset(get_type_hints(ROWS[code]))


def entry_keys(code: str, key: str) -> frozenset[str]:
    """Return what the entries of a form's list add to its keys: `n` counts them.

    An entry that is plain text is called `entry`; a key that is no list has no entries.
    """
    hint = get_type_hints(ROWS[code]).get(key)
    if get_origin(hint) is not list:
        return frozenset()
    (inner,) = get_args(hint)
    return frozenset({"n", *(get_type_hints(inner) if is_typeddict(inner) else {"entry"})})
