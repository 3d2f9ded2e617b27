"""The hall's own word for every code, and the way back from a word to its code."""

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from desk.rules import codes
from desk.rules.assessment_wording import ASSESSMENT_LABELS
from desk.rules.clock_wording import CLOCK_LABELS
from desk.rules.early_action_wording import EARLY_ACTION_LABELS
from desk.rules.errors import RuleBroken
from desk.rules.followup_codes import FollowUpAdvice
from desk.rules.grid_wording import GRID_LABELS
from desk.rules.leader_case_wording import LEADER_CASE_LABELS
from desk.rules.mediation_wording import MEDIATION_LABELS
from desk.rules.privacy_codes import ErasureGround
from desk.rules.proactive_wording import PROACTIVE_LABELS
from desk.rules.reception_wording import RECEPTION_LABELS
from desk.rules.whistle_wording import WHISTLE_LABELS
from desk.rules.withdrawal import WITHDRAWAL_LABELS

Code = TypeVar("Code", bound=StrEnum)

# One table per code table: members of different tables may share a value and so be equal.
LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    **ASSESSMENT_LABELS,
    **EARLY_ACTION_LABELS,
    **GRID_LABELS,
    **LEADER_CASE_LABELS,
    **MEDIATION_LABELS,
    **WHISTLE_LABELS,
    **PROACTIVE_LABELS,
    **RECEPTION_LABELS,
    **WITHDRAWAL_LABELS,
    ErasureGround: {
        ErasureGround.EXPIRED: "保管期满",
        ErasureGround.WISH: "本人要求删除",
    },
    **CLOCK_LABELS,
    codes.Urgency: {
        codes.Urgency.URGENT: "紧急",
        codes.Urgency.FAST: "快处",
        codes.Urgency.ROUTINE: "常态",
    },
    codes.Exit: {
        codes.Exit.ON_SPOT: "现场答复",
        codes.Exit.OWN_UNIT: "本部门自办",
        codes.Exit.TRANSFER: "受理转办",
        codes.Exit.GUIDANCE: "引导对接",
    },
    codes.CaseStatus: {
        codes.CaseStatus.RECEIVED: "待分拨",
        codes.CaseStatus.DISPATCHED: "待签收",
        codes.CaseStatus.ACCEPTED: "联系核实",
        codes.CaseStatus.HANDLING: "办理中",
        codes.CaseStatus.OPINION: "待写意见书",
        codes.CaseStatus.SIGNING: "待审签",
        codes.CaseStatus.SEALING: "待盖章",
        codes.CaseStatus.DELIVERING: "待送达",
        codes.CaseStatus.FOLLOW_UP: "待回访",
        codes.CaseStatus.CLOSED: "已办结",
        codes.CaseStatus.ARCHIVED: "已归档",
        codes.CaseStatus.GUIDED: "已引导",
        codes.CaseStatus.PARKED: "挂账",
        codes.CaseStatus.MERGED: "已合并",
        codes.CaseStatus.WITHDRAWN: "已撤回",
    },
    codes.Channel: {
        codes.Channel.VISIT: "来厅",
        codes.Channel.CALL: "来电",
        codes.Channel.LETTER: "来信",
        codes.Channel.HOTLINE: "12345",
        codes.Channel.PLATFORM: "小程序/民诉平台",
        codes.Channel.LEADER_DAY: "领导接访",
        codes.Channel.GRID: "社区网格",
        codes.Channel.PETITION: "信访平台",
        codes.Channel.QR_CODE: "扫码",
        codes.Channel.DUTY_ROOM: "值班电话",
        codes.Channel.MEDIA: "媒体舆情",
        codes.Channel.ASSIGNED: "上级交办",
        codes.Channel.EARLY_ACTION: "未诉先办",
        codes.Channel.OTHER: "其他",
    },
    codes.SourceLevel: {
        codes.SourceLevel.CITY: "市级直派",
        codes.SourceLevel.DISTRICT: "区级转派",
        codes.SourceLevel.STREET: "街道自收",
        codes.SourceLevel.COMMUNITY: "社区上报",
    },
    codes.Purpose: {
        codes.Purpose.INQUIRY: "咨询",
        codes.Purpose.HELP: "求助",
        codes.Purpose.COMPLAINT: "投诉",
        codes.Purpose.REPORT: "举报",
        codes.Purpose.SUGGESTION: "建议",
        codes.Purpose.CLAIM: "申诉求决",
        codes.Purpose.MEDIATION: "调解申请",
        codes.Purpose.THANKS: "感谢",
        codes.Purpose.OTHER: "其他",
    },
    codes.UnitKind: {
        codes.UnitKind.STREET: "街道",
        codes.UnitKind.COORDINATION: "信联办",
        codes.UnitKind.SECTION: "职责科室",
        codes.UnitKind.ENFORCEMENT: "执法队",
        codes.UnitKind.COMMUNITY: "社区",
        codes.UnitKind.GRID: "网格",
        codes.UnitKind.INSPECTION: "纪工委",
        codes.UnitKind.STUDIO: "个人调解室",
        codes.UnitKind.COMMITTEE: "人民调解委员会",
        codes.UnitKind.OUTSIDE: "街道以外的单位",
    },
    codes.Role: {
        codes.Role.CLERK: "窗口",
        codes.Role.DISPATCHER: "信联办分拨",
        codes.Role.HANDLER: "承办人",
        codes.Role.COMMUNITY: "社区",
        codes.Role.FOLLOW_UP: "回访员",
        codes.Role.LEADER: "分管领导",
        codes.Role.CHIEF: "主要领导",
        codes.Role.OFFICE: "党政办",
        codes.Role.MEDIATOR: "调解员",
        codes.Role.SECRETARY: "调解秘书",
        codes.Role.DIRECTOR: "调委会主任",
        codes.Role.INSPECTOR: "纪工委",
        codes.Role.ARCHIVIST: "档案员",
        codes.Role.AUDITOR: "审计",
        codes.Role.ADMINISTRATOR: "管理员",
        codes.Role.OUTSIDER: "驻场第三方",
    },
    codes.UpkeepKind: {
        codes.UpkeepKind.BACKUP: "备份",
        codes.UpkeepKind.DRILL: "恢复演练",
    },
    codes.AssignmentRole: {
        codes.AssignmentRole.LEAD: "主办",
        codes.AssignmentRole.SUPPORT: "协办",
        codes.AssignmentRole.GRID: "网格",
    },
    codes.AssignmentStatus: {
        codes.AssignmentStatus.WAITING: "待签收",
        codes.AssignmentStatus.ACCEPTED: "已签收",
        codes.AssignmentStatus.RETURNING: "申请退回",
        codes.AssignmentStatus.REPORTED: "已反馈",
        codes.AssignmentStatus.RETURNED: "已退回",
        codes.AssignmentStatus.REPLACED: "已改派",
    },
    codes.DispatchMode: {
        codes.DispatchMode.DIRECT: "直派",
        codes.DispatchMode.DOUBLE: "双派",
    },
    codes.ReturnReason: {
        codes.ReturnReason.NOT_OURS: "职责不符",
        codes.ReturnReason.INCOMPLETE: "信息不全",
        codes.ReturnReason.REPEAT: "重复",
    },
    codes.ClockKind: {
        codes.ClockKind.DISPATCH: "分拨",
        codes.ClockKind.ACCEPT: "签收",
        codes.ClockKind.CONTACT: "联系",
        codes.ClockKind.VERIFY: "核实",
        codes.ClockKind.HANDLE: "办理",
        codes.ClockKind.OPINION: "意见书",
        codes.ClockKind.FOLLOW_UP: "回访",
        codes.ClockKind.NOTIFY: "受理告知",
        codes.ClockKind.SETTLE: "信访答复",
        codes.ClockKind.MEDIATE: "调解",
        codes.ClockKind.CONFIRM: "司法确认",
    },
    codes.ClockEvent: {
        codes.ClockEvent.RECEIVED: "受理",
        codes.ClockEvent.DISPATCHED: "分拨",
        codes.ClockEvent.ACCEPTED: "签收",
        codes.ClockEvent.CONTACTED: "首次联系",
        codes.ClockEvent.VERIFIED: "核实",
        codes.ClockEvent.HANDLED: "办理完毕",
        codes.ClockEvent.SUBMITTED: "意见书提交",
        codes.ClockEvent.SIGNED: "审签",
        codes.ClockEvent.DELIVERED: "送达",
        codes.ClockEvent.FOLLOWED_UP: "回访",
        codes.ClockEvent.CLOSED: "办结",
        codes.ClockEvent.NOTIFIED: "受理告知",
        codes.ClockEvent.MEDIATION_ACCEPTED: "调解受理",
        codes.ClockEvent.MEDIATION_ENDED: "调解终结",
        codes.ClockEvent.AGREED: "协议生效",
        codes.ClockEvent.FILED: "提交司法确认申请",
    },
    codes.SpanUnit: {
        codes.SpanUnit.MINUTE: "自然分钟",
        codes.SpanUnit.HOUR: "自然小时",
        codes.SpanUnit.WORKING_MINUTE: "工作时间（分钟）",
        codes.SpanUnit.WORKING_HOUR: "工作时间（小时）",
        codes.SpanUnit.WORKING_DAY: "工作日",
        codes.SpanUnit.DAY: "自然日",
    },
    codes.ContactWay: {
        codes.ContactWay.PHONE: "电话",
        codes.ContactWay.FACE: "当面",
        codes.ContactWay.HOME: "上门",
        codes.ContactWay.SITE: "现场",
        codes.ContactWay.ONLINE: "线上",
    },
    codes.ContactResult: {
        codes.ContactResult.REACHED: "接通",
        codes.ContactResult.NO_ANSWER: "没人接",
        codes.ContactResult.REFUSED: "拒接",
        codes.ContactResult.WRONG_NUMBER: "号码错",
    },
    codes.HandlingResult: {
        codes.HandlingResult.SOLVED: "已解决",
        codes.HandlingResult.PARTLY: "部分解决",
        codes.HandlingResult.MEASURES: "已采取措施待复查",
        codes.HandlingResult.EXPLAINED: "已解释（政策不支持）",
        codes.HandlingResult.LEGAL_WAY: "引导法定途径",
        codes.HandlingResult.HANDED_OVER: "转其他机关",
        codes.HandlingResult.WITHDRAWN: "诉求人撤回",
        codes.HandlingResult.UNFOUNDED: "不属实",
        codes.HandlingResult.UNREACHABLE: "无法联系",
        codes.HandlingResult.PARKED: "挂账",
        codes.HandlingResult.IMPOSSIBLE: "不可办",
    },
    codes.Resolution: {
        codes.Resolution.YES: "已解决",
        codes.Resolution.PARTLY: "部分解决",
        codes.Resolution.NO: "未解决",
        codes.Resolution.EXPLAINED: "已解释认可",
    },
    codes.Satisfaction: {
        codes.Satisfaction.SATISFIED: "满意",
        codes.Satisfaction.FAIRLY: "基本满意",
        codes.Satisfaction.DISSATISFIED: "不满意",
        codes.Satisfaction.NOT_RATED: "未评价",
    },
    codes.Verdict: {
        codes.Verdict.DOUBLE_YES: "双是",
        codes.Verdict.NOT_DOUBLE_YES: "非双是",
        codes.Verdict.DOUBLE_NO: "双否",
    },
    codes.FollowUpWay: {
        codes.FollowUpWay.PHONE: "电话",
        codes.FollowUpWay.HOME: "上门",
        codes.FollowUpWay.HALL: "来厅",
        codes.FollowUpWay.ONLINE: "短信/平台",
    },
    codes.FirstHeard: {
        codes.FirstHeard.TEN_MINUTES: "10分钟内",
        codes.FirstHeard.SAME_DAY: "当天",
        codes.FirstHeard.LATER: "次日及以后",
    },
    codes.Discontent: {
        codes.Discontent.NOT_CONTACTED: "未联系",
        codes.Discontent.NOT_SOLVED: "未解决",
        codes.Discontent.ATTITUDE: "态度",
        codes.Discontent.LATE: "超时",
        codes.Discontent.UNTRUE: "与事实不符",
        codes.Discontent.BEYOND_POLICY: "期望超出政策",
        codes.Discontent.OTHER: "其他",
    },
    codes.NextStep: {
        codes.NextStep.CLOSE: "办结归档",
        codes.NextStep.AGAIN: "二次办理",
    },
    FollowUpAdvice: {
        FollowUpAdvice.LIFT: "吹哨/包案",
        FollowUpAdvice.PARK: "挂账",
        FollowUpAdvice.APPEAL: "差评申诉",
    },
    codes.DeliveryWay: {
        codes.DeliveryWay.IN_PERSON: "当面签收",
        codes.DeliveryWay.MAIL: "邮寄",
        codes.DeliveryWay.ONLINE: "短信/平台",
        codes.DeliveryWay.REFUSED: "拒签",
    },
    codes.GuideWay: {
        codes.GuideWay.CALLED: "已通话",
        codes.GuideWay.ACCOMPANIED: "陪同",
        codes.GuideWay.WRITTEN: "书面",
    },
    codes.IdKind: {
        codes.IdKind.ID_CARD: "居民身份证",
        codes.IdKind.RESIDENCE_PERMIT: "港澳台居民居住证",
        codes.IdKind.PASSPORT: "护照",
        codes.IdKind.OTHER: "其他",
    },
    codes.Sex: {
        codes.Sex.FEMALE: "女",
        codes.Sex.MALE: "男",
    },
    codes.PaperState: {
        codes.PaperState.ISSUED: "已出具",
        codes.PaperState.TO_SEAL: "待盖章",
        codes.PaperState.TO_DELIVER: "待送达",
        codes.PaperState.DELIVERED: "已送达",
        codes.PaperState.SCANNED: "签字件已扫回",
        codes.PaperState.VOID: "已作废",
    },
    codes.OpinionStatus: {
        codes.OpinionStatus.DRAFT: "起草中",
        codes.OpinionStatus.SUBMITTED: "待审签",
        codes.OpinionStatus.SENT_BACK: "退回修改",
        codes.OpinionStatus.SIGNED: "已签发",
    },
    codes.ConfirmWay: {
        codes.ConfirmWay.IN_PERSON: "当面签字",
        codes.ConfirmWay.PHONE: "电话确认",
        codes.ConfirmWay.WRITTEN: "书面来信",
    },
    codes.AttachmentKind: {
        codes.AttachmentKind.BEFORE: "处理前",
        codes.AttachmentKind.AFTER: "处理后",
        codes.AttachmentKind.RECORDING: "录音录像",
        codes.AttachmentKind.SCAN: "扫描件",
        codes.AttachmentKind.OTHER: "其他材料",
    },
    codes.LibraryKind: {
        codes.LibraryKind.STATUTE: "法规条文",
        codes.LibraryKind.STANDARD: "答复口径",
        codes.LibraryKind.PHRASE: "常用语",
    },
    codes.KeptKind: {
        codes.KeptKind.ORIGINAL: "原件",
        codes.KeptKind.KEY: "钥匙",
        codes.KeptKind.OTHER: "其他",
    },
}

