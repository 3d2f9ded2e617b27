"""Where this workstation finds the hall's database (连接设置): server, port, root certificate."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desk.exchange.organisation_rows import Column
from desk.rules.errors import RuleBroken
from desk.rules.server_address import address_url, known_address, written_address
from desk.settings import change_settings, load_settings
from desk.ui.file_choice import choose_file
from desk.ui.keys import GlobalKey
from desk.ui.row_form import RowForm
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import text_label

_HOSTS, _PORT, _NAME, _ROOT = "服务器", "端口", "库名", "根证书"
_COLUMNS = (
    Column(_HOSTS, "主机名或地址；有备用服务器的两台都写，用“、”隔开", required=True),
    Column(_PORT, "一般是 5432"),
    Column(_NAME, "一般是 hall"),
    Column(_ROOT, "管机器的同事给的 hall-root.crt；没有它不能连到别的机器"),
)
_FIELDS = {"hosts": _HOSTS, "port": _PORT, "database": _NAME}
_ADVICE = "大厅几台电脑共用一个数据库时填这里，内容向管机器的同事要。只改这一台电脑。"
_SAVED = "连接设置已存到本机。请关闭程序再打开，就连到“{hosts}”。"
_BACK = "已改回本机的数据库文件。请关闭程序再打开。"


class ConnectionDialog(QDialog):
    """A form over what the workstation knows of the server; it counts from the next start.

    Signals:
        saved: it was kept; carries what to do next.
    """

    saved = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("连接设置")
        self.setAccessibleName("连接设置")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = RowForm(_COLUMNS)
        self.choose = KeyButton("选根证书…", icon="import")
        self.own_file = KeyButton("改用本机文件")
        self.leave = KeyButton("取消")
        self.keep = KeyButton("保存", GlobalKey.FINISH, kind=ButtonKind.MAIN)
        advice = text_label(_ADVICE, "hint", wraps=True)
        advice.setMinimumWidth(advice.fontMetrics().horizontalAdvance("字") * 34)
        foot = QHBoxLayout()
        foot.addWidget(self.choose)
        foot.addStretch()
        for button in (self.own_file, self.leave, self.keep):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(text_label("连接设置", "section"))
        column.addWidget(advice)
        column.addWidget(self.form)
        column.addLayout(foot)
        self.choose.clicked.connect(self._on_choose)
        self.own_file.clicked.connect(self._on_own_file)
        self.leave.clicked.connect(self.reject)
        self.keep.clicked.connect(self._on_keep)
        self.keep.listen(self)
        self._show_known()

    def take_certificate(self, path: Path) -> None:
        """Put the chosen file into its field."""
        self.form.set_values({**self.form.values(), _ROOT: str(path)})

    def _show_known(self) -> None:
        settings = load_settings()
        known = known_address(settings.database_url)
        self.form.set_values(
            {
                _HOSTS: "、".join(known.hosts),
                _PORT: known.port,
                _NAME: known.database,
                _ROOT: settings.server_certificate,
            }
        )
        self.own_file.setVisible(bool(known.hosts))
        self.form.focus_first()

    def _on_choose(self) -> None:
        choose_file(self, "选择根证书", self.take_certificate, "证书 (*.crt *.pem)")

    def _on_own_file(self) -> None:
        change_settings(database_url="")
        self.saved.emit(_BACK)
        self.accept()

    def _on_keep(self) -> None:
        values = self.form.values()
        try:
            address = written_address(values[_HOSTS], values[_PORT], values[_NAME])
        except RuleBroken as error:
            self.form.show_trouble(_FIELDS[error.field or "hosts"], str(error))
            return
        certificate = values[_ROOT].strip()
        if certificate and not Path(certificate).is_file():
            self.form.show_trouble(_ROOT, "找不到这个文件，请重新选。")
            return
        change_settings(database_url=address_url(address), server_certificate=certificate)
        self.saved.emit(_SAVED.format(hosts="、".join(address.hosts)))
        self.accept()
