"""What may be done with the attachment that is looked at (附件侧栏): sort, mask, take out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.queries.attachments import AttachmentView
from desk.rules.file_kinds import kinds_for, may_show_people, say_size
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.ui.attachments.brush_pane import SIZE_WORDS
from desk.ui.attachments.strip import MASKED
from desk.ui.case.form_parts import bad, grow_with_rows
from desk.ui.keys import GlobalKey, ListKey
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import CheckedField, FieldState
from desk.ui.widgets.choice_chips import CheckChip, Choice, ChoiceChips

_LETTERS = 19  # width of the side column
_LOOK_KEYS = "← → 换一个　＋ － 缩放\nShift＋方向键 看细部"
_BRUSH_KEYS = "方向键 移动笔　空格 涂一下\n＋ － 换大小　PgUp PgDn 缩放"
_BRUSH_WORDS = (
    "涂住人脸、车牌、门牌号。涂过的地方只剩色块，存下后谁也还原不了。原照片原样留着，另存一份副本。"
)
_BARE = "没有遮挡人脸和车牌，要带出须写理由，理由会留痕。"
_FREE = "可以带出；带出会留痕。"
_UNSEEN = (
    "程序看不出里面有什么：扫描件里可能有身份证，录音里可能有电话、住址。"
    "请先看（听）一遍再勾上；来不及的写明理由，会留痕。"
)
_SEEN = "核对过了，可以带出"


class ViewerSide(Card):
    """Facts about one attachment, what it shows, and the ways out.

    Signals:
        kind_chosen: it shows something else; carries the AttachmentKind.
        mask_asked: faces and plates are to be hidden.
        both_asked: before and after are to be seen side by side, or one alone again.
        take_out_asked: a copy is to leave; carries the reason, and whether it was looked through.
        close_asked: nothing more is to be looked at.

    Args:
        foot: what else may be done with it, below the rest.
    """

    kind_chosen = Signal(object)
    mask_asked = Signal()
    both_asked = Signal()
    take_out_asked = Signal(str, bool)
    close_asked = Signal()

    def __init__(self, foot: QWidget) -> None:
        super().__init__("附件")
        self._view: AttachmentView | None = None
        self.name = text_label("", "strong", wraps=True)
        self._facts = text_label("", "hint", wraps=True)
        self.kinds = ChoiceChips("归类", numbered=False, small=True)
        grow_with_rows(self.kinds)
        self.cover = KeyButton("遮挡人脸、车牌", ListKey.MASK, icon="eye-off")
        self.both = KeyButton("前后对照", ListKey.COMPARE, icon="image")
        self.reason = CheckedField("带出的理由")
        self.seen = CheckChip(_SEEN)
        self.take_out = KeyButton("另存到…", ListKey.TAKE_OUT, icon="export")
        self.said = text_label("", "label", wraps=True)
        self._close = KeyButton("关闭", GlobalKey.OUT)
        self._build(foot)
        self.kinds.chosen.connect(self.kind_chosen)
        self.cover.clicked.connect(self.ask_to_mask)
        self.both.clicked.connect(self.both_asked)
        self.take_out.clicked.connect(self.ask_to_take_out)
        self._close.clicked.connect(self.close_asked)

    def show_view(self, view: AttachmentView, *, may_sort: bool, may_leave: bool) -> None:
        """Show another attachment, or another state of it."""
        if self._view is None or self._view.id != view.id:
            self.reason.set_text("")
            self.seen.setChecked(False)
            self.say("")
        self._view = view
        self.name.setText(view.name)
        added = f"{in_shanghai(view.added_at):%Y-%m-%d %H:%M}"
        masked = [MASKED] if view.masks_id is not None else []
        facts = [view.family, say_size(view.size), *masked]
        self._facts.setText(f"{' · '.join(facts)}\n{added} {view.added_by} 添加")
        self.kinds.set_choices([Choice(kind, label(kind)) for kind in kinds_for(view.media_type)])
        self.kinds.set_value(view.kind)
        self.kinds.setEnabled(may_sort)
        is_bare = may_show_people(view.media_type) and view.masks_id is None
        self.cover.setVisible(view.is_picture and may_leave)
        is_unseen = not may_show_people(view.media_type)
        self.seen.setVisible(is_unseen and may_leave)
        self.reason.setVisible((is_bare or is_unseen) and may_leave)
        self.reason.set_hint(_BARE if is_bare else _UNSEEN)
        self._free.setVisible(may_leave and not is_bare and not is_unseen)
        self.take_out.setVisible(may_leave)

    def offer_both(self, *, is_both: bool, is_there: bool) -> None:
        """Offer before and after beside each other, or the way back to one."""
        self.both.setText("只看这一张" if is_both else "前后对照")
        self.both.setAccessibleName(self.both.text())
        self.both.setVisible(is_there)

    def ask_to_mask(self) -> None:
        """Ask for the brush, where there is a photo to brush on."""
        if self.cover.isVisible():
            self.mask_asked.emit()

    def ask_to_take_out(self) -> None:
        """Ask for the reason first where one is needed."""
        if not self.take_out.isVisible():
            return
        reason = self.reason.text().strip()
        is_seen = not self.seen.isHidden() and self.seen.isChecked()
        if not self.reason.isHidden() and not reason and not is_seen:
            other = "先遮挡再带出" if self.seen.isHidden() else f"看（听）一遍再勾“{_SEEN}”"
            self.refuse(f"请写明带出的理由，或{other}。")
            return
        self.reason.set_state(FieldState())
        self.take_out_asked.emit(reason, is_seen)

    def refuse(self, sentence: str) -> None:
        """Say beside the reason why the attachment does not leave."""
        self.reason.set_state(bad(sentence))
        self.reason.setFocus()

    def say(self, sentence: str, state: str = "") -> None:
        """Say what has happened."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        say_state(self.said, state=state)

    def _build(self, foot: QWidget) -> None:
        self._free = text_label(_FREE, "hint", wraps=True)
        heads = (self.name, self._facts, text_label("归类", "label"), self.kinds)
        ways = (_wide(self.both), _wide(self.cover))
        leaving = (self.seen, self.reason, self._free, _wide(self.take_out), self.said)
        for part in (heads, ways, leaving):
            for widget in part:
                self.body.addWidget(widget)
            self.body.addSpacing(4)
        self.body.addStretch()
        self.body.addWidget(foot)
        self.body.addWidget(text_label(_LOOK_KEYS, "hint", wraps=True))
        self.body.addWidget(_wide(self._close))
        _keep_width(self)


