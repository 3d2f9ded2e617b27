"""What is asked at the door (走访问卷、入户十问), edited one question a line."""

from typing import Any

from desk.actions.questionnaires import ChangeQuestionnaire
from desk.exchange.organisation_rows import Column
from desk.queries.administration import Record, Register
from desk.queries.visits import questionnaire_register
from desk.rules.deeds import Deed
from desk.rules.early_action_codes import QuestionnaireKind
from desk.rules.questionnaires import EXAMPLE, MOST_QUESTIONS
from desk.ui.admin.specs import RegisterSpec, Values
from desk.ui.desk import ByMe


def _save(me: ByMe, _register: Register, record: Record | None, values: Values) -> Any:
    assert record is not None  # noqa: S101 - there are exactly these, none is new
    return ChangeQuestionnaire(**me, kind=QuestionnaireKind(record.id), text=values["各问"])


VISIT_SPECS: tuple[RegisterSpec, ...] = (
    RegisterSpec(
        "走访问卷",
        "从今天起打印的走访表用新的；已经打印的照原来的录入。",
        (
            Column("问卷"),
            Column(
                "各问",
                f"一行一问，最多 {MOST_QUESTIONS} 问，例如 {EXAMPLE}　答案后面的 * 表示要多看一眼",
                required=True,
                lines=10,
            ),
        ),
        questionnaire_register,
        _save,
        only_fresh=("问卷",),
        deed=Deed.KEEP_QUESTIONNAIRES,
        columns_of={"text": "各问"},
    ),
)
