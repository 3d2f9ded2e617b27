"""The panel that archives a case (归档): what it lacks in words, and the three questions."""

from desk.actions.archiving import ArchiveCase
from desk.rules.completeness import ThreeAnswers, answers_of, missing_for_archive
from desk.rules.deeds import Deed
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import LabelledChoice
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice

_YES, _NO = "yes", "no"
_QUESTIONS = (
    ("is_solved", "诉求是否解决"),
    ("is_exhausted", "办法是否穷尽"),
    ("is_satisfied", "居民是否满意"),
)


class ArchivePanel(DeedPanel):
    """归档: the three questions, and in words what is not complete yet."""

    deed, title, verb = Deed.ARCHIVE, "归档", "归档"

    def build(self) -> None:
        """Say what is missing, ask the three questions."""
        facts = self.file.archive
        missing = missing_for_archive(facts)
        for sentence in missing.hard:
            self.form.add(text_label(f"· {sentence}", "strong", wraps=True))
        for sentence in missing.soft:
            self.form.add(text_label(f"· {sentence}不影响归档。", "label", wraps=True))
        self._questions: dict[str, LabelledChoice] = {}
        if facts.is_answered and not facts.came_finished:
            self._ask(answers_of(facts))
        self._box = self.form.text("box_number", "档案盒号", hint="原件放在哪一盒，可以不填。")
        self._box.set_text(self.file.box_number)
        self._number = self.form.text(
            "archive_number", "归档号", hint="不填就由程序编号，本厅在“设置”里定怎么编。"
        )

    def request(self, head: OnCase) -> ArchiveCase:
        """Archive the case."""
        return ArchiveCase(
            **head,
            archive_number=self._number.text(),
            box_number=self._box.text(),
            is_solved=self._answer("is_solved"),
            is_exhausted=self._answer("is_exhausted"),
            is_satisfied=self._answer("is_satisfied"),
        )

    def box(self) -> str:
        """Return the box that was written, for what is archived together."""
        return self._box.text()

    def suggest_box(self, box: str) -> None:
        """Write a box where none is known yet."""
        if not self._box.text():
            self._box.set_text(box)

    def _answer(self, name: str) -> bool | None:
        asked = self._questions.get(name)
        value = asked.value() if asked is not None else None
        return None if value is None else value == _YES

    def _ask(self, known: ThreeAnswers) -> None:
        self.form.add(text_label("三问", "strong"))
        for (name, words), answer in zip(
            _QUESTIONS, (known.solved, known.exhausted, known.satisfied), strict=True
        ):
            choices = [Choice(_YES, "是"), Choice(_NO, "否")]
            asked = self.form.choice(name, words, choices, small=True)
            if answer is not None:
                asked.chips.set_value(_YES if answer else _NO)
            self._questions[name] = asked
