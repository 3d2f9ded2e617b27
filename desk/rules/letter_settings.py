"""What a hall sets for itself about letters and talks (提醒函、约谈的设置)."""

from desk.rules.letters import OFTEN
from desk.rules.setting_kinds import HallSetting, whole
from desk.rules.talks import SEED, read_rule, show_rule

TALK_RULE, REMINDERS_OFTEN = "talk_rule", "reminders_often"
LETTER_SETTINGS = (
    HallSetting(
        REMINDERS_OFTEN,
        "一个季度几封提醒函就提示移送纪工委",
        "1 到 20 封；只提示，由领导决定。",
        OFTEN,
        whole(1, 20, "封数"),
    ),
    HallSetting(
        TALK_RULE,
        "每月提名约谈哪些单位",
        "写成 10 件、后 3 名：当月至少 10 件、排名在后 3 名以内；只提名，由人决定。",
        {"cases": SEED.cases, "last": SEED.last},
        read_rule,
        show_rule,
    ),
)
