"""How pages are scanned (扫描设置): which scanner, from where, in which colours and how fine."""

from PySide6.QtWidgets import QComboBox, QWidget

from desk.exchange.page_scanner import RESOLUTIONS, PageScanner, ScannerOptions, ScanWish
from desk.settings import load_settings
from desk.ui.keys import GlobalKey, ListKey, ScanKey
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.choice_chips import Choice, ChoiceChips

_WIDTH = 19  # in characters
_FROM_GLASS, _FROM_FEEDER = "glass", "feeder"
_GREY, _COLOUR = "grey", "colour"


class ScanSide(Card):
    """The column beside the pages: choices, what is going on, and the buttons."""

    def __init__(self) -> None:
        super().__init__("扫描")
        self.scanners: tuple[PageScanner, ...] = ()
        self._options = ScannerOptions()
        self.scanner = QComboBox()
        self.scanner.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.source = ChoiceChips("纸放在哪里", small=True)
        colours = (Choice(_GREY, "黑白"), Choice(_COLOUR, "彩色"))
        self.colour = ChoiceChips("颜色", colours, small=True)
        self.colour.set_value(_GREY)
        dots = [Choice(one, str(one)) for one in RESOLUTIONS]
        self.resolution = ChoiceChips("清晰度", dots, small=True)
        self.resolution.set_value(RESOLUTIONS[1])
        self._add("扫描仪", self.scanner)
        self._add("纸放在哪里", self.source)
        self._add("颜色", self.colour)
        self._add("清晰度（每英寸点数）", self.resolution)
        self._state = text_label("", "label", wraps=True)
        self.scan = KeyButton("扫描", ListKey.OPEN, icon="document", kind=ButtonKind.MAIN)
        self.again = KeyButton("再找一次")
        self.drop = KeyButton("去掉最后一页", ScanKey.DROP_PAGE)
        self.take = KeyButton("收下", GlobalKey.FINISH)
        self.leave = KeyButton("取消", GlobalKey.OUT)
        self.body.addSpacing(4)
        self.body.addWidget(self._state)
        for button in (self.scan, self.again, self.drop, self.take):
            self.body.addWidget(_widely(button))
        self.body.addStretch()
        self.body.addWidget(_widely(self.leave))
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("字") * _WIDTH)

    def show_scanners(self, scanners: tuple[PageScanner, ...]) -> None:
        """Offer these scanners; the one used last is chosen."""
        self.scanners = scanners
        self.scanner.clear()
        for one in scanners:
            self.scanner.addItem(one.words, one.device)
        self.scanner.setCurrentIndex(max(self.scanner.findData(load_settings().page_scanner), 0))

    def show_options(self, options: ScannerOptions) -> None:
        """Offer the places where paper may lie in the chosen scanner."""
        self._options = options
        places = [Choice(_FROM_GLASS, "玻璃板")]
        if options.feeder:
            places.append(Choice(_FROM_FEEDER, "进纸器"))
        self.source.set_choices(places)
        self.source.set_value(self.source.value() or _FROM_GLASS)

    def chosen(self) -> PageScanner:
        """Return the chosen scanner; there must be one."""
        return self.scanners[max(self.scanner.currentIndex(), 0)]

    def dots(self) -> int:
        """Return how fine the pages are, in dots per inch."""
        return int(str(self.resolution.value()))

    def wish(self) -> ScanWish:
        """Return how the next page is wanted."""
        return ScanWish(
            self.chosen(),
            self._options,
            is_colour=self.colour.value() == _COLOUR,
            resolution=self.dots(),
            from_feeder=self.source.value() == _FROM_FEEDER,
        )

    def say(self, sentence: str, state: str = "") -> None:
        """Say what is going on, or what to do."""
        self._state.setText(sentence)
        say_state(self._state, state=state)

    def said(self) -> str:
        """Return what is said."""
        return self._state.text()

    def let_scan(self, *, may: bool, pages: int) -> None:
        """Offer what can be done with so many pages; the keyboard goes to the next page."""
        self.scan.setEnabled(may)
        self.drop.setEnabled(bool(pages))
        self.take.setEnabled(bool(pages))
        self.resolution.setEnabled(not pages)  # one paper, one size of dots
        if may:
            self.scan.setFocus()

    def _add(self, name: str, field: QWidget) -> None:
        field.setAccessibleName(name)
        caption = text_label(name, "label")
        caption.setBuddy(field)
        self.body.addWidget(caption)
        self.body.addWidget(field)


def _widely(button: KeyButton) -> KeyButton:
    policy = button.sizePolicy()
    button.setSizePolicy(policy.Policy.Expanding, policy.verticalPolicy())
    return button
