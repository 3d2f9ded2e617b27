"""Refusals that no window of today can bring about, each with why (窗口里说不到的话).

They are the rules' own last word, and every one is tested where it is said (`tests/actions`,
`tests/rules`). The key is the module and the fixed words of the sentence, “…” for its gaps.
"""

from collections.abc import Mapping

from tests.house.untold_around import UNTOLD_AROUND
from tests.house.untold_leading import UNTOLD_LEADING
from tests.house.untold_whistles import UNTOLD_WHISTLES

# Modules of actions that touch cases, and yet refuse nothing about the life of one.
BESIDE = frozenset({"erasing", "morning_brief", "trail"})
# Rules that the life of a case uses as tools; what they refuse is told where a hall is set up.
TOOLS = frozenset({"looks", "numbering", "wording"})

_ASKED_BEFORE = "the window asks for it before it sends anything"
_NOT_OFFERED = "“现在可以” does not offer it then, and a window left open is told “刚有变化” first"
_RIGHTS_FIRST = "the rights refuse whoever this could happen to, with their own sentence"
_FROM_A_LIST = "the window offers only what is there, and such rows are never deleted"

UNTOLD: Mapping[tuple[str, str], str] = {
    ("assessing", "证据请从此件的附件里选；找不到的请先上传。"): _FROM_A_LIST,
    ("assessment_requests", "按现在的考评规则，“…”不能作为剔除理由。"): _FROM_A_LIST,
    ("agents", "请勾选代办人可以做什么，至少一项。"): _ASKED_BEFORE,
    ("receptions", "落实情况由跟进单位或信联办填写。"): "several units with a part at once",
    ("receptions", "这个时间已经过了，请选后面的空档。"): _FROM_A_LIST,
    ("receptions", "最多提前 … 天预约，请选近一些的日子。"): _FROM_A_LIST,
    ("receptions", "这个预约…，请刷新后看看现在的情况。"): _NOT_OFFERED,
    (
        "assessment_requests",
        "此件没有差评，不用申诉。回访以后评价不满意的才能申诉。",
    ): _NOT_OFFERED,
    ("assessment_requests", "这份申请…，不用再签。请刷新后再看。"): _NOT_OFFERED,
    ("archiving", "您的岗位不能打印归档目录。需要时请找档案员。"): "only archivists have the page",
    ("archiving", "这里还没有归档的件，不用打印。"): "the list is offered only where it has lines",
    (
        "attachments",
        "只有照片可以遮挡。视频请先截成照片再加。",
    ): "only photos get the brush",
    ("blobs", "这个文件是空的，请重新选择。"): "an empty file is refused by its name before",
    ("file_kinds", "不能归为“…”，可选："): "only the kinds that fit are offered",
    ("dispatching", "此件…，由信联办指定主办，不能再退。请与信联办商量。"): _NOT_OFFERED,
    ("dispatching", "这一部分已不在您手里，请刷新后再看。"): _FROM_A_LIST,
    ("dispatching", "这份退回申请已经答复过了，请刷新后再看。"): _ASKED_BEFORE,
    ("withdrawal", "确认的时间还没到，请核对日期和钟点。"): "the field takes no moment to come",
    (
        "extensions",
        "”是法定时限，规定里没有可以延长的话，不能延期，请按期办理。",
    ): "it takes a hall that lets people extend 办理 by law and names no days",
    ("extensions", "联系、核实之后，在“办理中”才能申请挂账。"): _NOT_OFFERED,
    ("extensions", "要退回请用“退回”，由信联办答复，不用在这里申请。"): _NOT_OFFERED,
    ("extensions", "请写明延到什么时候。"): _ASKED_BEFORE,
    ("extensions", "这份申请由包片的分管领导审批，不在您这里。"): _NOT_OFFERED,
    (
        "figure_papers",
        "这个数字背后没有件，不用打印。",
    ): "the list is offered only where it has lines",
    ("figure_papers", "超过 … 件，请先选单位或缩短期间，分几次打印。"): _ASKED_BEFORE,
    (
        "figure_papers",
        "清单里有的件您现在不能查看。请回到统计表重新打开清单，再打印。",
    ): "it takes a case that is kept from him between reading the list and printing it",
    ("followup", "分项评价是 1 到 5 颗星。"): "there are five stars to choose from",
    ("followup", "没有联系上就没有评价，请清空诉求人的回答。"): "no answers are sent then",
    ("followup", "没有联系上，不能定为二次办理。"): "no next step is sent when nobody was reached",
    ("handling", "没有等您签收的部分，请刷新后再看。"): _RIGHTS_FIRST,
    ("handover", "只能交给本单位的同事；别的单位接手请信联办改派。"): "only colleagues are offered",
    ("handover", "这份交班是写给别的同事的。"): "one sees only what is written for or by oneself",
    ("handover", "这份交班是别的同事写的。"): "one sees only what is written for or by oneself",
    ("handover", "找不到这份交班，请刷新后再试。"): _FROM_A_LIST,
    ("intake_checks", "所选的单位不在单位表里，请重新选择。"): _FROM_A_LIST,
    (
        "handing_over",
        "这份文书不属于这一件，请核对二维码。",
    ): "only its own papers are offered",
    ("last_mile", " 还没有盖章，或已经送达，请取消勾选后再存。"): _NOT_OFFERED,
    ("notice_mile", "这份文书现在是“…”，请刷新后看它到了哪一步。"): _NOT_OFFERED,
    ("letters", " 没有经过这个单位，请核对收信单位。"): _FROM_A_LIST,
    ("letters", "找不到这封信，请刷新后再试。"): _FROM_A_LIST,
    ("letters", "表扬书不用反馈。"): _NOT_OFFERED,
    ("letters", "这封提醒函…，不用再反馈。请刷新后再看。"): _NOT_OFFERED,
    ("letters", "这封信…，不能再记为…。请刷新后再看。"): _NOT_OFFERED,
    ("letters", "请先选这封信说的是哪几件。"): _ASKED_BEFORE,
    ("letters", "送达的时间应在签发以后、现在以前，请核对。"): _ASKED_BEFORE,
    ("lifecycle", "此件现在是“…”，不能直接转为“…”。请刷新后看看下一步。"): _RIGHTS_FIRST,
    ("lifecycle", "此件现在是“…”，这一步只能在…时做。请刷新后再看。"): _RIGHTS_FIRST,
    ("matters", "请先签收，再写逐项答复。"): _NOT_OFFERED,
    ("opinions", "意见书已提交审签，要改请先请签批人退回。"): _RIGHTS_FIRST,
    ("opinions", "这一件有几个事项，请逐项写答复。"): "the panel has a block for each matter then",
    ("papers", "没有这种文书，请从列表里选。"): _FROM_A_LIST,
    ("people", "请选另一件，一件不能与自己比。"): "it is not asked about the first",
    ("people", "这两件已经这样认定过了，不用再认一次。"): "only the other answer is offered then",
    ("papers", "这一件还没有…，办到那一步会自动出具。"): "only papers that were issued are offered",
    ("papers", "这份文书已送出，要更正请办二次答复。"): _NOT_OFFERED,
    ("telling", "告知的时间还没有到，请核对。"): _ASKED_BEFORE,
    ("pauses", "挂账要写申请，由分管领导批准后自动停表。"): _NOT_OFFERED,
    (
        "pauses",
        "此件现在没有可以暂停的时限：法定时限、联系和核实的时限不能暂停。",
    ): "it takes a hall whose limits may not be paused",
    ("revising", "这份意见书还没有签发，直接改就可以。"): _RIGHTS_FIRST,
    ("seal_register", "找不到用印人，请从列表里选。"): "the window writes down whoever sits there",
    ("sending", "所选的单位不在单位表里，请重新选择。"): _FROM_A_LIST,
    ("repeat_verdicts", "请选另一件，不能是此件自己。"): _FROM_A_LIST,
    ("repeat_verdicts", "这两件已关联为重复件，请先取消关联。"): _NOT_OFFERED,
    ("repeat_verdicts", "这两件没有记过“不是重复”，请刷新后再看。"): _NOT_OFFERED,
    ("set_aside", "不能并入此件自己，请写另一件的编号。"): _ASKED_BEFORE,
    ("signing", "这份意见书现在在…处，还没有轮到您签。请刷新列表。"): _NOT_OFFERED,
    ("signing", "这份意见书还没有人签，没有可以撤回的。"): _NOT_OFFERED,
    ("signing", "只能由签的人（或录入的人）自己撤回。"): "taking back is offered to whoever signed",
    (
        "signing",
        "签批人须回避这一件，不能由他或他的代理人签。请告诉信联办重新送审。",
    ): "whoever is recused sees no case, and the opinion goes to another desk",
    ("support", "没有等您反馈的协办，请刷新后再看。"): _RIGHTS_FIRST,
    ("taking_back", "已有单位签收，不能撤回。需要改请用“改派”，写一句理由。"): _NOT_OFFERED,
    ("taking_back", "没有可以撤回的分拨。需要改请用“改派”，写一句理由。"): _NOT_OFFERED,
    ("taking_back", "分拨之后又加派了单位，不能撤回。需要改请用“改派”，写一句理由。"): _NOT_OFFERED,
    ("taking_back", "只有刚才分拨的人可以撤回。需要改请用“改派”，写一句理由。"): _NOT_OFFERED,
    (
        "taking_back",
        "原来承办的是被反映的单位或人员，不能撤回给他。需要改请用“改派”，写一句理由。",
    ): "it takes a redirect and an accusation within the same minute",
    (
        "text_gate",
        "”第 … 个字是残缺的字符，存不进去。请删去这个字重新输入，其余内容都还在。",
    ): "Qt hands no half characters on",
    ("supervising", "督办只发给办过此件的单位。请先把件派给它，再督办。"): _FROM_A_LIST,
    ("supervising", "督办由签发人、签发部门的同事或领导销号，被督办单位不能自己销号。"): (
        _NOT_OFFERED
    ),
    ("supervising", "这件督办是发给别的单位的，由那个单位签收和反馈。"): _NOT_OFFERED,
    ("supervising", "这件督办现在是“…”，不能转为“…”。请刷新后看看下一步。"): _NOT_OFFERED,
    ("urging", "只能催办过此件的单位。请从列表里选。"): _FROM_A_LIST,
    ("urging", "这次催办的是别的单位，由那个单位说明。"): _NOT_OFFERED,
    ("urging", "这次催办已经说明过了。还有话要说，请写批注。"): _NOT_OFFERED,
    ("opinion_cases", "意见转诉求件，请选受理转办或本部门自办。"): _FROM_A_LIST,
    ("topics", "专题里至少要有一件诉求，请先选。"): "a proposal always has cases",
    ("topics", "此件不在这个专题里，请刷新后再看。"): _NOT_OFFERED,
    ("topics", "这个专题正在办，不用恢复。请刷新后再看。"): _NOT_OFFERED,
    ("topics", "这个专题已经结了。要接着办，请先恢复。"): _NOT_OFFERED,
    ("topics", "请先选一条类案提示。"): _NOT_OFFERED,
    ("topics", "这条提示已经恢复了。"): _NOT_OFFERED,
    ("topics", "找不到这个专题，请刷新后再试。"): _FROM_A_LIST,
    ("early_actions", "化解时间应在发现之后、现在以前，请核对。"): "a day alone means its end",
    ("early_actions", "发现时间还没有到，请核对。"): "the window writes down the present moment",
    ("early_actions", "这一条现在是“…”，不能转为“…”。请刷新后看看下一步。"): _NOT_OFFERED,
    ("early_actions", "这个地址不在您的社区。请核对，或告诉信联办。"): "told in tests/actions",
    ("finding_links", "找不到这个专题，请从列表里选。"): _FROM_A_LIST,
    ("finding_links", "未诉先办转诉求件，请选受理转办或本部门自办。"): _FROM_A_LIST,
    ("finding_links", "这一条已作废。要转诉求件，请先恢复。"): _NOT_OFFERED,
    ("finding_links", "这一条已有关联的诉求件，不能再关联另一件。"): _NOT_OFFERED,
    ("finding_links", "这一条已转成诉求件，不用再转。请打开那一件。"): _NOT_OFFERED,
    ("transaction", "找不到要…，请核对编号。"): _ASKED_BEFORE,
    **UNTOLD_AROUND,
    **UNTOLD_LEADING,
    **UNTOLD_WHISTLES,
}
