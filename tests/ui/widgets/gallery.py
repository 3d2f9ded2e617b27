"""Shows every widget in all its states and saves the pictures, to be looked at.

python -m tests.ui.widgets.gallery FOLDER
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import sys
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desk.rules.clock_faces import ClockFace, ClockState
from desk.rules.codes import Urgency
from desk.rules.merging import Changed
from desk.rules.moments import SHANGHAI
from desk.ui.keys import ActionKey, GlobalKey, IntakeKey, PlaceKey
from desk.ui.theme import THEMES, Type, apply_theme, say_state, tokens
from desk.ui.widgets.action_bar import ActionBar, ActionItem
from desk.ui.widgets.bundle import Bundle, BundleLine
from desk.ui.widgets.buttons import ButtonKind, FilterButton, IconButton, KeyButton
from desk.ui.widgets.cards import Card, EmptyState, HintCard, SidePanel, rule, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.chip_paint import Tone
from desk.ui.widgets.chips import ClockChip, KeyCap, LevelChip, StatusChip
from desk.ui.widgets.choice_chips import CheckChip, Choice, ChoiceChips
from desk.ui.widgets.clocks_strip import ClocksStrip, StripCell
from desk.ui.widgets.conflict_view import Conflict, ConflictRow, ConflictView
from desk.ui.widgets.exit_buttons import ExitButtons, ExitItem
from desk.ui.widgets.fold_box import FoldBox
from desk.ui.widgets.moment_edit import MomentEdit
from desk.ui.widgets.navigation import Navigation, NavItem
from desk.ui.widgets.pages_view import PagesView
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField
from desk.ui.widgets.status_line import Connection, StatusLine
from desk.ui.widgets.stopwatch import Stopwatch, StopwatchFace
from desk.ui.widgets.timeline import Timeline, TimelineEntry
from desk.ui.widgets.top_bar import TopBar

NOW = datetime(2026, 11, 23, 9, 46, 18, tzinfo=SHANGHAI)
FACES = [
    ClockFace("联系", ClockState.OK, "剩 7:40", "联系：限 10 分钟。"),
    ClockFace("核实", ClockState.WARN, "剩 11:42", "核实：限 30 分钟。"),
    ClockFace("办理", ClockState.NEAR, "剩 3 时 10 分", "办理：限 24 小时。"),
    ClockFace("分拨", ClockState.OVER, "超 1 时 05 分", "分拨：限 1 小时。"),
    ClockFace("联系", ClockState.STOP, "用时 7 分", "联系：用时 7 分。"),
    ClockFace("办理", ClockState.PAUSE, "暂停 等配件", "办理：暂停。"),
    ClockFace("意见书", ClockState.WAIT, "未起", "意见书：还没有起算。"),
    ClockFace("回访", ClockState.NOT_APPLICABLE, "不适用", "回访：不适用。"),
]
PLACES = [
    NavItem("home", "工作台", "home", PlaceKey.HOME),
    NavItem("intake", "受理", "intake", GlobalKey.NEW_INTAKE),
    NavItem("board", "看板", "board", PlaceKey.BOARD),
    NavItem("case", "案件", "case", PlaceKey.CASES),
    NavItem("sign", "审签", "sign", PlaceKey.SIGN_OFF),
    NavItem("follow", "回访", "phone", PlaceKey.FOLLOW_UP),
    NavItem("mediation", "调解", "mediation", PlaceKey.MEDIATION, "调解"),
    NavItem("rooms", "调解室", "room", PlaceKey.ROOMS, "调解"),
    NavItem("statistics", "统计", "statistics", PlaceKey.STATISTICS, "综合"),
    NavItem("duty", "值班", "duty", PlaceKey.DUTY, "综合"),
    NavItem("admin", "管理", "admin", PlaceKey.ADMINISTRATION, "综合"),
]
UNITS = [
    PickItem(1, "城建办", note="主任 张伟"),
    PickItem(2, "执法队", note="队长 何洁"),
    PickItem(3, "榕东社区", note="书记 罗梅"),
    PickItem(4, "榕西社区"),
    PickItem(5, "民政办"),
    PickItem(6, "公共服务办"),
]


def nothing() -> None:
    """Do nothing: the gallery is only looked at."""


def frame(title: str, place: str) -> tuple[QWidget, QVBoxLayout, TopBar]:
    """Return a window with everything around the work, and the layout of the work."""
    window = QWidget()
    say_state(window, ground="window")
    navigation = Navigation(window, "青榕街道")
    navigation.set_items(PLACES)
    navigation.set_current(place)
    for where, count in (("board", 38), ("sign", 6), ("follow", 5)):
        navigation.set_count(where, count)
    navigation.set_person("周雅琴", "信联办 · 分拨")
    top = TopBar(window, title)
    top.set_bell(3)
    status = StatusLine()
    status.set_connection(Connection.CONNECTED)
    status.set_parts("草稿 09:46:17 已存在本机", "另有 2 份草稿")
    status.set_moment(NOW)
    work = QWidget()
    body = QVBoxLayout(work)
    body.setContentsMargins(16, 10, 16, 10)
    body.setSpacing(10)
    right = QVBoxLayout()
    right.setSpacing(0)
    right.setContentsMargins(0, 0, 0, 0)
    right.addWidget(top)
    right.addWidget(work, 1)
    right.addWidget(status)
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(navigation)
    row.addLayout(right, 1)
    window.bottom = right  # type: ignore[attr-defined]
    window.navigation = navigation  # type: ignore[attr-defined]
    return window, body, top


def case_page() -> QWidget:
    """Like the picture of 案件卷."""
    window, body, top = frame("案件卷", "case")
    top.set_back("回到看板", nothing)
    head = QHBoxLayout()
    head.addWidget(text_label("楼上漏水损坏吊顶，要求修复并赔偿", "title"))
    head.addSpacing(8)
    head.addWidget(LevelChip(Urgency.FAST))
    head.addWidget(StatusChip("联系核实"))
    head.addWidget(StatusChip("第 1 轮", Tone.PAST))
    head.addStretch()
    head.addWidget(text_label("青榕首〔2026〕00412号   12345 外部单号 26112300871", "label"))
    body.addLayout(head)
    strip = ClocksStrip(window)
    strip.set_cells(
        [
            StripCell(ClockFace("分拨", ClockState.STOP, "用时 3 分", ""), "限 1 小时"),
            StripCell(ClockFace("联系", ClockState.STOP, "09:35 接通", ""), "限 10 分 · 用时 7 分"),
            StripCell(FACES[1], "09:58 前", is_nearest=True),
            StripCell(ClockFace("办理", ClockState.OK, "剩 23 时 42 分", ""), "明天 09:28 前"),
            StripCell(FACES[6], "办完次日起 3 个工作日"),
            StripCell(FACES[7], "匿名，不能回访"),
            StripCell(ClockFace("报到", ClockState.OK, "剩 1 时", ""), ""),
        ]
    )
    body.addWidget(strip)
    columns = QHBoxLayout()
    columns.setSpacing(12)
    facts = Card("事实", note="改动留痕")
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    for row, (name, value, quiet) in enumerate(
        [
            ("诉求人", "何秀英 女士", "12345 转来"),
            ("电话", "13800000017", "可打 · 今天已联系 1 次"),
            ("地址", "榕荫里小区 7 栋 2 单元 401", ""),
            ("网格", "榕东社区 第 3 网格", "何志强"),
            ("首问人", "李敏（窗口 2）", "09:28 受理"),
        ]
    ):
        grid.addWidget(text_label(name, "label"), row, 0)
        line = QHBoxLayout()
        line.addWidget(text_label(value))
        line.addWidget(text_label(quiet, "hint"))
        line.addStretch()
        grid.addLayout(line, row, 1)
    grid.setColumnStretch(1, 1)
    facts.body.addLayout(grid)
    facts.body.addWidget(rule())
    facts.body.addWidget(text_label("诉求内容", "label"))
    facts.body.addWidget(
        text_label(
            "401 住户称楼上 501 卫生间渗水已两周，吊顶和墙面发霉，双方自行商量未成。"
            "请求查明漏水原因、修复并赔偿。",
            "reading",
            wraps=True,
        )
    )
    facts.body.addStretch()
    steps = Card("办理过程")
    switch = ChoiceChips(
        "看哪些",
        [Choice(1, "全部"), Choice(2, "联系"), Choice(3, "文书")],
        numbered=False,
        small=True,
    )
    switch.set_value(1)
    steps.head.add(switch)
    timeline = Timeline()
    timeline.set_entries(
        [
            TimelineEntry("09:40", "开始核实", "张伟 · 城建办", ["已约 09:50 到 501 看现场"], True),
            TimelineEntry("09:35", "首次联系 接通", "张伟 · 城建办", ["通话 3 分钟"]),
            TimelineEntry("09:33", "签收", "张伟 · 城建办", is_quiet=True),
            TimelineEntry("09:32", "签收（协办）", "何志强 · 榕东社区", is_quiet=True),
            TimelineEntry(
                "09:31", "双派 主办城建办，协办榕东社区", "周雅琴 · 信联办", ["级别定为快处"]
            ),
            TimelineEntry("09:28", "首问受理", "李敏 · 窗口 2", ["受理 09:28，登记 09:29。"]),
        ]
    )
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setWidget(timeline)
    steps.body.addWidget(scroll)
    papers = SidePanel("文书")
    paper = Card("文书")
    paper.body.addWidget(text_label("首问首办登记表"))
    paper.body.addWidget(text_label("青榕首 00412号", "hint"))
    papers.add_card(paper)
    empty = Card("附件", key=ActionKey.ATTACH)
    empty.body.addWidget(EmptyState("还没有附件。照片、录音、扫描件都可以放在这里。", "添加附件"))
    papers.add_card(empty)
    columns.addWidget(facts, 37)
    columns.addWidget(steps, 45)
    columns.addWidget(papers, 34)
    body.addLayout(columns, 1)
    bar = ActionBar(window)
    bar.set_items(
        [
            ActionItem("已核实", ActionKey.VERIFIED, nothing, is_main=True),
            ActionItem("再次联系", ActionKey.REACHED, nothing),
            ActionItem("吹哨", ActionKey.WHISTLE, nothing),
            ActionItem("转调解", ActionKey.MEDIATE, nothing),
            ActionItem("延期 挂账", ActionKey.EXTEND, nothing),
            ActionItem("退回分拨", ActionKey.RETURN, nothing),
            ActionItem("打印", GlobalKey.PRINT, nothing),
            ActionItem("为什么不能办结", "", nothing, icon="info", is_quiet=True),
        ]
    )
    window.bottom.insertWidget(2, bar)
    window.bar = bar
    return window


def intake_page() -> QWidget:
    """Like the picture of 首问首办受理."""
    window, body, top = frame("首问首办受理", "intake")
    ways = ["来访", "来电", "来信", "领导接访", "补录"]
    top.set_views([Choice(way, way) for way in ways], "来访")
    columns = QHBoxLayout()
    columns.setSpacing(16)
    left = QVBoxLayout()
    form = Card()
    pair = QHBoxLayout()
    pair.setSpacing(20)
    phone = CheckedField(
        "电话", check=lambda _t: FieldState(Check.OK, "号码格式正确 · 来过 3 次，见右侧")
    )
    phone.set_text("13800000023")
    name = CheckedField("诉求人", hint="按电话带出，可改；不愿留名可空着")
    name.set_text("陈桂芳")
    pair.addWidget(phone)
    pair.addWidget(name)
    form.body.addLayout(pair)
    address = CheckedField("地址", required=True)
    address.set_text("榕荫里小区 7 栋 2 单元 401")
    address.set_chips(
        [("榕东社区", "pin"), ("第 3 网格", "people"), ("网格员 何志强", "person")],
        "由小区带出，可改",
    )
    form.body.addWidget(address)
    words = CheckedField("诉求内容", lines=3)
    words.set_beside("怎么说就怎么写，时间、地点、起因、经过、请求")
    words.set_text(
        "7 栋电梯从上周四晚上起反复停在 3、4 层之间，昨天傍晚又困住一名带孩子的住户约二十分钟，"
        "物业说已报修但没有给出时间。楼里有三位坐轮椅的老人出不了门。请求尽快修好，"
        "修好之前安排人帮老人上下楼。"
    )
    words.edit.set_foot(
        "每秒自动存草稿", KeyButton("常用语", GlobalKey.PHRASES, kind=ButtonKind.QUIET)
    )
    form.body.addWidget(words)
    form.body.addWidget(text_label("类别", "label"))
    kinds = ChoiceChips(
        "类别",
        [
            Choice(1, "物业与小区 › 电梯"),
            Choice(2, "治安与公共安全 › 消防"),
            Choice(3, "房屋与城建 › 加装电梯"),
            Choice(4, "其他…"),
        ],
    )
    kinds.set_value(1)
    form.body.addWidget(kinds)
    form.body.addWidget(rule())
    more = FoldBox("更多", GlobalKey.MORE, window)
    more.set_summary(["需要的服务：轮椅", "材料：照片 2"], ["事发时间", "多个事项", "证件"])
    form.body.addWidget(more)
    form.body.addStretch()
    left.addWidget(form, 1)
    exits = ExitButtons(
        window,
        [
            ExitItem(1, "现场答复", IntakeKey.ON_SPOT, "talk", "当场说清，诉求人认可"),
            ExitItem(2, "本部门自办", IntakeKey.OWN_UNIT, "own-unit", "首办部门自己核实、办理"),
            ExitItem(3, "受理转办", IntakeKey.TRANSFER, "transfer", "交信联办分拨", is_main=True),
            ExitItem(4, "引导对接", IntakeKey.GUIDANCE, "guide", "不属本职责，送到对口处"),
        ],
    )
    left.addWidget(text_label("怎么办", "section"))
    left.addWidget(exits)
    columns.addLayout(left, 78)
    panel = SidePanel()
    person = Card("这位诉求人", note="来过 3 次，1 件在办", key=ActionKey.APPELLANT)
    for number, day, unit, state, tone in (
        ("00347", "11月16日", "城建办承办", "办理中", Tone.GOOD),
        ("00298", "11月9日", "榕东社区承办", "已办结", Tone.PAST),
    ):
        line = QHBoxLayout()
        link = text_label(number)
        say_state(link, state="accent")
        line.addWidget(link)
        line.addWidget(text_label(day, "label"))
        line.addWidget(text_label(unit))
        line.addStretch()
        line.addWidget(StatusChip(state, tone))
        person.body.addLayout(line)
    panel.add_card(person)
    repeat = HintCard(
        "可能是重复件",
        "与您正在填的这件：同一电话、同一类别、同一地址。关联后沿用原件的承办人，诉求人照样逐件答复。",
        note="最近 90 天内",
        state="warn",
    )
    repeat.add_button("关联为重复件", nothing, ActionKey.LINK_REPEAT)
    repeat.add_button("不是重复件", nothing)
    panel.add_card(repeat)
    level = Card("分级建议", note="不给诉求人看，不印", key=ActionKey.GRADE)
    grid = QGridLayout()
    for at, (word, on) in enumerate(
        [("可能引发舆情", False), ("可能越级上访", False), ("事情清楚", True), ("容易解决", True)]
    ):
        box = CheckChip(word, str(at + 1))
        box.setChecked(on)
        grid.addWidget(box, at // 2, at % 2)
    level.body.addLayout(grid)
    panel.add_card(level)
    columns.addWidget(panel, 38)
    body.addLayout(columns, 1)
    return window


def parts_page() -> QWidget:  # noqa: C901 - a list of everything
    """All small parts in all states."""
    page = QWidget()
    say_state(page, ground="window")
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 16, 16, 16)
    clocks = QHBoxLayout()
    for face in FACES:
        clocks.addWidget(ClockChip(face))
    clocks.addStretch()
    column.addLayout(clocks)
    small = QHBoxLayout()
    for urgency in Urgency:
        small.addWidget(LevelChip(urgency))
    for tone in Tone:
        small.addWidget(StatusChip(f"状态 {tone}"[:9], tone))
    small.addWidget(StatusChip("榕东社区", icon="pin"))
    small.addWidget(KeyCap(ActionKey.DISPATCH))
    small.addWidget(KeyCap("Space"))
    small.addStretch()
    column.addLayout(small)
    buttons = QHBoxLayout()
    for kind in ButtonKind:
        for enabled in (True, False):
            button = KeyButton("分拨", ActionKey.DISPATCH, icon="dispatch", kind=kind)
            button.setEnabled(enabled)
            buttons.addWidget(button)
    buttons.addWidget(IconButton("search", "查找"))
    buttons.addStretch()
    column.addLayout(buttons)
    filters = QHBoxLayout()
    only = FilterButton("只看", "全部在办")
    label = FilterButton("标签", icon="close")
    label.set_value("不含未诉先办", active=True)
    for widget in (only, FilterButton("级别"), FilterButton("社区"), label):
        filters.addWidget(widget)
    filters.addStretch()
    views = ChoiceChips(
        "看谁的",
        [Choice(1, "我的", 5), Choice(2, "本单位", 11), Choice(3, "全部", 38)],
        numbered=False,
        small=True,
    )
    views.set_value(3)
    filters.addWidget(views)
    column.addLayout(filters)
    plain = QHBoxLayout()
    for kind in ("", "primary", "quiet", "danger"):
        button = QPushButton("撤销登记")
        say_state(button, kind=kind)
        plain.addWidget(button)
    off = QPushButton("再看看")
    off.setEnabled(False)
    plain.addWidget(off)
    box, dot, combo = QCheckBox("匿名"), QRadioButton("本人"), QComboBox()
    box.setChecked(True)
    dot.setChecked(True)
    combo.addItems(["城建办", "执法队"])
    for widget in (box, QCheckBox("保密"), dot, QRadioButton("代办"), combo):
        plain.addWidget(widget)
    plain.addStretch()
    column.addLayout(plain)
    fields = QHBoxLayout()
    for state, text, sentence in (
        (Check.OK, "13800000023", "号码格式正确"),
        (Check.WARN, "1380000002", "号码少一位，请核对；不留可空着。"),
        (Check.BAD, "11-31", "没看懂“11-31”，可以写 0942、昨天 15:30。"),
    ):
        field = CheckedField("联系电话", required=state is Check.BAD)
        field.set_text(text)
        field.set_state(FieldState(state, sentence))
        fields.addWidget(field)
    moment = MomentEdit("发生时间", lambda: NOW, past_only=True)
    moment.set_text("0942")
    fields.addWidget(moment)
    page.picker = PickerField("主办单位", UNITS, hint="输入拼音首字母或数字键选择")
    fields.addWidget(page.picker)
    column.addLayout(fields)
    column.addSpacing(190)
    notes = QHBoxLayout()
    for state in ("", "selected", "warn", "bad"):
        card = Card("这一时段刚被占用", note=state)
        card.body.addWidget(
            text_label("第二调解室 09:30–10:45 已被窗口 1 占下。", "label", wraps=True)
        )
        card.set_state(state)
        notes.addWidget(card)
    column.addLayout(notes)
    bar = ActionBar(page)
    bar.set_lead("选中", "00421")
    bar.set_items(
        [
            ActionItem("分拨", ActionKey.DISPATCH, nothing, is_main=True),
            ActionItem("改级别", ActionKey.GRADE, nothing),
            ActionItem("关联重复", ActionKey.LINK_REPEAT, nothing),
        ]
    )
    bar.set_note("同类 41 件中 38 件归城建办，退回 1 件", strong="城建办", key="1")
    column.addWidget(bar)
    column.addStretch()
    return page


def one_page_pdf() -> bytes:
    """Return a small paper: two sheets with a few lines on each."""
    made = QByteArray()
    buffer = QBuffer(made)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setResolution(96)
    painter = QPainter(writer)
    painter.setFont(tokens().font(Type.TITLE))
    painter.drawText(120, 80, "关于林晓燕反映物业费公示不全问题的处理意见书")
    writer.newPage()
    painter.drawText(120, 80, "四、后续措施及时限")
    painter.end()
    buffer.close()
    return bytes(made.data())


def notices_page() -> QWidget:
    """Bundle, conflict, question and paper."""
    window, body, _top = frame("审签", "sign")
    window.navigation.follow(1200)
    columns = QHBoxLayout()
    columns.setSpacing(12)
    left = QVBoxLayout()
    left.addWidget(
        ConflictView(
            "00412 刚被 周雅琴 改派给榕东社区（09:44）。您写的核实记录还在，请看过后再存。",
            Conflict(
                [
                    ConflictRow("lead", "主办", "", "榕东社区", "城建办", who="09:44 周雅琴"),
                    ConflictRow(
                        "note", "核实记录", "", "", "已请供电所值班人员到场。", Changed.MINE
                    ),
                ],
                ["“主办”两边都改了"],
            ),
        )
    )
    left.addWidget(EmptyState("今天没有待分拨的诉求。新件会自动出现在这里。", "看全部"))
    watches = QHBoxLayout()
    for face, used in ((FACES[1], 0.66), (FACES[0], 0.22), (FACES[3], 1.0)):
        shown = StopwatchFace(face, "限 10 分钟", "09:49 前", "受理 09:39", used)
        watches.addWidget(Stopwatch(shown))
    left.addLayout(watches)
    columns.addLayout(left, 5)
    paper = PagesView()
    paper.show_pdf(one_page_pdf())
    columns.addWidget(paper, 3)
    body.addLayout(columns, 1)
    bundle = Bundle(window)
    window.bundle = bundle
    window.lines = [
        BundleLine("00376 已超 1 时 05 分", "请写明原因，只问这一次", "bad", stays=True),
        BundleLine("00402 剩 3 时 10 分", "今天签完仍不超期", "warn"),
        BundleLine("榕东社区已反馈 00412", "协办，看现场照片 2 张", "ok"),
    ]
    return window


def main(folder: Path, only: str = "") -> None:
    """Save a picture of every page in every theme."""
    app = QApplication.instance() or QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    pages = {"case": case_page, "intake": intake_page, "parts": parts_page, "notices": notices_page}
    for theme in THEMES:
        for name, make in pages.items():
            if only not in {"", "large"} and only not in f"{name}-{theme}":
                continue
            apply_theme(app, theme, large=only == "large")
            page = make()
            page.resize(1366, 768)
            page.show()
            if name == "parts":
                page.picker.edit.setFocus()
                page.picker.open_list()
            if name == "notices":
                page.bundle.add_lines(page.lines)
            app.processEvents()
            page.grab().save(str(folder / f"{name}-{theme}.png"))
            page.close()
            page.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
