"""What a hall sets for itself about findings (未诉先办的设置)."""

from desk.rules.early_actions import RECHECK_DAYS
from desk.rules.setting_kinds import HallSetting, whole

EARLY_ACTION_SETTINGS = (
    HallSetting(
        "recheck_days",
        "未诉先办化解几天后复看",
        "1 到 90 天；记化解时可以改，到那天列在“待复看”的最上面。",
        RECHECK_DAYS,
        whole(1, 90, "天数"),
    ),
)
