"""What a walk through the pages looks for: no name, cut words, what only a mouse reaches, keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QLineEdit, QScrollBar, QWidget

from desk.ui.board.columns_view import ColumnsView
from desk.ui.help_window import keys_page
from desk.ui.keys import shown
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from tests.ui.small_screen import cut

R = QAccessible.Role
# what a screen reader stops at and must be able to call by a name
NAMED = frozenset(
    {
        R.Button,
        R.ButtonDropDown,
        R.ButtonMenu,
        R.CheckBox,
        R.ComboBox,
        R.EditableText,
        R.List,
        R.ProgressBar,
        R.RadioButton,
        R.Slider,
        R.SpinBox,
        R.Table,
        R.Tree,
    }
)
SIZES = {"100 %": (1366, 728), "150 %": (911, 472), "200 %": (683, 344)}


def said(widget):
    """Return which control it is, so that one finds it."""
    above, line = widget.parentWidget(), [type(widget).__name__]
    while above is not None and len(line) < 4:
        line.append(type(above).__name__)
        above = above.parentWidget()
    text = getattr(widget, "text", str)()
    return f"{' < '.join(line)} {text if isinstance(text, str) else ''}".strip()


def controls(page):
    """Return the visible controls of a page that are its own, not parts of others."""
    for one in page.findChildren(QWidget):
        inside = isinstance(one.parent(), QAbstractSpinBox) or isinstance(one, QScrollBar)
        if one.isVisible() and not inside and not one.objectName().startswith("qt_"):
            yield one


def nameless(page):
    """Return the controls that a screen reader cannot call by a name."""
    found = []
    for one in controls(page):
        face = QAccessible.queryAccessibleInterface(one)
        if face is None or face.role() not in NAMED:
            continue
        can_stop = one.focusPolicy() != Qt.FocusPolicy.NoFocus or face.role() is R.ProgressBar
        if can_stop and not face.text(QAccessible.Text.Name).strip():
            found.append(said(one))
    return found


def mouse_only(page):
    """Return the buttons that neither Tab nor a key reaches."""
    return [
        said(one)
        for one in controls(page)
        if isinstance(one, QAbstractButton)
        and one.isEnabled()
        and not one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (isinstance(one, KeyButton) and one._key)
        and not one.accessibleDescription()
        and not isinstance(one.parent(), QLineEdit)
        and not _has_neighbour_in_the_chain(one)
    ]


def _has_neighbour_in_the_chain(one):
    """Tell whether Tab comes to another of its group: from there the arrows lead to it."""
    return any(
        other.focusPolicy() & Qt.FocusPolicy.TabFocus
        for other in one.parentWidget().findChildren(type(one))
    )


def out_of_the_chain(page):
    """Return the controls that Tab never comes to, wherever one begins."""
    chain, at = set(), page
    while at not in chain:
        chain.add(at)
        at = at.nextInFocusChain()
    return [
        said(one)
        for one in controls(page)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one not in chain
    ]


def keyless(page):
    """Return the main buttons that no key presses: the mouse would be the quickest way."""
    mains = (one for one in controls(page) if isinstance(one, KeyButton))
    return [said(one) for one in mains if one.kind is ButtonKind.MAIN and not one._key]


def unlabelled(window, heard):
    """Return the keys that do something now and are told nowhere.

    Args:
        heard: the words that are painted on the window, caps of keys among them.
    """
    told = {*heard, *_hints(window)}
    listed = {line.split("|")[1].strip() for line in keys_page().splitlines() if "|" in line}
    active = {
        key.key().toString(QKeySequence.SequenceFormat.PortableText)
        for key in window.findChildren(QShortcut)
        if key.isEnabled() and key.parent().isVisible()
    }
    names = {sequence: shown(sequence) for sequence in active}
    return sorted(
        name
        for name in names.values()
        if name not in listed and not any(name in words for words in told)
    )


def _hints(window):
    for one in window.findChildren(QWidget):
        if one.isVisible():
            yield from (one.toolTip(), one.accessibleDescription(), one.accessibleName())


def troubles(page):
    """Return everything that is wrong with a page as it is shown now."""
    looks = {"没有名称": nameless, "只能用鼠标": mouse_only, "Tab 到不了": out_of_the_chain}
    looks["主按钮没有键"] = keyless
    looks["截断"] = cut
    if beside := [one for one in page.findChildren(ColumnsView) if one.isVisible()]:
        del looks["截断"]  # the columns of a board are scrolled sideways, by the arrows too
        assert all(one.stages for one in beside)
    return {what: found for what, look in looks.items() if (found := look(page))}
