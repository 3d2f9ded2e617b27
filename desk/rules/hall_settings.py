"""Everything that a hall sets for itself with one value (设置): what it may be, and our seed.

A setting is declared here once. Its value is a dated row (`store.hall_rules.setting`), edited on
the administration page as words; `read` turns the words into the value or refuses them.
"""

from collections.abc import Mapping
from types import MappingProxyType

from desk.rules.bulletin_settings import BULLETIN_SETTINGS
from desk.rules.calling import FOLLOWUP_ATTEMPTS, FOLLOWUP_PARTS, QUIET_HOURS
from desk.rules.clusters import RISING, WINDOWS, read_rise, read_windows, show_rise, show_windows
from desk.rules.contact_signs import SIGN_SETTINGS
from desk.rules.early_action_settings import EARLY_ACTION_SETTINGS
from desk.rules.leader_case_settings import LEADER_CASE_SETTINGS
from desk.rules.letter_settings import LETTER_SETTINGS
from desk.rules.looks import SEED as LOOKS
from desk.rules.looks import read_quota, show_quota
from desk.rules.notice_settings import NOTICE_SETTINGS
from desk.rules.opening_hours import EXAMPLE
from desk.rules.password_settings import PASSWORD_SETTINGS
from desk.rules.proactive_settings import PROACTIVE_SETTINGS
from desk.rules.reception_settings import RECEPTION_SETTINGS
from desk.rules.repeats import (
    SEED_DAYS,
    SEED_LIMITS,
    SEED_WEIGHTS,
    read_limits,
    read_weights,
    show_limits,
    show_weights,
)
from desk.rules.setting_kinds import (
    HallSetting,
    one_of,
    read_one_line,
    read_quiet,
    read_switch,
    read_week,
    read_words,
    show_switch,
    whole,
)
from desk.rules.supervising import SEED as STEERING
from desk.rules.whistle_settings import WHISTLE_SETTINGS

_NUMBER_SOURCES = one_of({"program": "本程序编号", "office": "党政办给号"})
_ARCHIVE_NUMBERS = one_of({"case": "用诉求编号", "own": "单独编号"})
_CHIEF_SIGNS = one_of(
    {"never": "不用", "hard": "疑难和国满件", "urgent": "紧急、疑难和国满件", "always": "每一件"}
)

AWAY_DAYS = "away_days"
FIRST_RESULT_DAYS = "first_result_days"

