"""The pictures of the panels of list pages (分栏页的办理栏): who takes which step where."""

from PySide6.QtWidgets import QWidget

from desk.cli.panel_scenes import (
    after_line,
    line_panel,
    strike_out,
    whistle_panel,
)
from desk.cli.scenes import Shot
from desk.cli.talk_scenes import decide_anew
from desk.rules.whistling import WhistleStep
from desk.ui.early.panels import (
    ChangePanel,
    LinkPanel,
    RecheckPanel,
    ResolvePanel,
    TurnPanel,
    VoidPanel,
)
from desk.ui.early.plan_panel import CancelPanel, PlanPanel
from desk.ui.early.whistle_panel import WhistlePanel
from desk.ui.grids.panels import (
    AddPostPanel,
    ChangePostPanel,
    EvaluatePanel,
    ListPanel,
    SignsPanel,
)
from desk.ui.letters import honour_panels, letter_panels, talk_panels
from desk.ui.proactive import gathering_panels, list_panels, plan_panels
from desk.ui.receptions import panels as reception_panels
from desk.ui.whistles import end_panels, raise_panels, site_panels

# who, on which page, in which of its lists, takes which action; how the picture is called
_STEPS: tuple[tuple[str, str, int | None, str, type[QWidget], str], ...] = (
    ("1004", "letters", 1, "写提醒函", letter_panels.WritePanel, "letters-write"),
    ("1004", "letters", 1, "记送达", letter_panels.DeliverPanel, "letters-deliver"),
    ("1006", "letters", 1, "整改反馈", letter_panels.AnswerPanel, "letters-answer"),
    ("1004", "letters", 1, "撤销", letter_panels.RevokePanel, "letters-revoke"),
    ("1015", "letters", 2, "另提名", talk_panels.ProposePanel, "talks-propose"),
    ("1015", "letters", 2, "补正记录", talk_panels.RecordPanel, "talks-record"),
    ("1015", "letters", 2, "承诺落实", talk_panels.KeptPanel, "talks-kept"),
    ("1014", "letters", 3, "提名", honour_panels.NamePanel, "honours-name"),
    ("1014", "letters", 3, "撤回提名", honour_panels.WithdrawPanel, "honours-withdraw"),
    ("1004", "lists", 0, "改方案", plan_panels.PlanPanel, "plans-change"),
    ("1004", "lists", 0, "加措施", plan_panels.MeasurePanel, "plans-measure"),
    ("1022", "lists", 0, "报措施完成", plan_panels.ReportPanel, "plans-report"),
    ("1004", "lists", 0, "记议事会", plan_panels.MeetPanel, "plans-meet"),
    ("1004", "lists", 0, "治理完成", plan_panels.FinishPanel, "plans-finish"),
    ("1016", "lists", 1, "登记一次征集", gathering_panels.GatherPanel, "gathering"),
    ("1016", "lists", 1, "补录意见", gathering_panels.AddPanel, "gathering-add"),
    ("1016", "lists", 1, "更正", gathering_panels.CorrectPanel, "gathering-correct"),
    ("1004", "lists", 1, "答复", gathering_panels.AnswerPanel, "gathering-answer"),
    ("1004", "lists", 1, "改由、改期", gathering_panels.PassPanel, "gathering-pass"),
    ("1004", "lists", 1, "转诉求件", gathering_panels.TurnPanel, "gathering-turn"),
    ("1016", "lists", 2, "需求出题", list_panels.DemandPanel, "lists-demand"),
    ("1004", "lists", 2, "吹哨解题", list_panels.WhistlePanel, "lists-whistle"),
    ("1004", "lists", 2, "办结、撤回", list_panels.EndPanel, "lists-end"),
    ("1016", "lists", 3, "登记资源", list_panels.ResourcePanel, "lists-resource"),
    ("1016", "lists", 3, "立项对接", list_panels.ProjectPanel, "lists-project"),
    ("1016", "early_actions", 0, "记化解", ResolvePanel, "early-resolve"),
    ("1016", "early_actions", 1, "复看", RecheckPanel, "early-recheck-panel"),
    ("1016", "early_actions", 0, "更改、交办", ChangePanel, "early-change"),
    ("1016", "early_actions", 0, "作废", VoidPanel, "early-void"),
    ("1016", "early_actions", 0, "转诉求件", TurnPanel, "early-turn"),
    ("1016", "early_actions", 0, "关联专题", LinkPanel, "early-link"),
    ("1016", "early_actions", 0, "吹哨", WhistlePanel, "early-whistle"),
    ("1016", "early_actions", 4, "新的走访", PlanPanel, "walks-plan"),
    ("1016", "early_actions", 4, "取消走访", CancelPanel, "walks-cancel"),
    ("1001", "receptions", 1, "新预约", reception_panels.BookPanel, "appointments-book"),
    ("1001", "receptions", 1, "改期", reception_panels.MovePanel, "appointments-move"),
    ("1001", "receptions", 1, "取消预约", reception_panels.CancelPanel, "appointments-cancel"),
    ("1001", "receptions", 1, "看电话", reception_panels.PhonePanel, "appointments-phone"),
    ("1004", "receptions", 0, "接访地点", reception_panels.PlacePanel, "receptions-place"),
    ("1004", "grids", 0, "登记人员", AddPostPanel, "grids-add"),
    ("1004", "grids", 0, "更改、离岗", ChangePostPanel, "grids-change"),
    ("1004", "grids", 0, "连心牌", SignsPanel, "grids-signs"),
    ("1016", "grids", 1, "评这个月", EvaluatePanel, "grids-evaluate"),
    ("1004", "grids", 2, "改清单", ListPanel, "grids-list"),
    ("1004", "whistles", None, "吹哨", raise_panels.RaisePanel, "whistles-raise"),
)
_WHISTLE_STEPS: tuple[tuple[str, WhistleStep, type[QWidget], str], ...] = (
    ("1004", WhistleStep.REVIEW, end_panels.ReviewPanel, "review"),
    ("1016", WhistleStep.CHANGE, raise_panels.ChangePanel, "change"),
    ("1004", WhistleStep.ARRIVE, site_panels.ArrivePanel, "arrive"),
    ("1004", WhistleStep.CALL_MORE, site_panels.CallMorePanel, "call-more"),
    ("1004", WhistleStep.CONSULT, site_panels.ConsultPanel, "consult"),
    ("1004", WhistleStep.DIVIDE, site_panels.DividePanel, "divide"),
    ("1004", WhistleStep.FINISH_DUTY, site_panels.FinishDutyPanel, "finish-duty"),
    ("1004", WhistleStep.CONCLUDE, end_panels.ConcludePanel, "conclude"),
    ("1004", WhistleStep.RATE, end_panels.RatePanel, "rate"),
    ("1004", WhistleStep.FILE, end_panels.FilePanel, "file"),
    ("1004", WhistleStep.REOPEN, end_panels.ReopenPanel, "reopen"),
    ("1004", WhistleStep.WITHDRAW, end_panels.WithdrawPanel, "withdraw"),
)

STEP_SHOTS: tuple[Shot, ...] = (
    Shot("talks-decide", "1015", "letters", decide_anew, shows=talk_panels.DecidePanel),
    *(
        Shot(name, login, page, line_panel(action, view=view), shows=kind)
        for login, page, view, action, kind, name in _STEPS
    ),
    *(
        Shot(f"whistles-{name}", login, "whistles", whistle_panel(step), shows=kind)
        for login, step, kind, name in _WHISTLE_STEPS
    ),
    Shot("whistles-strike", "1004", "whistles", strike_out, shows=site_panels.StrikePanel),
    Shot(
        "plans-look",
        "1004",
        "lists",
        after_line(
            line_panel("治理完成", view=0),
            {"note": "三家店都装了净化器，逐户量过，邻居认可。"},
            line_panel("复看", view=0),
        ),
        shows=plan_panels.LookPanel,
    ),
)
