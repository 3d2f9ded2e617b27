"""The word on a proposed dispatch: the first leader's (一把手派单), or of who keeps secrets."""

from functools import partial

from desk.actions.chief_dispatch import DecideDispatch
from desk.queries.dispatch_hints import DispatchOptions, dispatch_options
from desk.rules.deeds import Deed
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.dispatch_panels import ranked_items
from desk.ui.case.dispatch_words import proposal_words
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.picker_field import PickerField

YES, OTHER, NO = "yes", "other", "no"
_WORDS = (
    Choice(YES, "照此派出"),
    Choice(OTHER, "改由别的单位主办"),
    Choice(NO, "退回信联办重拟"),
)


class ConfirmPanel(DeedPanel):
    """确认派单: digits choose the word, Ctrl+Enter gives it."""

    deed, title, verb = Deed.CONFIRM_DISPATCH, "确认派单", "答复"

    def build(self) -> None:
        """Show what is proposed; the usual word is chosen already."""
        proposal = self.file.dispatch.proposal
        if proposal is not None:
            words = proposal_words(proposal, self.file)
            self.form.add(text_label(words, "reading", wraps=True))
        self._word = self.form.choice("word", "答复", _WORDS, required=True)
        self._word.chips.set_value(YES)
        self._lead = self.form.picker("lead", "改由谁主办", PickerField("改由谁主办"))
        self._lead.set_hint("按数字选建议的单位，或写名字、拼音首字母。")
        self._note = self.form.text("note", "批示", lines=2, hint="退回时必须写，信联办会看到。")
        self._word.chosen.connect(lambda _word: self._show_lead())
        self._show_lead()
        query = partial(dispatch_options, case_id=self.file.id)
        self.desk.ask(query, owner=self, done=self._on_options)

    def submit(self) -> None:
        """Ask for the other lead first."""
        self._lead.close_list()
        if self._word.value() == OTHER and self._lead.value() is None:
            self.missing("lead", "请选改由哪个单位主办。")
            return
        super().submit()

    def request(self, head: OnCase) -> DecideDispatch:
        """Give the word."""
        lead = self._lead.value() if self._word.value() == OTHER else None
        return DecideDispatch(
            **head,
            is_confirmed=self._word.value() != NO,
            lead=None if lead is None else int(str(lead)),
            note=self._note.text(),
        )

    def _show_lead(self) -> None:
        self._lead.setVisible(self._word.value() == OTHER)

    def _on_options(self, options: DispatchOptions) -> None:
        self._lead.set_items(ranked_items(options))
