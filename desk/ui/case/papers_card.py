"""Papers, attachments and linked cases (文书、附件、关联): the right-hand column of a case file."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desk.queries.attachments import AttachmentView, attachment_bytes
from desk.queries.case_file import CaseFile
from desk.rules.codes import CaseStatus, OpinionStatus, PaperState
from desk.rules.wording import label
from desk.ui.case.reading_files import kind_of, say_size, small_picture
from desk.ui.desk import Desk
from desk.ui.icons import paint_icon
from desk.ui.keys import ActionKey
from desk.ui.theme import Type, say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.flow_layout import FlowLayout
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


class Thumb(PaintedButton):
    """One attachment: a small picture, or what kind of file it is; Enter opens it."""

    def __init__(self, view: AttachmentView) -> None:
        super().__init__(view.name)
        self.view = view
        self._picture: QPixmap | None = None
        self.setToolTip(f"{view.name}（{kind_of(view.media_type)}，{say_size(view.size)}）")
        self.setAccessibleName(f"附件 {view.name} {kind_of(view.media_type)}")

    def set_picture(self, picture: QImage) -> None:
        """Show the picture once it has been read."""
        if not picture.isNull():
            self._picture = QPixmap.fromImage(picture)
            self.update()

    def sizeHint(self) -> QSize:
        """Return the room for picture and name."""
        return QSize(_THUMB.width(), _THUMB.height() + 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw picture and name."""
        look = tokens()
        painter = QPainter(self)
        area = self.area()
        frame = QRectF(area.left(), area.top(), area.width(), float(_THUMB.height()))
        paint_box(painter, frame, look.column, None)
        if self._picture is not None:
            painter.drawPixmap(frame.toRect(), self._picture)
        else:
            name = "image" if self.view.media_type.startswith("image/") else "attach"
            spot = QRectF(frame.center().x() - 10, frame.center().y() - 10, 20, 20)
            paint_icon(painter, name, spot, look.text2)
        words = QRectF(area.left(), frame.bottom() + 1, area.width(), 18)
        paint_text(painter, words, self.text(), look.font(Type.CAPTION), look.text2, _MIDDLE)
        if self.hasFocus():
            paint_focus(painter, frame, look, 4)
        painter.end()


class PapersColumn(QWidget):
    """Two cards: papers with their last mile, and attachments with linked cases.

    Signals:
        paper_wanted: a paper is to be looked at; carries its id.
        attachment_wanted: an attachment is to be opened; carries its view.
        case_wanted: a linked case; carries its id.
        attach_asked: a file is to be added.
        unlink_asked: the link to the earlier case is to be taken back.
    """

    paper_wanted = Signal(object)
    attachment_wanted = Signal(object)
    case_wanted = Signal(object)
    attach_asked = Signal()
    unlink_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: dict[int, QImage] = {}
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
            state = label(paper.state)
            good = paper.state in _GOOD
            row = PaperRow(paper.title, f"{paper.number}{revision}", state, is_good=good)
            row.setProperty("paper", paper.id)
            row.clicked.connect(lambda _on=False, p=paper.id: self.paper_wanted.emit(p))
            self._paper_rows.addWidget(row)
            self.rows.append(row)
        pending = _pending_opinion(file)
        if pending:
            row = PaperRow("处理意见书", *pending)
            row.setEnabled(False)
            self._paper_rows.addWidget(row)
        if not file.papers and not pending:
            self._paper_rows.addWidget(text_label("还没有文书。", "hint"))
        self._paper_rows.addStretch()

    def _show_files(self, file: CaseFile, *, may_link: bool) -> None:
        if self._files.head is not None:
            self._files.head.set_note(str(len(file.attachments)) if file.attachments else "")
        if file.attachments:
            box = QWidget()
            flow = FlowLayout(box, gap=8)
            for view in file.attachments:
                flow.addWidget(self._thumb(view))
            policy = box.sizePolicy()
            policy.setHeightForWidth(True)
            box.setSizePolicy(policy)
            self._file_rows.addWidget(box)
        else:
            self._file_rows.addWidget(text_label("没有附件。附件从不是必填。", "hint", wraps=True))
        self._show_links(file, may_link=may_link)
        self._file_rows.addStretch()

    def _show_links(self, file: CaseFile, *, may_link: bool) -> None:
        if not file.links and not file.repeat_of_number:
            return
        self._file_rows.addSpacing(8)
        self._file_rows.addWidget(text_label("关联", "label"))
        for link in file.links:
            said = "重复本件" if link.repeats_this else "原件"
            button = KeyButton(f"{said} {link.number} {link.summary}", kind=ButtonKind.QUIET)
            button.setSizePolicy(
                button.sizePolicy().Policy.Ignored, button.sizePolicy().Policy.Fixed
            )
            button.setToolTip(button.text())
            button.clicked.connect(lambda _on=False, c=link.id: self.case_wanted.emit(c))
            self._file_rows.addWidget(button)
        if file.repeat_of_number and file.repeat_of_id is None:
            self._file_rows.addWidget(text_label(f"原件 {file.repeat_of_number}", "label"))
        if file.repeat_of_id is not None and may_link:
            undo = KeyButton("取消关联", kind=ButtonKind.QUIET)
            undo.clicked.connect(self.unlink_asked)
            self._file_rows.addWidget(undo, 0, Qt.AlignmentFlag.AlignLeft)

    def _thumb(self, view: AttachmentView) -> Thumb:
        made = Thumb(view)
        made.clicked.connect(lambda _on=False: self.attachment_wanted.emit(view))
        if view.id in self._known:
            made.set_picture(self._known[view.id])
        elif view.media_type.startswith("image/"):
            query = partial(attachment_bytes, attachment_id=view.id)
            self._desk.ask(query, owner=made, done=partial(self._shrink, made))
        return made

    def _shrink(self, thumb: Thumb, content: bytes | None) -> None:
        if content is None:
            return

        def shown(picture: QImage) -> None:
            self._known[thumb.view.id] = picture
            thumb.set_picture(picture)

        side = _THUMB * self.devicePixelRatioF()
        self._desk.work(partial(small_picture, content, side), owner=thumb, done=shown)


def _pending_opinion(file: CaseFile) -> tuple[str, str] | None:
    """Return what to say of an opinion that is not a paper yet: below the title, at the right."""
    if file.status in _BEFORE_OPINION:
        return "未起草", "办理完毕后可写"
    if file.opinion is None or file.opinion.status is OpinionStatus.SIGNED:
        return None
    return f"{file.opinion.written_by}起草", label(file.opinion.status)
