"""What is asked at the door (走访问卷、入户十问): written in lines, one question a line.

A hall edits the lines; from a day on the new ones are asked. What was printed keeps its own.
Sources: DOMAIN.md 000-4, 9.5.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from desk.rules.early_action_codes import QuestionnaireKind
from desk.rules.errors import RuleBroken

MOST_QUESTIONS = 10  # as many columns as the sheet has
MOST_ANSWERS = 9  # one digit each
_LONGEST = 60
_LONGEST_ANSWER = 12
_MARK = "*"
EXAMPLE = "消防：楼道里堆了东西吗？｜没有/有*"


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answers.

    Attributes:
        area: what it is about (消防).
        telling: the numbers of the answers after which one looks closer.
    """

    area: str
    text: str
    answers: tuple[str, ...]
    telling: frozenset[int] = frozenset()

    @property
    def line(self) -> str:
        """Return the question as it is edited."""
        answers = "/".join(
            f"{answer}{_MARK if number in self.telling else ''}"
            for number, answer in enumerate(self.answers, start=1)
        )
        return f"{self.area}：{self.text}｜{answers}"

    def as_json(self) -> dict[str, Any]:
        """Return the question as it is stored."""
        return {
            "area": self.area,
            "text": self.text,
            "answers": list(self.answers),
            "telling": sorted(self.telling),
        }


def question_of(data: Mapping[str, Any]) -> Question:
    """Return a question that was stored."""
    return Question(
        data["area"], data["text"], tuple(data["answers"]), frozenset(data.get("telling", ()))
    )


def questions_of(data: Sequence[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Return the questions that were stored."""
    return tuple(question_of(one) for one in data)


def read_questions(text: str) -> tuple[Question, ...]:
    """Return the questions written in lines.

    Raises:
        RuleBroken: a line cannot be read, or there are none or too many; it says which.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise RuleBroken(f"至少写一问，一行一问，例如 {EXAMPLE}", field="text")
    if len(lines) > MOST_QUESTIONS:
        raise RuleBroken(
            f"最多 {MOST_QUESTIONS} 问，现在是 {len(lines)} 问，表上放不下。", field="text"
        )
    return tuple(_read(number, line) for number, line in enumerate(lines, start=1))


def show_questions(questions: Sequence[Question]) -> str:
    """Return questions as they are edited."""
    return "\n".join(question.line for question in questions)


def require_answers(questions: Sequence[Question], answers: Sequence[int]) -> None:
    """Raise RuleBroken unless each answer is one of its question's, or 0 for none."""
    if len(answers) > len(questions):
        raise RuleBroken(f"这张表只有 {len(questions)} 问，请核对。", field="answers")
    for question, answer in zip(questions, answers, strict=False):
        if not 0 <= answer <= len(question.answers):
            raise RuleBroken(
                f"“{question.text}”没有第 {answer} 个答案，请填 1 到 {len(question.answers)}，"
                "没问的空着。",
                field="answers",
            )


def telling_answers(questions: Sequence[Question], answers: Sequence[int]) -> tuple[str, ...]:
    """Return what was answered that calls for a closer look: “消防 有”."""
    return tuple(
        f"{question.area} {question.answers[answer - 1]}"
        for question, answer in zip(questions, answers, strict=False)
        if answer in question.telling
    )


def _read(number: int, line: str) -> Question:
    question, bar, answers = line.replace("|", "｜").partition("｜")
    area, colon, text = question.replace(":", "：").partition("：")
    said = [one.strip() for one in answers.replace("／", "/").replace("＊", _MARK).split("/")]
    if not (bar and colon and area.strip() and text.strip()):
        raise RuleBroken(f"第 {number} 行看不懂，请写成 {EXAMPLE}", field="text")
    plain = [one.rstrip(_MARK).strip() for one in said]
    if not all(plain) or not 2 <= len(plain) <= MOST_ANSWERS:  # noqa: PLR2004 - a choice
        raise RuleBroken(
            f"第 {number} 行的答案要有 2 到 {MOST_ANSWERS} 个，之间用“/”隔开。", field="text"
        )
    if len(text.strip()) > _LONGEST or max(map(len, plain)) > _LONGEST_ANSWER:
        raise RuleBroken(
            f"第 {number} 行太长：问题最多 {_LONGEST} 字，每个答案最多 {_LONGEST_ANSWER} 字。",
            field="text",
        )
    telling = {at for at, one in enumerate(said, start=1) if one.endswith(_MARK)}
    return Question(area.strip(), text.strip(), tuple(plain), frozenset(telling))


_TEN = """
防疫健康：近两周家里有人发热、咳嗽吗？｜没有/有*
防疫健康：有没有常年吃药、需要上门看病的人？｜没有/有
养老助残：有没有独居或只有老人在家的？｜没有/有*
养老助残：老人、残疾人的补贴和证件都办了吗？｜都办了/没办*/不清楚
养老助残：需要助餐、助洁、陪诊吗？｜不需要/需要*
消防：楼道、阳台堆了杂物或停了电动车吗？｜没有/有*
消防：燃气、电线有没有老化，会用灭火器吗？｜没问题/要检修*
政策：低保、医保、就业政策有不清楚的吗？｜清楚/要讲解*
政策：楼里有没有拖着没解决的事？｜没有/有*
政策：今年最希望社区办的事？｜没有/写在情况里*
"""
_VISIT = """
住得怎么样：家里的水、电、气、门窗好用吗？｜好用/有毛病*
环境：楼道、垃圾、噪声有没有不满意的？｜没有/有*
物业：物业、停车、电梯有没有意见？｜没有/有*
邻里：和邻居有没有说不开的事？｜没有/有*
需要：有什么要社区帮忙的？｜没有/写在情况里*
"""
SEEDS: Mapping[QuestionnaireKind, tuple[Question, ...]] = MappingProxyType(
    {
        QuestionnaireKind.VISIT: read_questions(_VISIT),
        QuestionnaireKind.TEN_QUESTIONS: read_questions(_TEN),
    }
)
