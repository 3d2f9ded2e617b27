"""What a hall sets for itself about proactive work (治理成效、复看、意见征集的设置)."""

from desk.rules.setting_kinds import HallSetting, whole

EFFECT_DAYS, LOOK_DAYS, OPINION_DAYS = "effect_days", "second_look_days", "opinion_days"
PROACTIVE_SETTINGS = (
    HallSetting(
        EFFECT_DAYS,
        "治理成效比前后各多少天",
        "7 到 365 天；治理开始前与完成后各取这么多天的同类诉求相比，只对新方案起作用。",
        30,
        whole(7, 365, "天数"),
    ),
    HallSetting(
        LOOK_DAYS,
        "治理完成后几天复看",
        "1 到 365 天；到时列在“主动治理”的最上面，看过才算见效。",
        30,
        whole(1, 365, "天数"),
    ),
    HallSetting(
        OPINION_DAYS,
        "意见征集限时答复缺省几天",
        "1 到 90 天，从会议那天算起；录入时每条都可以改。",
        10,
        whole(1, 90, "天数"),
    ),
)
