"""Rows of papers that belong to the hall and not to one case (交接班表、用印登记、签批夹目录)."""

from typing import TypedDict

from desk.forms.rows import PaperRow


class SealUse(TypedDict):
    """One line of the seal register."""

    used_at: str | None
    title: str  # which paper
    number: str | None
    copies: int
    seal: str
    applicant: str | None
    approved_by: str | None
    used_by: str | None
    note: str | None


class SealRegisterRow(PaperRow):
    """用印登记 (DOMAIN.md 9.3)."""

    period: str  # 2026年11月2日至11月8日
    uses: list[SealUse]


class OpenWork(TypedDict):
    """One case that goes into other hands."""

    number: str
    subject: str
    state: str
    next_step: str | None
    due_at: str | None


class PromisedCall(TypedDict):
    """One call that was promised (答应的回电)."""

    at: str
    number: str
    who: str
    phone: str | None
    about: str
    by: str | None  # who promised it


class KeptThing(TypedDict):
    """An original, a key or something else that is kept for somebody."""

    kind: str
    name: str
    number: str | None  # of the case
    owner: str | None
    taken_at: str | None
    note: str | None


class ShiftHandoverRow(PaperRow):
    """交接班表 (DOMAIN.md 9.5)."""

    unit: str
    from_name: str
    to_name: str | None
    written_at: str
    taken_at: str | None
    open_work: list[OpenWork]
    calls: list[PromisedCall]
    kept: list[KeptThing]
    note: str | None


class CaseToSign(TypedDict):
    """One paper that waits for a signature."""

    number: str
    subject: str
    unit: str
    left: str  # "2 天", "今天", "超 1 天"


class SignFolderRow(PaperRow):
    """签批夹目录: the cover list for a leader who signs on paper."""

    leader: str
    written_at: str
    cases: list[CaseToSign]


class PromisedCallsRow(PaperRow):
    """答应的回电: the calls promised for one day."""

    day: str
    unit: str
    calls: list[PromisedCall]


class Figure(TypedDict):
    """One line of figures."""

    name: str
    words: str


class PersonToRing(TypedDict):
    """Somebody whom the leader should ring himself."""

    who: str
    phone: str | None
    about: str
    why: str


class MorningBriefRow(PaperRow):
    """领导早报: one sheet at eight in the morning (DOMAIN.md 9.6)."""

    leader: str
    day: str
    figures: list[Figure]
    people: list[PersonToRing]
    to_sign: list[CaseToSign]
    sign_note: str | None  # 今天签完，都不超期
    anchor: str  # where the log stood, in small type: 第 120 条 1a2b-3c4d-5e6f-7a8b


class ArchivedFile(TypedDict):
    """One file in the archive."""

    archive_number: str
    case_number: str
    subject: str
    unit: str | None
    closed_on: str | None
    box_number: str | None


class ArchiveListRow(PaperRow):
    """归档目录: what lies in the archive, of a year or in a box."""

    scope: str  # "2026年", "2026年 盒2026-3"
    files: list[ArchivedFile]


class CountedLine(TypedDict):
    """One line of a table of figures."""

    section: str  # 结果, 来源, 纠纷类型
    name: str
    count: str
    share: str | None


class MediationStatisticsRow(PaperRow):
    """人民调解案件情况统计表 (DOMAIN.md 2.13 (15))."""

    scope: str  # 2026-06-01 至 2026-06-30 受理
    lines: list[CountedLine]


class HourOfRooms(TypedDict):
    """One hour of a day, in all rooms."""

    time: str  # 09:00–10:00
    at: list[str]  # what is in each room, in the order of the rooms


class RoomScheduleRow(PaperRow):
    """调解室排期表: rooms across, the hours of a day down (DOMAIN.md 2.14)."""

    day: str
    weekday: str  # 周四
    rooms: list[str]
    hours: list[HourOfRooms]


class DayOfDuty(TypedDict):
    """One day of the roster: who is at each post."""

    day: str  # 11月23日
    weekday: str  # 周一, 周六班, 周四休
    at: list[str]


class DutyRosterRow(PaperRow):
    """值班表: posts across, the days of a month down (DOMAIN.md 2.14)."""

    year: str
    month: str
    posts: list[str]
    days: list[DayOfDuty]
    phones: str | None


class DoorSignRow(PaperRow):
    """门贴、桌签: a folded card with a name on both sides (DOMAIN.md 2.14)."""

    role: str  # 人民调解员, 申请人, 调解进行中
    name: str  # 钱惠, 老梁工作室
    note: str | None


class CodeLine(TypedDict):
    """One line of a recovery code."""

    n: int
    code: str


class IdentityKeyRow(PaperRow):
    """证件号密钥恢复单: printed and put away, kept in no database and in no file."""

    lines: list[CodeLine]
    use: str


class TrailEntry(TypedDict):
    """One line of the log."""

    at: str
    who: str
    what: str
    case_number: str | None


class TrailListRow(PaperRow):
    """留痕查询记录: lines of the log, and where the log stood when they were read."""

    scope: str  # "查看和导出 2026-11-01 至 2026-11-22", "青榕首〔2026〕00412号"
    lines: list[TrailEntry]
    anchor: str
