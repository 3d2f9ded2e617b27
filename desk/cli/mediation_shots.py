"""The pictures of every panel of a mediation (调解的办理栏): who opens which."""

from desk.cli.mediation_scenes import record_at
from desk.cli.panel_scenes import (
    after_panel,
    line_panel,
    mediation_panel,
    record_panel,
    withdraw_file,
)
from desk.cli.scenes import Shot
from desk.rules.mediation_codes import HelperRole, MediationStatus
from desk.ui.mediation.acceptance_panels import AcceptPanel, CorrectMediationPanel, RefusePanel
from desk.ui.mediation.after_panels import (
    AskCourtPanel,
    CourtAnswerPanel,
    FinishPanel,
    FollowUpMediationPanel,
    PayPanel,
    UrgePanel,
)
from desk.ui.mediation.ask_panel import AskPanel
from desk.ui.mediation.caucus_panel import CaucusPanel
from desk.ui.mediation.conclude_panel import ConcludePanel
from desk.ui.mediation.deed_panel import MediationPanel
from desk.ui.mediation.dossier_panels import (
    ArchiveMediationPanel,
    FilePanel,
    SituationPanel,
    WithdrawFilePanel,
)
from desk.ui.mediation.extend_panel import ExtendPanel
from desk.ui.mediation.inquiry_panel import InquiryPanel
from desk.ui.mediation.issue_panel import MediationIssuePanel
from desk.ui.mediation.opening_panel import OpeningPanel
from desk.ui.mediation.party_panels import AddPartyPanel, ChangePartyPanel, RemovePartyPanel
from desk.ui.mediation.people_panels import (
    AssignPanel,
    EndInvitationPanel,
    InvitePanel,
    LookPanel,
    SecretaryPanel,
)
from desk.ui.mediation.settle_panel import SettlePanel
from desk.ui.mediation.sitting_panels import AttendancePanel, EndSittingPanel, StartSittingPanel
from desk.ui.mediation_screen import MediationScreen


def _change_first_party(page: MediationScreen) -> None:
    if page.file is not None and page.file.body is not None:
        page.page.dispute.party_asked.emit(page.file.body.parties[0])


_PANELS: tuple[tuple[str, type[MediationPanel], str], ...] = (
    ("1027", AcceptPanel, "accept"),
    ("1027", RefusePanel, "refuse"),
    ("1024", StartSittingPanel, "start"),
    ("1024", SettlePanel, "settle"),
    ("1024", CaucusPanel, "caucus"),
    ("1024", InquiryPanel, "inquiry"),
    ("1024", ConcludePanel, "conclude"),
    ("1026", PayPanel, "pay"),
    ("1026", UrgePanel, "urge"),
    ("1026", FinishPanel, "finish"),
    ("1026", FollowUpMediationPanel, "follow-up"),
    ("1026", AskCourtPanel, "ask-court"),
    ("1026", ArchiveMediationPanel, "archive"),
    ("1027", AssignPanel, "assign"),
    ("1026", InvitePanel, "invite"),
    ("1027", SecretaryPanel, "secretary"),
    ("1026", AddPartyPanel, "add-party"),
    ("1026", RemovePartyPanel, "remove-party"),
    ("1026", CorrectMediationPanel, "correct"),
    ("1026", ExtendPanel, "extend"),
    ("1026", MediationIssuePanel, "issue"),
    ("1026", FilePanel, "file"),
    ("1026", SituationPanel, "situation"),
)

MEDIATION_SHOTS: tuple[Shot, ...] = (
    *(
        Shot(f"mediation-{name}", login, "mediation", mediation_panel(kind), shows=kind)
        for login, kind, name in _PANELS
    ),
    Shot(
        "mediation-party",
        "1026",
        "mediation",
        mediation_panel(ChangePartyPanel, then=_change_first_party),
        shows=ChangePartyPanel,
    ),
    Shot(
        "mediation-court-answer",
        "1026",
        "mediation",
        after_panel(
            mediation_panel(AskCourtPanel),
            {"court": "滨河区人民法院"},
            mediation_panel(CourtAnswerPanel),
        ),
        shows=CourtAnswerPanel,
    ),
    Shot(
        "mediation-end-invitation",
        "1026",
        "mediation",
        after_panel(
            mediation_panel(InvitePanel),
            {"role": HelperRole.NEIGHBOUR, "name": "王桂香"},
            mediation_panel(EndInvitationPanel),
        ),
        shows=EndInvitationPanel,
    ),
    Shot("mediation-withdraw-file", "1026", "mediation", withdraw_file, shows=WithdrawFilePanel),
    Shot(
        "mediation-open",
        "1016",
        "mediation",
        line_panel("登记调解申请"),
        shows=OpeningPanel,
    ),
    Shot("mediation-look", "1013", "mediation", line_panel("写理由查看", view=2), shows=LookPanel),
    Shot("mediation-ask", "1013", "mediation", line_panel("按编号查阅"), shows=AskPanel),
    *(
        Shot(
            f"record-{name}",
            "1024",
            "record",
            record_panel(record_at(MediationStatus.MEDIATING), action),
            shows=kind,
        )
        for name, action, kind in (
            ("end", "结束本次", EndSittingPanel),
            ("attendance", "到场人员", AttendancePanel),
        )
    ),
)
