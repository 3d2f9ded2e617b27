"""The pictures of every panel beside a case (案件卷的办理栏): who opens which."""

from desk.cli.other_hands import after, ask_untold, guide_somebody
from desk.cli.panel_scenes import case_panel, versions
from desk.cli.scenes import Prepare, Shot
from desk.rules.codes import CaseStatus, ContactResult
from desk.rules.deeds import Deed
from desk.ui.case.copy_panel import CopyPanel
from desk.ui.case.deeds import PANELS
from desk.ui.case.issue_panel import IssueWay
from desk.ui.case.sign_panels import VersionsPanel

# who opens it, which deed, how the picture is called
_DEEDS: tuple[tuple[str, Deed, str], ...] = (
    ("1004", Deed.DECIDE_RETURN, "decide-return"),
    ("1001", Deed.DO_NOT_CALL, "do-not-call"),
    ("1006", Deed.VERIFY, "verify"),
    ("1016", Deed.REPORT_SUPPORT, "report-support"),
    ("1007", Deed.FINISH, "finish"),
    ("1007", Deed.WRITE_OPINION, "write-opinion"),
    ("1013", Deed.SIGN, "sign"),
    ("1005", Deed.SIGN_ON_PAPER, "sign-on-paper"),
    ("1005", Deed.SEAL, "seal"),
    ("1005", Deed.DELIVER, "deliver"),
    ("1005", Deed.SEAL_NOTICE, "seal-notice"),
    ("1001", Deed.DELIVER_NOTICE, "deliver-notice"),
    ("1001", Deed.FOLLOW_UP, "follow-up"),
    ("1013", Deed.DECIDE_EXTENSION, "decide-extension"),
    ("1004", Deed.REVIEW_EXTENSION, "review-extension"),
    ("1004", Deed.REVIEW_PARKED, "parked"),
    ("1013", Deed.UNPARK, "unpark"),
    ("1007", Deed.PAUSE, "pause"),
    ("1006", Deed.RESUME, "resume"),
    ("1008", Deed.WORK_LEADER_CASE, "work-led"),
    ("1013", Deed.DIRECT_LEADER_CASE, "direct-led"),
    ("1006", Deed.RETURN, "return"),
    ("1007", Deed.ASK_EXTENSION, "extension"),
    ("1006", Deed.DROP_EXTENSION, "drop-extension"),
    ("1013", Deed.DECIDE_ASSESSMENT, "decide-assessment"),
    ("1007", Deed.ASK_ASSESSMENT, "exclusion"),
    ("1007", Deed.DROP_ASSESSMENT, "drop-assessment"),
    ("1014", Deed.COUNT_AGAIN, "count-again"),
    ("1004", Deed.HEAR, "hear"),
    ("1007", Deed.FOLLOW_RECEPTION, "follow-reception"),
    ("1004", Deed.BRING_FORWARD, "bring-forward"),
    ("1006", Deed.TAKE_SUPERVISION, "take-supervision"),
    ("1006", Deed.REPORT_SUPERVISION, "report-supervision"),
    ("1004", Deed.DECIDE_SUPERVISION, "decide-supervision"),
    ("1004", Deed.SUPERVISE, "supervise"),
    ("1004", Deed.WHISTLE_FOR_CASE, "whistle"),
    ("1006", Deed.EXPLAIN_URGING, "explain-urging"),
    ("1004", Deed.URGE, "urge"),
    ("1004", Deed.RAISE_LEADER_CASE, "raise-led"),
    ("1005", Deed.HOLD_MEETING, "hold-meeting"),
    ("1004", Deed.WRITE_LETTER, "letter"),
    ("1004", Deed.GRADE, "grade"),
    ("1004", Deed.ADD_SUPPORT, "support"),
    ("1004", Deed.DROP_SUPPORT, "drop-support"),
    ("1007", Deed.ANSWER_MATTER, "answer-matter"),
    ("1004", Deed.ASSIGN_MATTER, "assign-matter"),
    ("1007", Deed.ADD_MATTER, "add-matter"),
    ("1016", Deed.TO_MEDIATION, "to-mediation"),
    ("1007", Deed.NOTE, "note"),
    ("1007", Deed.ATTACH, "attach"),
    ("1001", Deed.KEEP_ITEM, "keep-item"),
    ("1001", Deed.LINK_REPEAT, "link-repeat"),
    ("1004", Deed.MERGE, "merge"),
    ("1004", Deed.UNMERGE, "unmerge"),
    ("1004", Deed.JOIN_TOPIC, "join-topic"),
    ("1001", Deed.WITHDRAW, "withdraw"),
    ("1001", Deed.REINSTATE, "reinstate"),
    ("1001", Deed.ACCUSE, "accuse"),
    ("1001", Deed.SET_AGENT, "agent"),
    ("1005", Deed.SCAN_BACK, "scan-back"),
    ("1007", Deed.REVISE, "revise"),
    ("1005", Deed.REVEAL, "reveal"),
)
# the same deed in another variant, or a panel that is no button of “现在可以”
_VARIANTS: tuple[tuple[str, Deed, object, str], ...] = (
    ("1007", Deed.CONTACT, ContactResult.REACHED, "contact"),
    ("1007", Deed.CONTACT, ContactResult.NO_ANSWER, "no-answer"),
    ("1007", Deed.CONTACT, ContactResult.WRONG_NUMBER, "wrong-number"),
    ("1001", Deed.CORRECT, "content", "correct"),
    ("1001", Deed.ISSUE_PAPER, IssueWay.NEW, "issue"),
    ("1001", Deed.ISSUE_PAPER, IssueWay.CORRECT, "correct-paper"),
)