# Other words that ledgers of other systems use for the same thing (EXCHANGE.md 2).
SYNONYMS: Mapping[type[StrEnum], Mapping[str, StrEnum]] = {
    codes.Channel: {
        "大厅来访": codes.Channel.VISIT,
        "来访": codes.Channel.VISIT,
        "热线": codes.Channel.HOTLINE,
        "12345热线": codes.Channel.HOTLINE,
        "小程序": codes.Channel.PLATFORM,
        "民诉平台": codes.Channel.PLATFORM,
        "民意速办": codes.Channel.PLATFORM,
        "网络": codes.Channel.PLATFORM,
        "二维码": codes.Channel.QR_CODE,
        "电话": codes.Channel.CALL,
        "网格": codes.Channel.GRID,
        "网格上报": codes.Channel.GRID,
        "值班室电话": codes.Channel.DUTY_ROOM,
        "媒体": codes.Channel.MEDIA,
    },
    codes.Resolution: {
        "是": codes.Resolution.YES,
        "解决": codes.Resolution.YES,
        "部分": codes.Resolution.PARTLY,
        "否": codes.Resolution.NO,
    },
    codes.HandlingResult: {"已解释": codes.HandlingResult.EXPLAINED},
    codes.FollowUpWay: {"平台": codes.FollowUpWay.ONLINE, "短信": codes.FollowUpWay.ONLINE},
    codes.Purpose: {"意见": codes.Purpose.SUGGESTION},
}


def _folded(word: str) -> str:
    """Return a word without outer blanks and with half-width brackets, as ledgers mix them."""
    return unicodedata.normalize("NFKC", word).strip()


def label(code: StrEnum) -> str:
    """Return the word a clerk knows for `code`."""
    return LABELS[type(code)][code]


def choices(table: type[Code]) -> list[tuple[Code, str]]:
    """Return every code of `table` with its label, in the order of the code table."""
    return [(code, LABELS[table][code]) for code in table]


def from_label(table: type[Code], word: str) -> Code:
    """Return the code of `table` that a clerk or a ledger calls `word`.

    Raises:
        RuleBroken: no code has this label; the sentence lists the known ones.
    """
    wanted = _folded(word)
    for code, known in choices(table):
        if _folded(known) == wanted:
            return code
    found = SYNONYMS.get(table, {}).get(wanted)
    if isinstance(found, table):
        return found
    known_words = "、".join(known for _, known in choices(table))
    raise RuleBroken(f"“{word}”不在可选项内，可填：{known_words}。")


def sentence_of(text: str) -> str:
    """Return what somebody wrote as a sentence, with one full stop however he ended it."""
    return text.rstrip("。．. ") + "。" if text[-1:] not in "！？!?" else text
