"""The picture of scanning (扫描截图): two pages of a resident's letter have been drawn in."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from desk.exchange.page_scanner import PageScanner, ScannerOptions
from desk.forms.fonts import FOLDER
from desk.ui.main_window import MainWindow
from desk.ui.scanning.scan_dialog import ScanDialog

_OFFICE = PageScanner("example", "EPSON DS-1630")
_BOTH = ScannerOptions(sources=("Flatbed", "Automatic Document Feeder"))
_PAPER = (1654, 2339)  # A4 at 200 dpi
_MARGIN, _LINE = 190, 74
_FIRST = (
    "反映信",
    "",
    "青榕街道群众诉求服务大厅：",
    "    榕荫里小区 7 栋 2 单元三楼楼道的灯不亮，声控开关",
    "也坏了，老人晚上不敢下楼，已经有两位绊倒。物业说要等",
    "厂家来人，等了三个星期没有消息。",
    "    请帮我们催一催，先把灯换上。",
    "",
    "                                      榕荫里 7 栋几户住户",
)
_SECOND = (
    "附：三楼、四楼楼道照片说明",
    "",
    "一、三楼灯罩碎裂，灯座外露。",
    "二、四楼开关面板脱落。",
)


def scanning(window: MainWindow) -> None:
    """Show two pages that were scanned, and the third that may follow."""
    dialog = ScanDialog(window.desk, window, lambda _pdf: None)
    dialog.resize(dialog.sizeHint().boundedTo(window.size()))
    dialog.side.show_scanners((_OFFICE,))
    dialog.side.show_options(_BOTH)
    dialog.open()
    dialog.add_pages("", [_written(_FIRST), _written(_SECOND)])


def _written(lines: tuple[str, ...]) -> bytes:
    """Return a page with these lines as a scanner gives it."""
    page = Image.new("L", _PAPER, 250)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(FOLDER / "NotoSerifSC-Regular.ttf"), 44)
    for at, line in enumerate(lines):
        pen.text((_MARGIN, _MARGIN + at * _LINE), line, fill=30, font=font)
    kept = BytesIO()
    page.save(kept, "PNG")
    return kept.getvalue()