class BrushSide(Card):
    """The brush: its size, taking a stroke back, and keeping the copy.

    Signals:
        size_chosen: another brush; carries its number from 0.
        undo_asked: the last stroke is to be taken back.
        keep_asked: the masked copy is to be kept.
        leave_asked: not now; the strokes stay while the window is open.
    """

    size_chosen = Signal(object)
    undo_asked = Signal()
    keep_asked = Signal()
    leave_asked = Signal()

    def __init__(self) -> None:
        super().__init__("遮挡")
        self.sizes = ChoiceChips(
            "笔的大小", [Choice(at, word) for at, word in enumerate(SIZE_WORDS)], numbered=False
        )
        grow_with_rows(self.sizes)
        self.undo = KeyButton("撤回一笔", GlobalKey.UNDO, icon="undo")
        self.keep = KeyButton("存成遮挡副本", GlobalKey.FINISH, kind=ButtonKind.MAIN)
        self.said = text_label("", "label", wraps=True)
        leave = KeyButton("先不存", GlobalKey.OUT)
        for widget in (
            text_label(_BRUSH_WORDS, "label", wraps=True),
            text_label("笔的大小", "label"),
            self.sizes,
            _wide(self.undo),
            _wide(self.keep),
            self.said,
        ):
            self.body.addWidget(widget)
        self.body.addStretch()
        self.body.addWidget(text_label(_BRUSH_KEYS, "hint", wraps=True))
        self.body.addWidget(_wide(leave))
        _keep_width(self)
        self.sizes.chosen.connect(self.size_chosen)
        self.undo.clicked.connect(self.undo_asked)
        self.keep.clicked.connect(self.keep_asked)
        leave.clicked.connect(self.leave_asked)

    def show_strokes(self, count: int) -> None:
        """Offer what is possible with so many strokes."""
        self.undo.setEnabled(count > 0)
        self.keep.setEnabled(count > 0)
        self.say(f"涂了 {count} 笔，还没有存。" if count else "")

    def say(self, sentence: str, state: str = "") -> None:
        """Say something above the foot."""
        self.said.setText(sentence)
        say_state(self.said, state=state)


def _wide(button: QWidget) -> QWidget:
    policy = button.sizePolicy()
    button.setSizePolicy(policy.Policy.Expanding, policy.verticalPolicy())
    return button


def _keep_width(card: QWidget) -> None:
    """Give the column one width, so that the photo beside it does not jump."""
    card.setFixedWidth(card.fontMetrics().horizontalAdvance("字") * _LETTERS)
