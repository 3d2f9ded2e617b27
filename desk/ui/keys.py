"""The one table of all keys (快捷键): one action, one key, on every screen.

A screen names its keys from here and never writes a sequence itself; a house test looks.
"""

from enum import StrEnum, unique
from functools import cache
from types import MappingProxyType


@unique
class ActionKey(StrEnum):
    """What is done to a case: Alt and one letter, the same letter on every screen."""

    ARCHIVE = "Alt+A"  # 归档
    FINISH_HANDLING = "Alt+B"  # 办理完毕
    LINK_REPEAT = "Alt+C"  # 关联重复
    SIGN_FOR = "Alt+D"  # 代签
    EXTEND = "Alt+E"  # 延期、挂账
    DISPATCH = "Alt+F"  # 分拨
    CHANGE_RESPONDER = "Alt+G"  # 更改首问人、时间
    VERIFIED = "Alt+H"  # 已核实
    SEAL = "Alt+I"  # 盖章
    GRADE = "Alt+J"  # 分级
    ADD_UNIT = "Alt+K"  # 加派
    REACHED = "Alt+L"  # 接通
    WRONG_NUMBER = "Alt+M"  # 号码错
    ANOTHER_CASE = "Alt+N"  # 再开一件
    CLOSE = "Alt+O"  # 办结
    APPELLANT = "Alt+P"  # 诉求人
    ACCEPT = "Alt+Q"  # 签收
    FOLLOW_UP = "Alt+R"  # 回访
    WHISTLE = "Alt+S"  # 吹哨
    RETURN = "Alt+T"  # 退回
    ATTACH = "Alt+U"  # 附件
    DELIVER = "Alt+V"  # 送达
    NO_ANSWER = "Alt+W"  # 没接
    NOTE = "Alt+X"  # 批注、笔录
    OPINION = "Alt+Y"  # 意见书
    MEDIATE = "Alt+Z"  # 转调解


@unique
class GlobalKey(StrEnum):
    """Keys that mean the same wherever the clerk is."""

    HELP = "F1"
    NEW_INTAKE = "F2"
    SHORT_CALL = "Shift+F2"
    NEXT_HIT = "F3"
    EXPLAIN_CLOCK = "F4"
    COUNT_LIMIT = "Shift+F4"  # 算时限
    PAPER_PREVIEW = "F9"
    FACING = "F10"  # 对面屏；所有动作在 Ctrl+Shift+P
    FULL_SCREEN = "F11"
    HAND_OVER = "F12"
    LAST_MILE = "Ctrl+Shift+L"  # 盖章、送达、扫回
    ARCHIVES = "Ctrl+Shift+G"  # 档案
    KEEPING = "Shift+F11"  # 个人信息
    AUDIT = "Shift+F12"  # 留痕
    TOPICS = "Shift+F6"  # 专题
    LISTS = "Ctrl+Shift+F12"  # 治理清单
    BULLETINS = "Ctrl+F12"  # 通报
    LETTERS = "Ctrl+F10"  # 表扬与提醒
    STEERING = "Ctrl+F5"  # 督办
    EARLY_ACTIONS = "Ctrl+Shift+F3"  # 未诉先办
    RECEPTIONS = "Shift+F1"  # 接访
    WHISTLES = "Ctrl+Shift+F5"  # 吹哨
    GRIDS = "Ctrl+Shift+F10"  # 网格
    FIND = "Ctrl+K"
    ALL_ACTIONS = "Ctrl+Shift+P"
    PRINT = "Ctrl+P"
    KEEP_DRAFT = "Ctrl+S"
    PHRASES = "Ctrl+J"
    REMINDERS = "Ctrl+B"  # 铃铛
    LOCK = "Ctrl+L"
    PERSON = "Ctrl+R"  # 一人一档
    SITE = "Ctrl+T"  # 一地一档
    UPLOADS = "Shift+F9"  # 待上传
    WORKS = "Ctrl+["  # 正在做的事：导入、导出、重算
    NEXT_PANE = "Ctrl+Tab"
    FINISH = "Ctrl+Return"
    OPEN_FILE = "Alt+Return"  # 打开选中的案件卷、调解卷
    UNDO = "Ctrl+Z"
    MORE = "Alt+Down"
    BACK = "Alt+Left"
    FORWARD = "Alt+Right"  # 下一步
    OUT = "Esc"


@unique
class PlaceKey(StrEnum):
    """Where to go: Alt and a digit."""

    HOME = "Alt+1"  # 工作台
    BOARD = "Alt+2"  # 看板
    CASES = "Alt+3"  # 案件
    SIGN_OFF = "Alt+4"  # 审签
    FOLLOW_UP = "Alt+5"  # 回访
    MEDIATION = "Alt+6"  # 调解
    ROOMS = "Alt+7"  # 调解室
    STATISTICS = "Alt+8"  # 统计
    DUTY = "Alt+9"  # 值班
    ADMINISTRATION = "Alt+0"  # 管理


