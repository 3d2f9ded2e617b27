"""Refusals that are put together elsewhere, or said around a case, and why no window tells them."""

from collections.abc import Mapping

_ASKED_BEFORE = "the window asks for it before it sends anything"
_NOT_OFFERED = "“现在可以” does not offer it then, and a window left open is told “刚有变化” first"
_FROM_A_LIST = "the window offers only what is there, and such rows are never deleted"
_ON_ITS_PAGE = "heard on its own page on SQLite (tests/ui); on both engines in tests/actions"
_FREE_PLACES = "the page of appointments offers only half hours with a free place"
_NOT_A_CHOICE = "the choices are read with the file: only papers that can be issued now"
_NO_WAY_THERE = "who may not do it has no page for it"

UNTOLD_AROUND: Mapping[tuple[str, str], str] = {
    ("answer_library", "找不到这一条，请刷新后再试。"): _FROM_A_LIST,
    ("archiving", "超过 … 件，请先选年份或盒号，分几次打印。"): _ON_ITS_PAGE,
    ("answer_library", "标题还没有写，查找时要用。"): _ASKED_BEFORE,
    ("answer_library", "正文还没有写。"): _ASKED_BEFORE,
    (
        "attachments",
        (
            "这份…还没有核对过，里面可能有证件、电话或住址。请看（听）一遍再勾“核对过了”，"
            "或写明带出的理由，理由会留痕。"
        ),
    ): _ON_ITS_PAGE,
    ("chief_dispatch", "请先拟派，由一把手确认。"): (
        "the box to send it directly goes as soon as the first leader has answered"
    ),
    (
        "closing",
        "这一件已封存，只有原来的经办人、档案员、信联办、分管领导和纪工委可以写理由查看。",
    ): "the button to look is hidden from everybody else",
    ("directory", "事项的名称还没有写。"): _ASKED_BEFORE,
    ("directory", "所选的单位不在单位表里，请重新选择。"): _FROM_A_LIST,
    ("early_actions", "这一条由所在社区、处置单位或信联办办理。"): _NOT_OFFERED,
    ("handing_over", "找不到这份文书，请刷新后再试。"): _FROM_A_LIST,
    ("intake_checks", "所选的…已不在表里，请重新选择。"): _FROM_A_LIST,
    ("keeping", "找不到这件保管的东西，请刷新后再试。"): _FROM_A_LIST,
    ("leader_areas", "找不到这一行包片，请刷新后再试。"): _FROM_A_LIST,
    ("leader_areas", "请从列表里选一个单位。"): _FROM_A_LIST,
    ("leader_areas", "那时不是分管领导或主要领导，请先给岗位。"): _FROM_A_LIST,
    ("leader_cases", "包案的进展由包案领导、专班成员、主办单位和信联办来记。"): _NOT_OFFERED,
    ("leader_steps", "找不到这一步，请刷新后再看。"): _FROM_A_LIST,
    (
        "leader_team",
        "保密件的专班只能由本来看得到此件的人参加，请从承办单位里选。",
    ): _FROM_A_LIST,
    ("leader_team", "请从列表里选成员。"): _FROM_A_LIST,
    ("letters", "找不到这份文书，请刷新后再试。"): _FROM_A_LIST,
    ("letters", "请从列表里选收信的单位。"): _FROM_A_LIST,
    ("meetings", "找不到这次会，请刷新后再试。"): _FROM_A_LIST,
    ("notices", "已经出过，要按最新情况重出请用“更正文书”。"): _NOT_A_CHOICE,
    (
        "notices",
        "还没有要送达的文书：意见书盖章后再出；告知书的送达回证就是它的下联。",
    ): _NOT_A_CHOICE,
    ("notices", "这种文书办到那一步会自动出具，不用单独出。"): _NOT_A_CHOICE,
    (
        "papers",
        " 与第一次出具时不一致，请不要使用，并告诉管机器的同事。",
    ): "it takes a paper that was changed behind the program's back (tests/ui/test_printing.py)",
    ("papers", "找不到这份文书，请刷新后再试。"): _FROM_A_LIST,
    ("people", "请写明为什么撤回。"): _ON_ITS_PAGE,
    ("people", "请写明怎么看出来的，例如当面核对了证件。"): _ON_ITS_PAGE,
    ("people", "这条认定已经撤回了，请刷新一人一档。"): _NOT_OFFERED,
    ("receptions", "不接待"): _FREE_PLACES,
    ("receptions", "已经约满"): _FREE_PLACES,
    ("receptions", "这天还有空的："): _FREE_PLACES,
    ("receptions", "这天没有空档了，请换一天。"): _FREE_PLACES,
    ("receptions", "找不到这次接访，请刷新后再试。"): _FROM_A_LIST,
    ("receptions", "请从列表里选跟进单位。"): _FROM_A_LIST,
    ("receptions", "请写一句来办什么事，当天不用再问。"): _ON_ITS_PAGE,
    ("receptions", "请写来的人怎么称呼，例如 陈女士。"): _ON_ITS_PAGE,
    ("rights", "您的岗位不能做这一步。需要时请找管理员开通。"): _NO_WAY_THERE,
    ("sign_folder", "处现在没有等签的意见书，不用印签批夹。"): _ON_ITS_PAGE,
    ("sign_folder", "找不到这位领导，请刷新后再试。"): _FROM_A_LIST,
    ("signing", "请选是谁签的。"): _FROM_A_LIST,
    ("signing", "这份意见书在…处，您是代理人；要代签请按 Alt+D。"): _ON_ITS_PAGE,
    ("stand_ins", "不是分管领导或主要领导，不用代理人。"): _FROM_A_LIST,
    ("stand_ins", "找不到这一行代理，请刷新后再试。"): _FROM_A_LIST,
    ("stand_ins", "请从列表里选一位同事。"): _FROM_A_LIST,
    ("topics", "已有在办的专题“…”，请把这些件列入它。"): _ON_ITS_PAGE,
    ("topics", "找不到这条提示，请刷新后再试。"): _FROM_A_LIST,
    ("topics", "请从列表里选一个地点。"): _FROM_A_LIST,
    ("topics", "请从列表里选一个牵头单位。"): _FROM_A_LIST,
    ("topics", "请从列表里选一个类别。"): _FROM_A_LIST,
}
