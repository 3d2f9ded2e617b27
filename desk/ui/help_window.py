"""The handbook in a window of its own (帮助, F1): the page that belongs to where the clerk is."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from desk.ui.about_pages import MADE, PAGES, words_page
from desk.ui.key_meanings import MEANINGS
from desk.ui.keys import (
    ActionKey,
    BoardKey,
    BulletinKey,
    CaseKey,
    ConflictKey,
    EarlyKey,
    GlobalKey,
    GridKey,
    IntakeKey,
    LetterKey,
    ListKey,
    ListsKey,
    MediationKey,
    PaperKey,
    PlaceKey,
    ReceptionKey,
    RecordKey,
    RepeatKey,
    RoomKey,
    ScanKey,
    StatisticsKey,
    TopicKey,
    WhistleKey,
    shown,
)
from desk.ui.list_form import LinePainter
from desk.ui.theme import RESOURCES, say_state
from desk.ui.widgets.composing import KeyShortcut

HANDBOOK = RESOURCES / "handbook"
_KEYS_PAGE = "keys"
_NAME = Qt.ItemDataRole.UserRole + 8  # the painter shows the first as a note
_GROUPS = (
    ("到哪里", PlaceKey),
    ("随处可用", GlobalKey),
    ("受理的四个出口", IntakeKey),
    ("对一件诉求", ActionKey),
    ("对一份文书", PaperKey),
    ("偶尔要做的", CaseKey),
    ("对一件调解", MediationKey),
    ("写笔录时", RecordKey),
    ("登记旁边的重复件", RepeatKey),
    ("看板上", BoardKey),
    ("排期表上", RoomKey),
    ("接访页", ReceptionKey),
    ("吹哨页的单子里", WhistleKey),
    ("网格页", GridKey),
    ("未诉先办页", EarlyKey),
    ("专题页", TopicKey),
    ("治理清单页", ListsKey),
    ("表扬与提醒页", LetterKey),
    ("统计页", StatisticsKey),
    ("通报页", BulletinKey),
    ("扫描窗", ScanKey),
    ("别人同时改了这一件", ConflictKey),
    ("列表和文书里（不在写字时）", ListKey),
)


def keys_page() -> str:
    """Return the table of all keys, made from the one table that the program itself uses."""
    parts = ["# 快捷键一览", "拼字时，所有键都归输入法。"]
    for head, table in _GROUPS:
        parts += [f"## {head}", "", "| 键 | 作用 |", "|---|---|"]
        parts += [f"| {shown(key)} | {MEANINGS[key]} |" for key in table]
        parts.append("")
    return "\n".join(parts)


def handbook_pages(folder: Path = HANDBOOK) -> list[tuple[str, str]]:
    """Return (name, title) of every page, in the order in which the first page names them.

    The title is the page's first heading.
    """
    texts = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    titles = {}
    for name, text in texts.items():
        first = next((line for line in text.splitlines() if line.strip()), "")
        titles[name] = first.lstrip("# ").strip() or name
    said = texts.get("index", "")

    def place(name: str) -> tuple[bool, int, str]:
        at = said.find(f"**{titles[name]}**")
        return name != "index", at if at >= 0 else len(said), name

    pages = [(name, titles[name]) for name in sorted(texts, key=place)]
    return [*pages, (_KEYS_PAGE, "快捷键一览"), *PAGES]


class HelpWindow(QWidget):
    """Pages at the left, the open one at the right; Esc puts it away."""

    def __init__(self, parent: QWidget | None = None, folder: Path = HANDBOOK) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._folder = folder
        self.setWindowTitle("帮助")
        say_state(self, ground="surface")
        self.resize(900, 640)
        self._list = QListWidget()
        self._list.setAccessibleName("帮助的各页")
        self._list.setItemDelegate(LinePainter(self._list))
        self._list.setFixedWidth(self._list.fontMetrics().horizontalAdvance("字") * 15)
        self._page = QTextBrowser()
        self._page.setAccessibleName("帮助内容")
        self._page.setOpenLinks(False)
        self._page.setSearchPaths([str(folder)])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(self._page, 1)
        self._list.currentItemChanged.connect(self._on_chosen)
        self._page.anchorClicked.connect(self._on_link)
        KeyShortcut(GlobalKey.OUT, self).pressed.connect(self.close)

    def open_page(self, name: str) -> None:
        """Show a page; one that does not exist yet leads to the first."""
        self._fill()
        rows = range(self._list.count())
        row = next((r for r in rows if self._list.item(r).data(_NAME) == name), 0)
        self._list.setCurrentRow(row)
        self.show()
        self.raise_()
        self.activateWindow()

    def _fill(self) -> None:
        """Read which pages there are, once somebody wants one: nobody who signs in waits for it."""
        if self._list.count():
            return
        for name, title in handbook_pages(self._folder):
            item = QListWidgetItem(title)
            item.setData(_NAME, name)
            self._list.addItem(item)

    def current_page(self) -> str:
        """Return the name of the page that is shown."""
        return str(self._list.currentItem().data(_NAME))

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is None:  # the list was emptied
            return
        name = str(item.data(_NAME))
        made = {_KEYS_PAGE: keys_page, **MADE}.get(name)
        path = self._folder / f"{name}.md"
        self._page.setMarkdown(made() if made else path.read_text(encoding="utf-8"))

    def _on_link(self, url: QUrl) -> None:
        name = url.path().removesuffix(".md")
        words = words_page(name)
        if words is not None:
            self._page.setMarkdown(words)
            return
        for row in range(self._list.count()):
            if self._list.item(row).data(_NAME) == name:
                self._list.setCurrentRow(row)
                self._on_chosen(self._list.item(row))  # back from a page that is not in the list