@unique
class IntakeKey(StrEnum):
    """The four exits of an intake; these keys are used nowhere else."""

    ON_SPOT = "F5"  # 现场答复
    OWN_UNIT = "F6"  # 本部门自办
    TRANSFER = "F7"  # 受理转办
    GUIDANCE = "F8"  # 引导对接


@unique
class PaperKey(StrEnum):
    """What is done to a paper of a case: every letter with Alt alone has its meaning already."""

    SCAN_BACK = "Ctrl+Shift+S"  # 签字件扫回
    CORRECT = "Ctrl+Shift+W"  # 更正文书
    ISSUE = "Ctrl+Shift+I"  # 出具文书
    GIVE_NUMBER = "Ctrl+Shift+N"  # 录入文号
    REVISE = "Ctrl+Shift+V"  # 改后重签
    ON_PAPER = "Ctrl+Shift+Y"  # 录入签批结果


@unique
class CaseKey(StrEnum):
    """What is done to a case now and then: Ctrl+Shift and one letter, the same on every screen."""

    MATTERS = "Ctrl+Shift+M"  # 事项
    MERGE = "Ctrl+Shift+C"  # 并入主件、拆开
    WITHDRAW = "Ctrl+Shift+H"  # 诉求人撤回、恢复
    ACCUSED = "Ctrl+Shift+R"  # 记被反映单位
    DO_NOT_CALL = "Ctrl+Shift+D"  # 请勿再打
    ARRIVAL = "Ctrl+Shift+A"  # 是否到达
    TAKE_IN = "Ctrl+Shift+T"  # 改为受理
    KEEP_ITEM = "Ctrl+Shift+K"  # 保管原件、钥匙
    DROP_SUPPORT = "Ctrl+Shift+X"  # 撤下协办
    TOPIC = "Shift+F7"  # 开专题、列入专题
    ASSESS = "Ctrl+F8"  # 剔除申请、差评申诉
    KEY_CASE = "Ctrl+F1"  # 重点件
    LETTER = "Ctrl+F9"  # 写表扬书、提醒函
    SUPERVISE = "Ctrl+F7"  # 督办：发、签收、反馈、销号
    URGE = "Ctrl+F6"  # 催办、说明
    RECEPTION = "Ctrl+Shift+F4"  # 领导接访：提请、登记、落实
    AGENT = "Ctrl+Shift+F6"  # 委托代办
    LEADER_CASE = "Ctrl+W"  # 提级包案、包案进展
    TEAM = "Ctrl+N"  # 专班、移交、结论
    MEETING = "Ctrl+H"  # 会商、议事会
    COPY_OUT = "Alt+F11"  # 回填别的平台
    PAUSE = "Ctrl+Shift+Z"  # 暂停、恢复计时，挂账件恢复办理


@unique
class MediationKey(StrEnum):
    """What is done to a mediation: every letter with Alt alone has its meaning already."""

    ASSIGN = "Ctrl+Shift+J"  # 指定调解员、邀请协助
    BOOK = "Ctrl+Shift+Q"  # 排期


@unique
class RecordKey(StrEnum):
    """While a record is written (笔录台): who speaks now, and what is at hand beside it."""

    SPEAKER_1 = "Ctrl+1"
    SPEAKER_2 = "Ctrl+2"
    SPEAKER_3 = "Ctrl+3"
    SPEAKER_4 = "Ctrl+4"
    SPEAKER_5 = "Ctrl+6"  # input methods take Ctrl+5 and Ctrl+8
    SPEAKER_6 = "Ctrl+7"
    SPEAKER_7 = "Ctrl+9"
    ATTENDANCE = "Ctrl+D"  # 到场人员
    SETTLE = "Ctrl+G"  # 达成协议
    CAUCUS = "Ctrl+Shift+O"  # 背靠背


@unique
class ListKey(StrEnum):
    """Single keys of lists, boards, grids and papers: only where nothing can be written."""

    OPEN = "Return"
    NEXT = "Space"
    NEW = "N"
    MARK = "X"
    FIRST = "Home"
    LAST = "End"
    PAGE_BACK = "PgUp"
    PAGE_ON = "PgDown"
    FIT_WIDTH = "Ctrl+0"
    COMPARE = "C"  # 前后对照
    MASK = "M"  # 遮挡人脸、车牌
    TAKE_OUT = "S"  # 另存到…
    SAME_PERSON = "Y"  # 是同一人
    OTHER_PERSON = "B"  # 不是同一人


@unique
class BoardKey(StrEnum):
    """Keys of the boards alone."""

    FIND_HERE = "Ctrl+F"  # 在看板里查找
    NAMED_FILTERS = "F"  # 常用筛选


