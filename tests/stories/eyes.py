"""What somebody before the real program can read on the screen."""

from PySide6.QtWidgets import QLabel, QWidget

from desk.ui.preview import PaperPreview
from desk.ui.widgets.buttons import KeyButton
from tests.stories.hands import Hands

# Offered to nearly everybody at all times; the steps in the life of a case are the others.
BESIDES = frozenset(
    {
        "批注",
        "转调解",
        "回填",
        "附件",
        "会商纪要",
        "吹哨",
        "提请领导接访",
        "委托代办",
        "关联重复",
        "请勿再打",
        "可以再打",
        "保管原件",
        "并入主件",
        "诉求人撤回",
        "记被反映单位",
        "添加事项",
        "事项分给单位",
        "逐项答复",
        "加派",
        "撤下协办",
        "改后重签",
        "更正事实",
        "签字件扫回",
        "出具文书",
        "更正文书",
        "打印",
        "为什么不能办结",
        "还差什么才能归档",
    }
)


class Eyes(Hands):
    """Reads pages, panels and lists."""

    @property
    def window(self):
        """The main window of whoever is signed in."""
        return self.program.window

    @property
    def front(self):
        """The page in front."""
        return self.window.pages.front

    @property
    def desk(self):
        """The desk of whoever is signed in."""
        return self.window.desk

    def page_name(self):
        """Return the name of the page in front."""
        return self.window.pages.page.name

    def words_in(self, widget):
        """Return every word that a part of the screen shows."""
        shown = [*widget.findChildren(QLabel), *self.buttons_in(widget)]
        return "\n".join(one.text() for one in shown if one.isVisible())

    def buttons_in(self, widget):
        """Return the buttons of a part of the screen that can be pressed."""
        return [one for one in widget.findChildren(KeyButton) if one.isVisible()]

    def saved_number(self):
        """Return the number that the intake says it has given."""
        words = self.front.work.foot.saved_words()
        assert words.startswith("已存 "), words
        return words.removeprefix("已存 ").partition("，")[0]

    def found(self):
        """Return what Ctrl+K shows of cases, in words."""
        rows = self.window.palette_box.rows()
        return [f"{row.head} {row.mark}" for row in rows if row.group == "案件"]

    def steps(self):
        """Return the steps of the case's life that “现在可以” offers to this person."""
        return [label for label in self.front.page.bar.labels() if label not in BESIDES]

    def next_step(self):
        """Return the step that stands out as the one to take now, if there is one."""
        return next((i.label for i in self.front.page.bar._items if i.is_main), "")

    def status(self):
        """Return where the case stands, as its heading says."""
        return self.front.page.heading.status()

    def history(self):
        """Return the verbs of the timeline, the newest first."""
        return [entry.verb for entry in self.front.page.steps.timeline.entries()]

    def preview(self):
        """Return the preview that is open, if any."""
        found = self.program.frame.findChildren(PaperPreview)
        return next((one for one in found if one.isVisible()), None)

    @property
    def panel(self):
        """The panel that is open, if any."""
        return getattr(self.front, "page", self.front).host.panel

    def panel_words(self):
        """Return everything that can be read in the panel."""
        return self.words_in(self.panel)

    def troubles(self):
        """Return every sentence that stands beside a field of the panel."""
        panel = self.panel
        fields = [] if panel is None else panel.form.findChildren(QWidget)
        said = [field.sentence() for field in fields if hasattr(field, "sentence")]
        said += [field.state().sentence for field in fields if hasattr(field, "state")]
        return [sentence for sentence in said if sentence]
