"""What a hall sets for itself about cases led by a leader (包案的设置): lists, pattern, days."""

from desk.rules.leader_cases import (
    SEED_PATTERN,
    SEED_PLEDGES,
    SEED_QUESTIONS,
    read_pattern,
    show_pattern,
)
from desk.rules.setting_kinds import HallSetting, read_words, whole

PLEDGES, QUESTIONS, PATTERN = "five_pledges", "three_questions", "team_pattern"
PLAN_DAYS, STILL_DAYS = "leader_case_days", "leader_case_still_days"


def _listed(value: list[str]) -> str:
    return "、".join(value)


LEADER_CASE_SETTINGS = (
    HallSetting(
        PLEDGES,
        "包案：“五包”的内容",
        "用“、”隔开，可多可少；各地说法不同，本单位可改。已填过的包案照旧。",
        list(SEED_PLEDGES),
        read_words,
        _listed,
    ),
    HallSetting(
        QUESTIONS,
        "“三问”的内容",
        "用“、”隔开；包案、办理完毕、挂账、剔除时都显示，只提示，答了就留下。",
        list(SEED_QUESTIONS),
        read_words,
        _listed,
    ),
    HallSetting(
        PATTERN,
        "包案：专班怎么组（1+1+2+N）",
        "写成 年轻干部 1，业务人员 2；少了只提示，不拦。",
        dict(SEED_PATTERN),
        read_pattern,
        show_pattern,
    ),
    HallSetting(
        PLAN_DAYS,
        "包案：缺省几天内化解",
        "1 到 365 天；提级时可以改。",
        30,
        whole(1, 365, "天数"),
    ),
    HallSetting(
        STILL_DAYS,
        "包案：几天没有进展就提醒包案领导",
        "1 到 60 天；没有记进展、会商，也没有完成计划的，排在领导桌面最前。",
        7,
        whole(1, 60, "天数"),
    ),
)
