"""The questions at the door kept by the hall (走访问卷、入户十问): each change from a day on."""

from dataclasses import dataclass

from desk.actions.dated_rows import dated
from desk.rules.deeds import Deed
from desk.rules.early_action_codes import QuestionnaireKind
from desk.rules.questionnaires import read_questions
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.models import Questionnaire
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeQuestionnaire(Request):
    """Ask something else from today; sheets that are printed already keep their questions."""

    kind: QuestionnaireKind
    text: str = words("问卷", Field.BODY)


@action(ChangeQuestionnaire, "questionnaire.changed")
def change_questionnaire(tx: Transaction, request: ChangeQuestionnaire) -> Changes:
    """Keep the questions from today on; those of former days stay as they were.

    Raises:
        NotAllowed: the asker does not keep them.
        RuleBroken: a line cannot be read.
    """
    require_hall(Deed.KEEP_QUESTIONNAIRES, tx.person)
    questions = read_questions(request.text)
    values = {"kind": request.kind, "questions": [one.as_json() for one in questions]}
    dated(tx, Questionnaire, Questionnaire.kind == request.kind, values)
    return Changes(f"更改{label(request.kind)}：{len(questions)} 问", detail=request.text)
