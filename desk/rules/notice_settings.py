"""What a hall sets for itself about notices and guided people (告知书、引导对接)."""

from desk.rules.notices import NOTICE_SEAL
from desk.rules.setting_kinds import HallSetting, read_switch, show_switch, whole

ARRIVAL_DAYS = "arrival_days"
NOTICE_SETTINGS = (
    HallSetting(
        NOTICE_SEAL,
        "受理告知书、引导告知书要盖章",
        "开：出具后先到“文书”的待盖章，盖章自动登记。关：不印章位，出具后直接待送达。",
        True,  # noqa: FBT003 - the value itself
        read_switch,
        show_switch,
    ),
    HallSetting(
        ARRIVAL_DAYS,
        "引导对接后几个工作日问到了没有",
        "1 到 30 个；到了这一天，工作台上就提醒去问。问了还没到、没联系上的，隔同样的天数再提醒。",
        3,
        whole(1, 30, "工作日"),
    ),
)
