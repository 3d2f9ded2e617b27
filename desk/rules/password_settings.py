"""What a hall sets for itself about passwords (密码的设置)."""

from desk.rules.login_rules import PasswordRules
from desk.rules.setting_kinds import HallSetting, whole

PASSWORD_SETTINGS = (
    HallSetting(
        "password_shortest",
        "密码至少几位",
        "8 到 64 位；等级保护测评一般要求 8 位以上。",
        PasswordRules().shortest,
        whole(8, 64, "密码长度"),
    ),
    HallSetting(
        "password_kinds",
        "密码至少用几种字符",
        "1 到 4：大写字母、小写字母、数字、符号；等级保护测评一般要求 3 种。",
        PasswordRules().kinds,
        whole(1, 4, "种数"),
    ),
    HallSetting(
        "password_days",
        "密码几天换一次",
        "0 到 365 天，到期那天登录时换；0 表示不用定期换。",
        PasswordRules().valid_days,
        whole(0, 365, "天数"),
    ),
    HallSetting(
        "password_kept",
        "新密码不能与最近几次相同",
        "0 到 24 次。",
        PasswordRules().kept,
        whole(0, 24, "次数"),
    ),
)
