"""Which deed opens which panel, under which key (办理动作): the table behind “现在可以”."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from desk.queries.case_file import CaseFile
from desk.rules.codes import CaseStatus, ClockKind, ContactResult, PaperState
from desk.rules.deeds import Deed
from desk.rules.rights import Person, deeds_now
from desk.ui.attachments.attach_panel import AttachPanel
from desk.ui.case.accused_panel import AccusedPanel
from desk.ui.case.agent_panel import AgentPanel
from desk.ui.case.archive_panel import ArchivePanel
from desk.ui.case.assessment_panels import (
    AskAssessmentPanel,
    CountAgainPanel,
    DecideAssessmentPanel,
    DropAssessmentPanel,
    unasked_deeds,
)
from desk.ui.case.chief_panel import ConfirmPanel
from desk.ui.case.closing_panels import (
    CorrectPanel,
    NotePanel,
    RevealPanel,
)
from desk.ui.case.contact_panels import ContactPanel, DoNotCallPanel, is_not_called
from desk.ui.case.deed_panel import DeedPanel
from desk.ui.case.dispatch_deeds import idle_deeds
from desk.ui.case.dispatch_panels import DispatchPanel, GradePanel
from desk.ui.case.extension_deeds import moot_deeds
from desk.ui.case.extension_panels import (
    AskExtensionPanel,
    DecideExtensionPanel,
    DropExtensionPanel,
    ReviewExtensionPanel,
    TellExtensionPanel,
)
from desk.ui.case.finish_panel import FinishPanel
from desk.ui.case.followup_panel import FollowUpPanel
from desk.ui.case.guidance_panels import ArrivalPanel, KeepPanel, TakeInPanel
from desk.ui.case.handling_panels import VerifyPanel
from desk.ui.case.issue_panel import IssuePanel, IssueWay, issue_ways
from desk.ui.case.leader_panels import KeyPanel, LeaderCallPanel
from desk.ui.case.letter_panel import LetterPanel
from desk.ui.case.matter_panels import (
    AddMatterPanel,
    AnswerMatterPanel,
    AssignMatterPanel,
    pointless_deeds,
)
from desk.ui.case.mile_fields import opinions_at
from desk.ui.case.notice_panels import DeliverNoticePanel, SealNoticePanel, idle_notices
from desk.ui.case.opinion_panels import OpinionPanel
from desk.ui.case.paper_panels import DeliverPanel, GiveNumberPanel, ScanBackPanel, SealPanel
from desk.ui.case.pause_panels import (
    PausePanel,
    ResumePanel,
    ReviewParkedPanel,
    UnparkPanel,
)
from desk.ui.case.reception_panels import (
    BringForwardPanel,
    FollowReceptionPanel,
    HearPanel,
    moot_receptions,
)
from desk.ui.case.return_panels import DecideReturnPanel, ReturnPanel
from desk.ui.case.set_aside_panels import LinkPanel, MergePanel, UnmergePanel
from desk.ui.case.sign_deeds import deeds_elsewhere, signing_words
from desk.ui.case.sign_panels import OnPaperPanel, RevisePanel, SignPanel
from desk.ui.case.supervision_panels import (
    DecideSupervisionPanel,
    ReportSupervisionPanel,
    SupervisePanel,
    TakeSupervisionPanel,
)
from desk.ui.case.support_panels import AddSupportPanel, DropSupportPanel, SupportPanel
from desk.ui.case.to_mediation_panel import ToMediationPanel
from desk.ui.case.topic_panel import TopicPanel
from desk.ui.case.urging_panels import ExplainUrgingPanel, UrgePanel
from desk.ui.case.whistle_panel import WhistlePanel
from desk.ui.case.withdraw_panels import ReinstatePanel, WithdrawPanel
from desk.ui.keys import ActionKey, CaseKey, PaperKey
from desk.ui.leading.direct_panel import DirectLeaderCasePanel
from desk.ui.leading.meeting_panel import HoldMeetingPanel
from desk.ui.leading.raise_panel import RaiseLeaderCasePanel
from desk.ui.leading.words import unled_deeds
from desk.ui.leading.work_panel import WorkLeaderCasePanel
from desk.ui.steering.words import unsteered_deeds

PANELS: Mapping[Deed, type[DeedPanel]] = MappingProxyType(
    {
        panel.deed: panel
        for panel in (
            DispatchPanel,
            DecideReturnPanel,
            ContactPanel,
            DoNotCallPanel,
            VerifyPanel,
            SupportPanel,
            AddSupportPanel,
            DropSupportPanel,
            ConfirmPanel,
            FinishPanel,
            AnswerMatterPanel,
            AssignMatterPanel,
            AddMatterPanel,
            OpinionPanel,
            SignPanel,
            OnPaperPanel,
            RevisePanel,
            GiveNumberPanel,
            SealPanel,
            DeliverPanel,
            SealNoticePanel,
            DeliverNoticePanel,
            ScanBackPanel,
            FollowUpPanel,
            ArrivalPanel,
            TakeInPanel,
            KeepPanel,
            ArchivePanel,
            GradePanel,
            ReturnPanel,
            CorrectPanel,
            LinkPanel,
            MergePanel,
            UnmergePanel,
            WithdrawPanel,
            ReinstatePanel,
            AccusedPanel,
            NotePanel,
            AttachPanel,
            RevealPanel,
            IssuePanel,
            ToMediationPanel,
            AskExtensionPanel,
            TellExtensionPanel,
            DropExtensionPanel,
            ReviewExtensionPanel,
            DecideExtensionPanel,
            PausePanel,
            ResumePanel,
            ReviewParkedPanel,
            UnparkPanel,
            TopicPanel,
            WhistlePanel,
            AskAssessmentPanel,
            DecideAssessmentPanel,
            DropAssessmentPanel,
            CountAgainPanel,
            KeyPanel,
            LeaderCallPanel,
            LetterPanel,
            SupervisePanel,
            TakeSupervisionPanel,
            ReportSupervisionPanel,
            DecideSupervisionPanel,
            UrgePanel,
            ExplainUrgingPanel,
            RaiseLeaderCasePanel,
            WorkLeaderCasePanel,
            DirectLeaderCasePanel,
            HoldMeetingPanel,
            BringForwardPanel,
            HearPanel,
            FollowReceptionPanel,
            AgentPanel,
        )
    }
)


@dataclass(frozen=True, slots=True)
class Way:
    """One button of “现在可以”: a deed, or one variant of it.

    Attributes:
        option: the variant (接通 or 没接); None where there is only one.
        is_next: whether it is the next step in the life of the case.
    """

    deed: Deed
    label: str
    key: str = ""
    icon: str = ""
    option: object = None
    is_next: bool = False


_WAYS: tuple[Way, ...] = (
    Way(Deed.DISPATCH, "分拨", ActionKey.DISPATCH, "dispatch"),
    Way(Deed.CONFIRM_DISPATCH, "确认派单", ActionKey.DISPATCH, "dispatch"),
    Way(Deed.DECIDE_RETURN, "答复退回", ActionKey.RETURN, "return"),
    Way(Deed.ACCEPT, "签收", ActionKey.ACCEPT, "accept"),
    Way(Deed.CONTACT, "接通", ActionKey.REACHED, "phone", ContactResult.REACHED),
    Way(Deed.CONTACT, "没接", ActionKey.NO_ANSWER, "phone-off", ContactResult.NO_ANSWER),
    Way(Deed.CONTACT, "号码错", ActionKey.WRONG_NUMBER, "", ContactResult.WRONG_NUMBER),
    Way(Deed.VERIFY, "已核实", ActionKey.VERIFIED, "verify"),
    Way(Deed.REPORT_SUPPORT, "协办反馈", ActionKey.FINISH_HANDLING, "done"),
    Way(Deed.FINISH, "办理完毕", ActionKey.FINISH_HANDLING, "done"),
    Way(Deed.WRITE_OPINION, "意见书", ActionKey.OPINION, "opinion"),
    Way(Deed.SIGN, "审签意见书", ActionKey.OPINION, "sign"),
    Way(Deed.SIGN_ON_PAPER, "录入签批结果", PaperKey.ON_PAPER, "edit"),
    Way(Deed.GIVE_NUMBER, "录入文号", PaperKey.GIVE_NUMBER, "edit"),
    Way(Deed.SEAL, "盖章", ActionKey.SEAL, "seal"),
    Way(Deed.DELIVER, "送达", ActionKey.DELIVER, "deliver"),
    Way(Deed.SEAL_NOTICE, "告知书盖章", ActionKey.SEAL, "seal"),
    Way(Deed.DELIVER_NOTICE, "送达告知书", ActionKey.DELIVER, "deliver"),
    Way(Deed.FOLLOW_UP, "回访", ActionKey.FOLLOW_UP, "follow-up"),
    Way(Deed.CHECK_ARRIVAL, "是否到达", CaseKey.ARRIVAL, "guide"),
    Way(Deed.TAKE_IN, "改为受理", CaseKey.TAKE_IN, "intake"),
    Way(Deed.ARCHIVE, "归档", ActionKey.ARCHIVE, "archive"),
    Way(Deed.DECIDE_EXTENSION, "审批延期挂账", ActionKey.EXTEND, "sign"),
    Way(Deed.REVIEW_EXTENSION, "审核延期挂账", ActionKey.EXTEND, "verify"),
    Way(Deed.REVIEW_PARKED, "复核挂账", ActionKey.EXTEND, "verify"),
    Way(Deed.UNPARK, "恢复办理", CaseKey.PAUSE, "redo"),
    Way(Deed.RESUME, "恢复计时", CaseKey.PAUSE, "redo"),
    Way(Deed.WORK_LEADER_CASE, "包案进展", CaseKey.LEADER_CASE, "edit"),
    Way(Deed.DIRECT_LEADER_CASE, "专班、移交、结论", CaseKey.TEAM, "person"),
    Way(Deed.RETURN, "退回", ActionKey.RETURN, "return"),
    Way(Deed.ASK_EXTENSION, "延期挂账", ActionKey.EXTEND, "extend"),
    Way(Deed.TELL_EXTENSION, "补记已告知", ActionKey.EXTEND, "phone"),
    Way(Deed.DROP_EXTENSION, "撤回延期申请", ActionKey.EXTEND, "return"),
    Way(Deed.PAUSE, "暂停计时", CaseKey.PAUSE, "pause"),
    Way(Deed.DECIDE_ASSESSMENT, "签批考核申请", CaseKey.ASSESS, "sign"),
    Way(Deed.ASK_ASSESSMENT, "剔除、差评申诉", CaseKey.ASSESS, "extend"),
    Way(Deed.DROP_ASSESSMENT, "撤回考核申请", CaseKey.ASSESS, "return"),
    Way(Deed.COUNT_AGAIN, "恢复计入考核", CaseKey.ASSESS, "redo"),
    Way(Deed.LEADER_CALL, "领导回访", ActionKey.FOLLOW_UP, "follow-up"),
    Way(Deed.MARK_KEY, "标为重点件", CaseKey.KEY_CASE, "level"),
    Way(Deed.HEAR, "登记领导意见", CaseKey.RECEPTION, "sign"),
    Way(Deed.FOLLOW_RECEPTION, "接访事项落实", CaseKey.RECEPTION, "done"),
    Way(Deed.BRING_FORWARD, "提请领导接访", CaseKey.RECEPTION, "people"),
    Way(Deed.TAKE_SUPERVISION, "签收督办", CaseKey.SUPERVISE, "accept"),
    Way(Deed.REPORT_SUPERVISION, "反馈督办", CaseKey.SUPERVISE, "opinion"),
    Way(Deed.DECIDE_SUPERVISION, "督办销号", CaseKey.SUPERVISE, "sign"),
    Way(Deed.SUPERVISE, "督办", CaseKey.SUPERVISE, "verify"),
    Way(Deed.WHISTLE_FOR_CASE, "吹哨", ActionKey.WHISTLE, "whistle"),
    Way(Deed.EXPLAIN_URGING, "说明催办", CaseKey.URGE, "edit"),
    Way(Deed.URGE, "催办", CaseKey.URGE, "bell"),
    Way(Deed.RAISE_LEADER_CASE, "提级包案", CaseKey.LEADER_CASE, "level"),
    Way(Deed.HOLD_MEETING, "会商纪要", CaseKey.MEETING, "opinion"),
    Way(Deed.WRITE_LETTER, "表扬、提醒", CaseKey.LETTER, "edit"),
    Way(Deed.GRADE, "改级", ActionKey.GRADE, "level"),
    Way(Deed.ADD_SUPPORT, "加派", ActionKey.ADD_UNIT, "dispatch"),
    Way(Deed.DROP_SUPPORT, "撤下协办", CaseKey.DROP_SUPPORT, "return"),
    Way(Deed.ANSWER_MATTER, "逐项答复", CaseKey.MATTERS, "opinion"),
    Way(Deed.ASSIGN_MATTER, "事项分给单位", CaseKey.MATTERS, "dispatch"),
    Way(Deed.TO_MEDIATION, "转调解", ActionKey.MEDIATE, "mediation"),
    Way(Deed.NOTE, "批注", ActionKey.NOTE, "edit"),
    Way(Deed.ATTACH, "附件", ActionKey.ATTACH, "attach"),
    Way(Deed.KEEP_ITEM, "保管原件", CaseKey.KEEP_ITEM, "add"),
    Way(Deed.LINK_REPEAT, "关联重复", ActionKey.LINK_REPEAT, "link"),
    Way(Deed.MERGE, "并入主件", CaseKey.MERGE, "link"),
    Way(Deed.UNMERGE, "拆开", CaseKey.MERGE, "return"),
    Way(Deed.JOIN_TOPIC, "列入专题", CaseKey.TOPIC, "link"),
    Way(Deed.WITHDRAW, "诉求人撤回", CaseKey.WITHDRAW, "return"),
    Way(Deed.REINSTATE, "恢复办理", CaseKey.WITHDRAW, "redo"),
    Way(Deed.ACCUSE, "记被反映单位", CaseKey.ACCUSED, "person"),
    Way(Deed.SET_AGENT, "委托代办", CaseKey.AGENT, "person"),
    Way(Deed.ADD_MATTER, "添加事项", CaseKey.MATTERS, "intake"),
    Way(Deed.CORRECT, "更正事实", ActionKey.APPELLANT, "person"),
    Way(Deed.DO_NOT_CALL, "请勿再打", CaseKey.DO_NOT_CALL, "phone-off"),
    Way(Deed.SCAN_BACK, "签字件扫回", PaperKey.SCAN_BACK, "scan"),
    Way(Deed.ISSUE_PAPER, "出具文书", PaperKey.ISSUE, "document", IssueWay.NEW),
    Way(Deed.REVISE, "改后重签", PaperKey.REVISE, "redo"),
    Way(Deed.ISSUE_PAPER, "更正文书", PaperKey.CORRECT, "redo", IssueWay.CORRECT),
)
_NEXT: Mapping[CaseStatus, tuple[Deed, ...]] = MappingProxyType(
    {
        CaseStatus.RECEIVED: (Deed.CONFIRM_DISPATCH, Deed.DISPATCH),
        CaseStatus.HANDLING: (Deed.REPORT_SUPPORT, Deed.FINISH),
        CaseStatus.OPINION: (Deed.WRITE_OPINION,),
        CaseStatus.SIGNING: (Deed.SIGN,),
        CaseStatus.SEALING: (Deed.GIVE_NUMBER, Deed.SEAL),
        CaseStatus.DELIVERING: (Deed.DELIVER,),
        CaseStatus.FOLLOW_UP: (Deed.FOLLOW_UP,),
        CaseStatus.CLOSED: (Deed.ARCHIVE,),
        CaseStatus.GUIDED: (Deed.CHECK_ARRIVAL, Deed.ARCHIVE),
        CaseStatus.WITHDRAWN: (Deed.ARCHIVE,),
    }
)


def ways_now(file: CaseFile, person: Person) -> list[Way]:
    """Return what this person may do to the case now, the next step first."""
    allowed = set(deeds_now(file.stand, person))
    allowed -= idle_deeds(file, person) | pointless_deeds(file, person) | deeds_elsewhere(file)
    allowed -= moot_deeds(file) | unasked_deeds(file) | unsteered_deeds(file)
    allowed -= unled_deeds(file) | idle_notices(file)
    allowed -= moot_receptions(file)
    if not file.papers:
        allowed.discard(Deed.SCAN_BACK)
    allowed.discard(Deed.GIVE_NUMBER if waits_for_seal(file) else Deed.SEAL)
    if file.arrival.has_arrived:
        allowed.discard(Deed.CHECK_ARRIVAL)
    first = next_deed(file, allowed)
    issuing = issue_ways(file)
    ways = [
        _named(way, file)
        for way in _WAYS
        if way.deed in allowed and (way.deed is not Deed.ISSUE_PAPER or way.option in issuing)
    ]
    ways.sort(key=lambda way: way.deed is not first)
    found = _one_meaning_per_key(ways)
    if found and found[0].deed is first:
        found[0] = replace(found[0], is_next=True)
    return found


def waits_for_seal(file: CaseFile) -> bool:
    """Return whether the opinion of this round has its number, so that it can be sealed."""
    return any(
        paper.round_no == file.round.number for paper in opinions_at(file, PaperState.TO_SEAL)
    )


def next_deed(file: CaseFile, allowed: set[Deed]) -> Deed | None:
    """Return the next step in the life of the case that this person may take."""
    must_call = file.calling.owns_clock and any(
        clock.kind is ClockKind.CONTACT
        and clock.is_running
        and clock.facts.is_applicable
        and clock.round_no == file.round.number
        for clock in file.clocks
    )
    if file.status in {CaseStatus.DISPATCHED, CaseStatus.ACCEPTED}:
        pair = [Deed.CONTACT, Deed.VERIFY] if must_call else [Deed.VERIFY, Deed.CONTACT]
        wanted = [*pair, Deed.REPORT_SUPPORT] if file.status is CaseStatus.ACCEPTED else []
    else:
        wanted = list(_NEXT.get(file.status, ()))
        if file.status is CaseStatus.GUIDED and file.arrival.stays_away:
            wanted.insert(0, Deed.TAKE_IN)
        if must_call and file.status is CaseStatus.HANDLING:  # a further round begins with a call
            wanted.insert(0, Deed.CONTACT)
    wanted = [Deed.DECIDE_RETURN, Deed.ACCEPT, *wanted]
    return next((deed for deed in wanted if deed in allowed), None)


def _named(way: Way, file: CaseFile) -> Way:
    if way.deed is Deed.DISPATCH and file.status is not CaseStatus.RECEIVED:
        return replace(way, label="改派")
    if way.deed is Deed.DO_NOT_CALL and is_not_called(file):
        return replace(way, label="可以再打", icon="phone")
    if way.deed is Deed.SIGN and (said := signing_words(file)) is not None:
        return replace(way, label=said[0], key=said[1])
    if way.deed is Deed.MARK_KEY and file.key_reason:
        return replace(way, label="取消重点件、改理由")
    if way.deed is Deed.GRADE and not file.is_graded:
        return replace(way, label="定级")
    return way


def _one_meaning_per_key(ways: list[Way]) -> list[Way]:
    """Give a key to the first that wants it: someone with every role has both ends of a deed."""
    taken: set[str] = set()
    found = []
    for way in ways:
        key = "" if way.key in taken else way.key
        taken.add(way.key)
        found.append(replace(way, key=key))
    return found