@unique
class RoomKey(StrEnum):
    """Single keys of the rooms' grid alone; pictures have a meaning of their own for M."""

    MOVE = "M"  # 改期
    CANCEL = "Del"  # 取消


@unique
class ReceptionKey(StrEnum):
    """Single keys of the page of appointments and reception days alone (接访)."""

    CAME = "D"  # 到了
    NOT_COME = "W"  # 没有来
    PHONE = "T"  # 看电话
    PLACE = "P"  # 接访地点
    TAKE_NEXT = "Alt+F12"  # 接待下一位预约


@unique
class EarlyKey(StrEnum):
    """Keys of the page of findings and walks alone (未诉先办)."""

    TURN = "Ctrl+Shift+F7"  # 转诉求件
    CHANGE = "Ctrl+Shift+F8"  # 更改、交办
    PLAN = "Ctrl+Shift+F9"  # 新的走访


@unique
class WhistleKey(StrEnum):
    """The steps of a whistle in the order of its life, in its lists alone; Enter takes the next."""

    REVIEW = "1"  # 审核
    ARRIVE = "2"  # 登记报到
    CONSULT = "3"  # 会商意见
    DIVIDE = "4"  # 责任分工
    CONCLUDE = "5"  # 处置结果
    RATE = "6"  # 评价
    FILE = "7"  # 归档
    FINISH_DUTY = "8"  # 分工落实
    CALL_MORE = "9"  # 加叫单位


@unique
class TopicKey(StrEnum):
    """Keys of the topics' page alone (专题)."""

    DISMISS = "Shift+F8"  # 不是类案
    PLAN = "Ctrl+Shift+F11"  # 治理方案与诉求之间来回


@unique
class ListsKey(StrEnum):
    """Keys of the page of plans, opinions and lists (治理清单)."""

    NEW = "Ctrl+Shift+F2"  # 新的一条
    FINISH_PLAN = "Ctrl+Shift+F1"  # 治理完成、了结


@unique
class LetterKey(StrEnum):
    """Keys of the page of letters, talks and honours alone (表扬与提醒)."""

    NEXT = "Ctrl+F11"  # 下一步：送达、反馈、约谈、记录、落实、授予


@unique
class StatisticsKey(StrEnum):
    """Keys of the page of figures alone (统计)."""

    NEXT_VIEW = "Ctrl+U"  # 数据、图表、人民调解
    SAVE_TABLE = "Ctrl+E"  # 存为表格
    SAVE_PICTURE = "Ctrl+I"  # 存为图片
    SAVE_PDF = "Ctrl+O"  # 存为 PDF
    TAKE_OUT = "Ctrl+Y"  # 导出所列
    COLUMNS = "Ctrl+]"  # 换一组列


@unique
class GridKey(StrEnum):
    """Single keys of the page of grids alone (网格)."""

    ADD = "A"  # 登记人员
    WRITE = "E"  # 更改人员、写评价、改清单
    CARDS = "K"  # 公示卡
    SIGNS = "L"  # 连心牌


@unique
class BulletinKey(StrEnum):
    """Keys of the page of bulletins alone (通报)."""

    CASES = "Ctrl+F3"  # 看数后面的件
    PUBLIC = "Ctrl+F2"  # 公开版
    TASK = "Ctrl+F4"  # 新任务


@unique
class ScanKey(StrEnum):
    """Keys of the window that scans paper (扫描)."""

    DROP_PAGE = "Ctrl+Backspace"  # 去掉最后一页


@unique
class RepeatKey(StrEnum):
    """Keys of the earlier cases beside the form of an intake (重复件提示)."""

    NO_REPEAT = "Shift+F5"  # 不是重复


@unique
class ConflictKey(StrEnum):
    """Keys of the view of two versions, beside the digits and F3 (同时改动)."""

    PREVIOUS = "Shift+F3"
    MERGE = "Ctrl+M"


# Input methods and desktops take these before the program sees them (SCREENS.md 6).
TAKEN = frozenset(
    {
        "Ctrl+Space",
        "Shift+Space",
        "Ctrl+.",
        "Ctrl+;",
        "Ctrl+Shift+F",
        "Ctrl+Shift+U",
        "Ctrl+Shift+E",
        "Ctrl+Shift+B",
        "Ctrl+5",
        "Ctrl+8",
        "Alt+Space",
        "Alt+F4",
        "Alt+F7",
        "Alt+F8",
    }
)

_SHOWN = MappingProxyType(
    {
        "Return": "Enter",
        "Space": "空格",
        "PgDown": "PgDn",
        "Down": "↓",
        "Up": "↑",
        "Left": "←",
        "Right": "→",
    }
)


@cache
def shown(sequence: str) -> str:
    """Return how `sequence` is written on a key cap (“Alt+F”, “Enter”, “空格”)."""
    return "+".join(_SHOWN.get(part, part) for part in sequence.split("+"))
