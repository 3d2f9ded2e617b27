"""What a hall sets for its bulletins (通报的设置); `rules.hall_settings` takes them in."""

from desk.rules.setting_kinds import HallSetting, whole

LEAST_COUNT = "bulletin_least_count"

BULLETIN_SETTINGS = (
    HallSetting(
        LEAST_COUNT,
        "通报公开版里少于几件不写具体件数",
        "0 到 20 件；少于的不列、不写件数，能据以推算的一并不列，免得认出是谁。0 表示都写。",
        3,
        whole(0, 20, "件数"),
    ),
)
