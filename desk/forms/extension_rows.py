"""The row of the form for more time, parking and handing back (延期、挂账、退回申请)."""

from desk.forms.rows import PaperRow


class ExtensionRequestRow(PaperRow):
    """延期、挂账、退回申请: one form for three uses (DOMAIN.md 2.8)."""

    case_number: str
    lead_unit: str
    summary: str
    received_at: str
    kind: str  # 延期, 挂账 or 退回
    limit: str | None  # which limit: 办理时限
    original_due: str | None  # 原定期限, as it was at first
    due_before: str | None  # the limit when this was asked for
    until: str | None  # 拟延至, 挂账至
    reason: str
    explanation: str
    is_told: bool | None  # 是否已告知诉求人; None where nobody needs to be told
    told: str | None  # when and how
    attachments: list[str]
    asked_by: str | None
    asked_on: str | None
    head_name: str | None  # 部门负责人
    office_opinion: str | None
    leader_opinion: str | None
    result: str | None
