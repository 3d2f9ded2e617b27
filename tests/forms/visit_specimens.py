"""A walk's sheet as it is carried along (走访表): two buildings, ten questions, nobody by name."""

from typing import Any

from desk.forms.visit_rows import VisitSheetRow
from desk.rules.early_action_codes import QuestionnaireKind, VisitConcern, VisitResult
from desk.rules.early_actions import CONCERN_HINTS
from desk.rules.questionnaires import SEEDS
from desk.rules.wording import label
from tests.forms.paper_specimen import paper


def numbered(words):
    return "　".join(f"{n} {word}" for n, word in enumerate(words, start=1))


def visit_sheet() -> VisitSheetRow:
    return {
        **paper("青榕单〔2026〕41号", "visit-sheet"),
        "kind": "入户十问",
        "community": "榕东社区",
        "grid": "榕东第1网格",
        "planned_on": "2026-11-03",
        "households": "24",
        "questions": [
            {"about": one.area, "text": one.text, "answers": numbered(one.answers)}
            for one in SEEDS[QuestionnaireKind.TEN_QUESTIONS]
        ],
        "doors": [
            {"building": building, "household": f"1单元{floor}0{door}"}
            for building in ("青榕里3栋", "青榕里4栋")
            for floor in range(1, 4)
            for door in range(1, 5)
        ],
        "few_doors": [],
        "results": numbered(label(one) for one in VisitResult),
        "concerns": [
            {"mark": f"{n} {label(one)}", "hint": CONCERN_HINTS[one]}
            for n, one in enumerate(VisitConcern, start=1)
        ],
    }


VISIT_PAPERS: dict[str, Any] = {"visit-sheet": visit_sheet}
