"""What each form is given to print: plain rows that are frozen as JSON when a paper is issued.

Moments are ISO strings in Shanghai time ("2026-11-02T09:05"), days are "2026-11-02", choices
are the hall's Chinese labels (the options that are printed beside them stand in the layout),
empty is None or an empty list and leaves room for handwriting. A row holds the words that are
to be read on paper: phones and identity numbers are masked by whoever builds it, if they are
to be masked.
"""

from typing import TypedDict


class PaperRow(TypedDict):
    """What every paper carries."""

    number: str  # the number printed on it, e.g. 青榕首〔2026〕00412号
    serial: str  # 系统流水, bottom left; the same on every print
    qr: str  # what the code square says: CD1:<case id>:<paper code>:<paper id>
    office: str  # 填表单位 / 署名单位, e.g. 青榕街道办事处
    seal_place: bool  # whether the dashed circles for seals are drawn
    filled_by: str | None  # 填表人
    checked_by: str | None  # 审核人
    filled_on: str | None  # 填表日期, a day


class Material(TypedDict):
    """One thing that the appellant handed in (收取材料)."""

    name: str
    copies: int
    kind: str  # 原件 or 复印件


class IntakeSheetRow(PaperRow):
    """首问首办登记表 (DOMAIN.md 2.1 as amended by 9.1) with its tear-off receipt."""

    received_at: str  # 登记时间
    happened_at: str | None  # 发生时间, where it was entered afterwards (补录)
    channel: str
    first_responder: str
    recorder: str
    first_unit: str
    appellant: str | None  # None: anonymous
    sex: str | None
    age: int | None
    phones: list[str]
    guardian: str | None  # for children under 14
    id_kind: str | None
    id_number: str | None
    visit: str | None  # 预约, 委托代办 and by whom; None: 现场
    people: int | None
    representatives: list[str]
    address: str | None
    is_confidential: bool
    services: list[str]  # needed services: 轮椅、手语、代书、翻译
    category: str  # "一级 / 二级"
    purpose: str | None
    place: str | None
    community: str | None
    grid: str | None
    occurred_at: str | None  # as it was told: 上周四晚上
    against: str | None  # 涉及单位/对方当事人
    details: str
    matters: list[str]  # only where there are several
    request: str | None
    materials: list[Material]
    repeat_of: str | None  # number of the earlier case
    other_proceedings: str | None  # 诉讼/仲裁/复议/信访: which
    exit: str
    urgency: str | None
    is_complex: bool
    dispatch_by: str | None
    handle_by: str | None
    answer: str | None  # 现场答复 / 引导解释内容
    lead_unit: str | None  # receipt: who will handle it
    unit_phone: str | None
    promised_by: str | None
    ask_how: str  # 查询方式


class ReceiptRow(PaperRow):
    """受理回执: what the appellant takes home. Level and judgement are not on it."""

    received_at: str
    appellant: str | None
    channel: str
    category: str
    matters: list[str]
    materials: list[Material]
    first_responder: str
    lead_unit: str | None
    unit_phone: str | None
    promised_by: str | None
    ask_how: str


class DispatchSlipRow(PaperRow):
    """交办单 / 转办单 / 改派单 (DOMAIN.md 2.3)."""

    kind: str  # 交办, 转办 or 改派: also the title
    case_number: str
    channel: str
    received_at: str
    urgency: str
    is_complex: bool
    dispatch_by: str | None
    contact_by: str | None
    verify_by: str | None
    handle_by: str | None
    is_confidential: bool  # name, phone and address are then printed as 保密，见系统
    appellant: str | None
    phone: str | None
    place: str | None
    category: str
    summary: str
    mode: str  # 直派 or 双派
    lead_unit: str
    support_units: list[str]
    grid_unit: str | None
    demands: list[str]  # 办理要求 that were ticked
    other_demands: str | None
    proposal: str | None  # 拟办意见 / 领导批示
    issued_by: str | None
    issued_at: str
    note: str | None


class OpinionMatter(TypedDict):
    """One matter of an opinion notice."""

    title: str
    finding: str | None  # what was found out
    result: str | None  # label of the result
    reply: str  # the opinion on this matter
    basis: str | None  # law or policy


class OpinionNoticeRow(PaperRow):
    """群众诉求处理意见书, the letter to the appellant (DOMAIN.md 2.4 (1))."""

    salutation: str  # "王桂兰女士"
    title: str  # as the handler wrote it and the leader signed it
    case_number: str
    received_at: str
    channel: str
    acceptance: str | None  # 受理情况
    matters: list[OpinionMatter]
    findings: str | None  # 调查核实情况
    measures: list[str]  # 后续措施及时限; the section is left out when empty
    remedy: str | None  # 救济途径, petitions only
    contact_name: str
    contact_phone: str
    signed_on: str | None
    copies_to: list[str]


class OpinionSheetRow(PaperRow):
    """群众诉求处理意见书, the platform's grid (DOMAIN.md 2.4 (2))."""

    case_number: str
    lead_unit: str
    first_responder: str
    first_unit: str
    handler: str
    handler_phone: str | None
    appellant: str | None
    received_at: str
    contacted_at: str | None
    verified_at: str | None
    handled_at: str | None
    is_overdue: bool
    overdue_reason: str | None
    details: str
    findings: str
    opinion: str
    basis: str | None
    result: str
    later: str | None  # 延期 or 挂账, None: neither
    unit_head_opinion: str | None
    leader_opinion: str | None
    attachments: list[str]


class FollowupMatter(TypedDict):
    """What the appellant said about one of several matters."""

    title: str
    resolution: str | None
    note: str | None


class FollowupRecordRow(PaperRow):
    """群众诉求办理情况回访登记表 (DOMAIN.md 2.5)."""

    case_number: str
    times: int  # 第 n 次回访
    urgency: str
    lead_unit: str
    appellant: str | None
    phone: str | None
    received_at: str
    handled_at: str | None
    summary: str
    handling: str
    followed_up_by: str
    followed_up_at: str | None
    way: str | None
    call_minutes: int | None
    missed_calls: int | None
    was_contacted: bool | None
    first_heard: str | None
    resolution: str | None
    matters: list[FollowupMatter]  # only where there are several
    satisfaction: str | None
    speed: int | None  # one to five stars each
    effect: int | None
    service: int | None
    feedback: int | None
    discontent: list[str]
    discontent_note: str | None
    suggestion: str | None
    next_steps: list[str]
    again_by: str | None