# only where the case stands so, or after somebody else has done something
_SCENES: tuple[tuple[str, Deed, Prepare, str], ...] = (
    ("1004", Deed.DISPATCH, case_panel(Deed.DISPATCH, at=CaseStatus.RECEIVED), "dispatch"),
    ("1004", Deed.DISPATCH, case_panel(Deed.DISPATCH, at=CaseStatus.HANDLING), "redirect"),
    ("1004", Deed.ARCHIVE, case_panel(Deed.ARCHIVE, at=CaseStatus.CLOSED), "archive"),
    (
        "1014",
        Deed.LEADER_CALL,
        case_panel(Deed.LEADER_CALL, at=CaseStatus.FOLLOW_UP),
        "leader-call",
    ),
    ("1014", Deed.MARK_KEY, case_panel(Deed.MARK_KEY, at=CaseStatus.HANDLING), "key"),
    (
        "1002",
        Deed.CHECK_ARRIVAL,
        after(guide_somebody, case_panel(Deed.CHECK_ARRIVAL)),
        "arrival",
    ),
    ("1002", Deed.TAKE_IN, case_panel(Deed.TAKE_IN), "take-in"),
    (
        "1007",
        Deed.TELL_EXTENSION,
        after(ask_untold, case_panel(Deed.TELL_EXTENSION)),
        "tell-extension",
    ),
)

CASE_SHOTS: tuple[Shot, ...] = (
    *(
        Shot(f"case-{name}", login, "case", scene, shows=PANELS[deed])
        for login, deed, scene, name in _SCENES
    ),
    *(
        Shot(f"case-{name}", login, "case", case_panel(deed), shows=PANELS[deed])
        for login, deed, name in _DEEDS
    ),
    *(
        Shot(f"case-{name}", login, "case", case_panel(deed, option=option), shows=PANELS[deed])
        for login, deed, option, name in _VARIANTS
    ),
    Shot("case-copy", "1004", "case", case_panel(Deed.TAKE_OUT, kind=CopyPanel), shows=CopyPanel),
    Shot("case-versions", "1007", "case", versions, shows=VersionsPanel),
)
