"""What a hall sets for itself about appointments (预约的设置)."""

from desk.rules.setting_kinds import HallSetting, whole

COUNTER_PLACES, LEADER_PLACES = "appointments_per_slot", "reception_per_slot"
AHEAD_DAYS, KEPT_DAYS = "appointment_ahead_days", "appointment_kept_days"
RECEPTION_SETTINGS = (
    HallSetting(
        COUNTER_PLACES,
        "窗口每半小时可约几位",
        "0 到 20 位；0 表示窗口不接受预约。没有预约的照常接待。",
        2,
        whole(0, 20, "人数"),
    ),
    HallSetting(
        LEADER_PLACES,
        "领导接访每半小时可约几位",
        "0 到 20 位；0 表示接访日不接受预约。",
        2,
        whole(0, 20, "人数"),
    ),
    HallSetting(
        AHEAD_DAYS,
        "最多提前几天预约",
        "1 到 90 天。",
        30,
        whole(1, 90, "天数"),
    ),
    HallSetting(
        KEPT_DAYS,
        "没有成案的预约，过几天抹去姓名电话",
        "1 到 365 天；成案的当时就只留在案件里。",
        30,
        whole(1, 365, "天数"),
    ),
)
