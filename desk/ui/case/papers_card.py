"""Papers, attachments and linked cases (文书、附件、关联): the right-hand column of a case file."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desk.queries.case_file import CaseFile
from desk.rules.codes import CaseStatus, OpinionStatus, PaperState
from desk.rules.wording import label
from desk.ui.attachments.strip import AttachmentStrip
from desk.ui.desk import Desk
from desk.ui.icons import paint_icon
from desk.ui.keys import ActionKey
from desk.ui.theme import Type, say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.painted import PaintedButton
from desk.ui.widgets.painting import paint_box, paint_focus, paint_text, text_width

_THUMB = QSize(88, 62)
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_GOOD = frozenset({PaperState.DELIVERED, PaperState.SCANNED})
_BEFORE_OPINION = frozenset(
    {CaseStatus.RECEIVED, CaseStatus.DISPATCHED, CaseStatus.ACCEPTED, CaseStatus.HANDLING}
)


class PaperRow(PaintedButton):
    """One paper: icon, title, number, and at the right its state; Enter opens the preview."""

    def __init__(self, title: str, number: str, state: str, *, is_good: bool = False) -> None:
        super().__init__(title)
        self._number, self._state = number, state
        self._token = "ok" if is_good else "text2"
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        self.setAccessibleName(f"{title} {number} {state}")

    def sizeHint(self) -> QSize:
        """Return the room for two lines."""
        return QSize(200, round(tokens().sizes.row * 1.25))

    def minimumSizeHint(self) -> QSize:
        """Return the least that still reads."""
        return QSize(140, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both lines."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        if self.underMouse() and self.isEnabled():
            paint_box(painter, area, look.sunken, None)
        ink = look.text if self.isEnabled() else look.text2
        side = float(look.sizes.icon)
        paint_icon(painter, "document", QRectF(area.left() + 2, area.top() + 5, side, side), ink)
        half = area.height() / 2
        upper = QRectF(area.left() + side + 8, area.top() + 3, area.width() - side - 12, half - 1)
        lower = upper.translated(0, half - 4)
        small, body = look.font(Type.CAPTION), look.font(Type.BODY)
        state = text_width(small, self._state)
        paint_text(painter, upper.adjusted(0, 0, -state - 8, 0), self.text(), body, ink)
        paint_text(painter, upper, self._state, small, look.colour(self._token), _RIGHT)
        paint_text(painter, lower, self._number, small, look.text2)
        if self.hasFocus():
            paint_focus(painter, area, look, 4)
        painter.end()


class PapersColumn(QWidget):
    """Two cards: papers with their last mile, and attachments with linked cases.

    Signals:
        paper_wanted: a paper is to be looked at; carries its id.
        versions_wanted: the versions of the opinion are to be compared.
        attachment_wanted: an attachment is to be looked at; carries its view.
        both_wanted: before and after are to be seen side by side.
        case_wanted: a linked case; carries its id.
        attach_asked: a file is to be added.
        unlink_asked: the link to the earlier case is to be taken back.
    """

    paper_wanted = Signal(object)
    versions_wanted = Signal()
    attachment_wanted = Signal(object)
    both_wanted = Signal()
    case_wanted = Signal(object)
    attach_asked = Signal()
    unlink_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._papers, self._files = Card("文书"), Card("附件")
        add = KeyButton("添加", ActionKey.ATTACH, kind=ButtonKind.QUIET)
        add.clicked.connect(self.attach_asked)
        if self._files.head is not None:
            self._files.head.add(add)
        self.rows: list[PaperRow] = []
        self._paper_rows, self._file_rows = QVBoxLayout(), QVBoxLayout()
        for card, rows in ((self._papers, self._paper_rows), (self._files, self._file_rows)):
            rows.setSpacing(2)
            inner = QWidget()
            say_state(inner, ground="clear")
            inner.setLayout(rows)
            rows.setContentsMargins(0, 0, 4, 0)
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.setWidget(inner)
            card.body.addWidget(scroll, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().sizes.gutter)
        column.addWidget(self._papers, 1)
        column.addWidget(self._files, 1)

    def show_case(self, file: CaseFile, *, may_link: bool) -> None:
        """Show what belongs to this case."""
        for rows in (self._paper_rows, self._file_rows):
            while (item := rows.takeAt(0)) is not None:
                if (old := item.widget()) is not None:
                    old.hide()
                    old.deleteLater()
        self._show_papers(file)
        self._show_files(file, may_link=may_link)

    def newest_paper(self) -> int | None:
        """Return the id of the paper that has the keyboard, else of the newest one."""
        focused = next((row for row in self.rows if row.hasFocus()), None)
        chosen = focused or (self.rows[-1] if self.rows else None)
        return None if chosen is None else int(chosen.property("paper"))

    def _show_papers(self, file: CaseFile) -> None:
        self.rows = []
        for paper in file.papers:
            revision = f"　第 {paper.revision} 版" if paper.revision > 1 else ""
            box = f"　在 {paper.box_number} 盒" if paper.box_number else ""
            state = label(paper.state)
            good = paper.state in _GOOD
            row = PaperRow(paper.title, f"{paper.number}{revision}{box}", state, is_good=good)
            row.setProperty("paper", paper.id)
            row.clicked.connect(lambda _on=False, p=paper.id: self.paper_wanted.emit(p))
            self._paper_rows.addWidget(row)
            self.rows.append(row)
        pending = _pending_opinion(file)
        if pending:
            row = PaperRow("处理意见书", *pending)
            row.setEnabled(False)
            self._paper_rows.addWidget(row)
        if file.signing.versions:
            self._paper_rows.addWidget(self._versions_row(file))
        if not file.papers and not pending:
            self._paper_rows.addWidget(text_label("还没有文书。", "hint"))
        self._paper_rows.addStretch()

    def _versions_row(self, file: CaseFile) -> PaperRow:
        """Return the row that opens the versions of the opinion side by side."""
        newest = file.signing.versions[0]
        names = "、".join(name for name, _ in newest.differences) or "内容没有改"
        row = PaperRow(f"意见书第 {newest.revision} 版", f"与上一版不同：{names}", "各版")
        row.clicked.connect(self.versions_wanted)
        return row

    def _show_files(self, file: CaseFile, *, may_link: bool) -> None:
        if self._files.head is not None:
            self._files.head.set_note(str(len(file.attachments)) if file.attachments else "")
        strip = AttachmentStrip(self._desk, file.attachments)
        strip.wanted.connect(self.attachment_wanted)
        strip.both_wanted.connect(self.both_wanted)
        self._file_rows.addWidget(strip)
        self._show_links(file, may_link=may_link)
        self._file_rows.addStretch()

    def _show_links(self, file: CaseFile, *, may_link: bool) -> None:
        if not file.links and not file.repeat_of_number:
            return
        self._file_rows.addSpacing(8)
        self._file_rows.addWidget(text_label("关联", "label"))
        for link in file.links:
            words = (link.words, link.appellant, label(link.status), link.number, link.summary)
            button = KeyButton("　".join(words), kind=ButtonKind.QUIET)
            button.setSizePolicy(
                button.sizePolicy().Policy.Ignored, button.sizePolicy().Policy.Fixed
            )
            button.setToolTip(button.text())
            button.clicked.connect(lambda _on=False, c=link.id: self.case_wanted.emit(c))
            self._file_rows.addWidget(button)
        if file.repeat_of_number and file.repeat_of_id is None:
            self._file_rows.addWidget(text_label(f"原件 {file.repeat_of_number}", "label"))
        if file.repeat_of_id is not None and may_link and not _goes_with_main(file):
            undo = KeyButton("取消关联", kind=ButtonKind.QUIET)
            undo.clicked.connect(self.unlink_asked)
            self._file_rows.addWidget(undo, 0, Qt.AlignmentFlag.AlignLeft)


def _goes_with_main(file: CaseFile) -> bool:
    return any(link.is_merged and not link.repeats_this for link in file.links)


def _pending_opinion(file: CaseFile) -> tuple[str, str] | None:
    """Return what to say of an opinion that is not a paper yet: below the title, at the right."""
    if file.status in _BEFORE_OPINION:
        return "未起草", "办理完毕后可写"
    if file.opinion is None or file.opinion.status is OpinionStatus.SIGNED:
        return None
    return f"{file.opinion.written_by}起草", label(file.opinion.status)