_ALL = (
    HallSetting(
        "lock_minutes",
        "无人操作几分钟后锁屏",
        "1 到 10 分钟；锁屏后要重新输密码，写到一半的内容都在。",
        10,
        whole(1, 10, "锁屏时间（分钟）"),
    ),
    *PASSWORD_SETTINGS,
    HallSetting(
        AWAY_DAYS,
        "连不上服务器时，几天内登录过的可以离线登记",
        "0 到 30 天；只能登记，联网后要重新输密码。0 表示不许离线登记。",
        7,
        whole(0, 30, "天数"),
    ),
    HallSetting(
        "opening_hours",
        "大厅工作时间",
        f"例如 {EXAMPLE}；后写的算数。改后到“工作日历”把在走的时限全部重算。",
        "周一至周五 09:00-12:00,14:00-18:00",
        read_week,
    ),
    HallSetting(
        "undo_seconds",
        "分拨、签发后几秒内可以撤回",
        "0 到 300 秒；0 表示不能撤回。",
        60,
        whole(0, 300, "撤回时间（秒）"),
    ),
    HallSetting(
        "returns_allowed",
        "退回、改派几次后由信联办指定主办",
        "1 到 9 次，退回和改派合在一起数；到了次数承办单位不能再退。",
        3,
        whole(1, 9, "退回次数"),
    ),
    HallSetting(
        FIRST_RESULT_DAYS,
        "首问人几天内看到自己首问的件办结、回访的结果",
        "0 到 30 天，在工作台里列出；0 表示不列。",
        5,
        whole(0, 30, "天数"),
    ),
    HallSetting(
        "chief_dispatch",
        "一把手派单",
        "开：分拨先请一把手（或其代理人）确认。关：信联办直接派出。",
        False,  # noqa: FBT003 - the value itself
        read_switch,
        show_switch,
    ),
    HallSetting(
        "chief_minutes",
        "一把手几分钟未确认就请代理人",
        "1 到 60 分钟；分拨时限将到仍未确认的，信联办可按代理规则直接派出。",
        30,
        whole(1, 60, "等待时间（分钟）"),
    ),
    HallSetting(
        "chief_signs",
        "哪些意见书还要主要领导签",
        "不用、疑难和国满件、紧急、疑难和国满件、每一件 之一。",
        "hard",
        *_CHIEF_SIGNS,
    ),
    HallSetting(
        "opinion_number",
        "意见书文号由谁给",
        "本程序编号，或党政办给号（盖章前由党政办录入）。",
        "program",
        *_NUMBER_SOURCES,
    ),
    HallSetting(
        "seals",
        "用印登记里的印章",
        "几枚印章之间用“、”隔开。程序不存任何印章图样。",
        ["街道办事处公章", "诉求专用章"],
        read_words,
        "、".join,
    ),
    HallSetting(
        "archive_number",
        "归档号怎么编",
        "用诉求编号，或单独编号。",
        "own",
        *_ARCHIVE_NUMBERS,
    ),
    HallSetting(
        "quiet_hours",
        "夜间不打电话的钟点",
        "写成 22-8，表示晚上 22 点到早上 8 点；紧急件不受限。",
        list(QUIET_HOURS),
        read_quiet,
        lambda value: f"{value[0]}-{value[1]}",
    ),
    HallSetting(
        "calls_per_day",
        "每人每天最多打几次电话",
        "1 到 9 次；全厅各单位合起来算，超过要写理由。",
        3,
        whole(1, 9, "次数"),
    ),
    HallSetting(
        "followup_attempts",
        "回访打几次没联系上才能办结",
        "1 到 9 次；要打过几个时段另有一项。",
        FOLLOWUP_ATTEMPTS,
        whole(1, 9, "次数"),
    ),
    HallSetting(
        "followup_parts",
        "没联系上的要打过几个时段",
        "1 到 3 个：上午（12 点前）、下午、晚上（18 点后）；1 表示不看时段。",
        FOLLOWUP_PARTS,
        whole(1, 3, "时段数"),
    ),
    HallSetting(
        "contact_each_round",
        "二次办理也要先联系诉求人",
        "开：第二轮起也走联系的钟。关：只走办理的钟。",
        True,  # noqa: FBT003 - the value itself
        read_switch,
        show_switch,
    ),
    HallSetting(
        "extension_ahead_hours",
        "延期、挂账要在到期前几小时申请",
        "0 到 720 小时；再晚也可以申请，但要写明为什么没有早提。0 表示到期前都可以。",
        0,
        whole(0, 720, "提前时间（小时）"),
    ),
    HallSetting(
        "extension_most_days",
        "内控时限最多延长几天",
        "1 到 365 天，几次合起来算；法定时限按它自己的规定。",
        15,
        whole(1, 365, "天数"),
    ),
    HallSetting(
        "pause_listed_days",
        "暂停超过几天就提醒",
        "1 到 365 天；到时在“挂账与暂停”里标红。",
        5,
        whole(1, 365, "天数"),
    ),
    HallSetting(
        "parked_review_days",
        "挂账件缺省几天后复核",
        "1 到 365 天；申请时可以改。",
        30,
        whole(1, 365, "天数"),
    ),
    HallSetting(
        "silent_days",
        "几天没有动静就列出来",
        "1 到 60 天；催办、发督办单不算动静，承办单位的签收、联系、反馈才算。",
        STEERING.silent_days,
        whole(1, 60, "天数"),
    ),
    HallSetting(
        "supervise_rounds",
        "办过几轮没有解决就提示督办",
        "2 到 9 轮；只提示，由人决定。",
        STEERING.rounds,
        whole(2, 9, "轮数"),
    ),
    HallSetting(
        "supervise_units",
        "转过几个单位没有牵头就提示督办",
        "2 到 9 个；只提示，由人决定。",
        STEERING.units,
        whole(2, 9, "个数"),
    ),
    HallSetting(
        "supervise_days",
        "督办件缺省几个工作日反馈",
        "1 到 60 个；发督办单时可以改。",
        STEERING.report_days,
        whole(1, 60, "工作日"),
    ),
    HallSetting(
        "notice_days",
        "催办通知书缺省几个工作日说明",
        "1 到 30 个；过了仍不说明，才可以书面通报。",
        STEERING.notice_days,
        whole(1, 30, "工作日"),
    ),
    *EARLY_ACTION_SETTINGS,
    *LETTER_SETTINGS,
    *SIGN_SETTINGS,
    *LEADER_CASE_SETTINGS,
    *BULLETIN_SETTINGS,
    *PROACTIVE_SETTINGS,
    *WHISTLE_SETTINGS,
    *RECEPTION_SETTINGS,
    *NOTICE_SETTINGS,
    HallSetting(
        "mediation_look_minutes",
        "写理由查看调解卷可看几分钟",
        "1 到 240 分钟；每次查看都留痕。",
        30,
        whole(1, 240, "时间（分钟）"),
    ),
    HallSetting(
        "looks_per_day",
        "写理由查看诉求人，每人每天几次以内",
        "写成 20，或 20、档案员 60；超过还可以查看，但会列在纪工委的起始页上。",
        dict(LOOKS),
        read_quota,
        show_quota,
    ),
    HallSetting(
        "export_alone_rows",
        "一个人一天导出不超过几件不用第二个人批准",
        "0 到 100000 件，台账和看板所列合计；超过的要另一位有导出权限的人批准，批准后用一次。",
        500,
        whole(0, 100_000, "件数"),
    ),
    HallSetting(
        "export_valid_hours",
        "批准的导出几小时内有效",
        "1 到 720 小时；过了要重新申请。",
        24,
        whole(1, 720, "有效时间（小时）"),
    ),
    HallSetting(
        "restrict_after_years",
        "办结几年后封存",
        "0 到 30 年，归档、撤回或引导完的件从办结算起；封存后本职查看也要写理由。",
        2,
        whole(0, 30, "年数"),
    ),
    HallSetting(
        "unseal_minutes",
        "封存件写理由后可看、可打印几分钟",
        "1 到 240 分钟；屏幕上仍然过半分钟就隐去，每次查看都留痕。",
        10,
        whole(1, 240, "时间（分钟）"),
    ),
    HallSetting(
        "retention_years",
        "案卷保管几年后抹除个人信息",
        "1 到 100 年，从办结算起；到期的列在“档案”里，由两个人确认后抹除。",
        10,
        whole(1, 100, "年数"),
    ),
    HallSetting(
        "cluster_windows",
        "同一地点、同一类别多少户算可能的类案",
        "写成 7 天 3 户、30 天 6 户；同一人来几次只算一户。",
        [list(one) for one in WINDOWS],
        read_windows,
        show_windows,
    ),
    HallSetting(
        "rising_topics",
        "一周多少户、比前几周多才提示上升的话题",
        "写成 5 户、4 周：本周至少 5 户，与前 4 周的平均比。",
        list(RISING),
        read_rise,
        show_rise,
    ),
    HallSetting(
        "repeat_days",
        "重复件往前找几天",
        "7 到 365 天；只提示，从不自动合并。",
        SEED_DAYS,
        whole(7, 365, "天数"),
    ),
    HallSetting(
        "repeat_weights",
        "重复件：人和地点各算几分",
        "每项 0 到 100；分高的排在前面。",
        dict(SEED_WEIGHTS),
        read_weights,
        show_weights,
    ),
    HallSetting(
        "repeat_limits",
        "重复件：说的话像到几分算同一件事",
        "每项 0 到 100；“提示”以下的不显示。",
        dict(SEED_LIMITS),
        read_limits,
        show_limits,
    ),
    HallSetting(
        "hold_minutes",
        "房间预占几分钟后自动释放",
        "5 到 1440 分钟；到时还没确认，别人就可以订。",
        30,
        whole(5, 1440, "预占时间（分钟）"),
    ),
    HallSetting(
        "mediation_no_shows",
        "当事人几次未到场就提示可以终止调解",
        "1 到 9 次；只提示，由调解员决定。",
        2,
        whole(1, 9, "次数"),
    ),
    HallSetting(
        "caucus_minutes",
        "背靠背笔记输密码后几分钟自动锁上",
        "1 到 30 分钟；笔记只有写的人和本案调解员能看。",
        5,
        whole(1, 30, "时间（分钟）"),
    ),
    HallSetting(
        "confirmation_reminder_days",
        "司法确认到期前几天提醒",
        "1 到 30 天；双方要在期限内一起申请。",
        10,
        whole(1, 30, "天数"),
    ),
    HallSetting(
        "instalment_reminder_days",
        "每期履行到期前几天提醒",
        "0 到 30 天；过了期限一直提醒到履行为止。",
        7,
        whole(0, 30, "天数"),
    ),
    HallSetting(
        "mediation_followup_days",
        "调解协议履行后几天内回访",
        "1 到 180 天。",
        15,
        whole(1, 180, "天数"),
    ),
    HallSetting(
        "mediation_retention",
        "调解卷的保管期限",
        "例如 永久、长期、短期 10 年；法律没有规定，由本单位定。",
        "长期",
        read_one_line,
    ),
)
SETTINGS: Mapping[str, HallSetting] = MappingProxyType({one.key: one for one in _ALL})
