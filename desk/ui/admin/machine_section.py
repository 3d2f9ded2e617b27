"""What is set on this machine only (本机): look, database address, where copies go."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.exchange.organisation_rows import Column
from desk.settings import change_settings, load_settings
from desk.ui.admin.section import Section
from desk.ui.appearance import THEME_WORDS, apply_settings
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.last_mile.scan_watch import scan_watch_of
from desk.ui.row_form import RowForm
from desk.ui.scroll_column import side_column
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label

_ROLLS = ("不打", "58 毫米", "80 毫米")
_COLUMNS = (
    Column("配色", options=tuple(THEME_WORDS.values())),
    Column("大字", options=("是", "否")),
    Column("提醒声音", "到期提醒时响一声，夜间不响", options=("是", "否")),
    Column("小票", "登记后把受理回执另打一张热敏小票", options=_ROLLS),
    Column("小票打印机", "热敏打印机的名字；空着就用系统缺省的"),
    Column("备份文件夹", "空着就放在数据库旁边的 backups；最好选另一块盘"),
    Column("扫描件文件夹", "扫描件放进去就按二维码自动归件；空着就不看"),
    Column("数据库地址", "空着就用本机的数据库文件；改了从下次打开起用"),
)


class MachineSection(Section):
    """A form over the settings file of this workstation."""

    title = "本机"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.form = RowForm(_COLUMNS)
        self.where = text_label("", "hint", wraps=True)
        self.save = KeyButton("保存", GlobalKey.FINISH, kind=ButtonKind.MAIN)
        card = Card("本机", note="只管这一台电脑，不进数据库")
        card.body.addWidget(self.form)
        card.body.addWidget(self.where)
        card.body.addSpacing(8)
        card.body.addWidget(self.save)
        card.body.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(side_column(card))
        self.save.clicked.connect(self._on_save)
        self.save.listen(self)

    def arrive(self) -> None:
        """Show what is set now."""
        settings = load_settings()
        self.form.set_values(
            {
                "配色": THEME_WORDS.get(settings.theme, "浅色"),
                "大字": "是" if settings.large_type else "",
                "提醒声音": "是" if settings.reminder_sound else "",
                "小票": f"{settings.receipt_roll} 毫米" if settings.receipt_roll else _ROLLS[0],
                "小票打印机": settings.receipt_printer,
                "备份文件夹": settings.backup_folder,
                "扫描件文件夹": settings.scan_folder,
                "数据库地址": settings.database_url,
            }
        )
        self.where.setText(f"现在打开的数据库：{self.desk.database_url}")

    def _on_save(self) -> None:
        values = self.form.values()
        words = {word: name for name, word in THEME_WORDS.items()}
        theme = words.get(values["配色"])
        if theme is None:
            self.form.show_trouble("配色", "请从列表里选一项。")
            return
        if values["小票"] not in _ROLLS:
            self.form.show_trouble("小票", "请从列表里选一项。")
            return
        change_settings(
            receipt_roll=values["小票"].rstrip(" 毫米") if values["小票"] != _ROLLS[0] else "",
            receipt_printer=values["小票打印机"].strip(),
            theme=theme,
            large_type=values["大字"] == "是",
            reminder_sound=values["提醒声音"] == "是",
            backup_folder=values["备份文件夹"],
            scan_folder=values["扫描件文件夹"],
            database_url=values["数据库地址"],
        )
        scan_watch_of(self.desk).start()
        apply_settings()
        self.said.emit("已保存到本机。")
