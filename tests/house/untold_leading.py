"""Refusals about led cases and meetings that no window can bring about (包案、会商), and why."""

from collections.abc import Mapping

_NOT_OFFERED = "“现在可以” does not offer it then, and a window left open is told “刚有变化” first"
_FROM_A_LIST = "the window offers only who is fit, and such rows are never deleted"

UNTOLD_LEADING: Mapping[tuple[str, str], str] = {
    ("leader_cases", "此人要回避，或看不到这一件，请另选一位。"): _FROM_A_LIST,
    ("leader_cases", "现在不是分管领导或主要领导，请另选。"): _FROM_A_LIST,
    ("leader_cases", "请写成 …；人数从 1 到 "): "told where a hall is set up (tests/rules)",
    ("leader_team", "包案领导只有一位，要换人请用“移交”。"): _FROM_A_LIST,
    ("leader_team", "包案领导不能退出专班，要换人请用“移交”。"): _FROM_A_LIST,
    (
        "meetings",
        "一次会只挂在一件诉求、一个专题或一张哨单下，请只选一样。",
    ): "each page writes minutes of what it shows",
    (
        "meetings",
        "这份纪要刚被更正。您写的内容还在，请看过最新的再存。",
    ): "correcting changes the case, so that the panel hears of it first",
    ("meetings", "会还没有开，请核对开会时间。"): "the field refuses a moment to come",
}
