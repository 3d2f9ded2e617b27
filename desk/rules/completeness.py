"""What a case still lacks before it can be archived (还差什么才能归档), in sentences.

What is hard keeps the case from the archive; what is soft is said, and may be missing with a
reason of its own: attachments and scans are never obligatory (DOMAIN.md 6.1 #18, 9.2, 9.5).
"""

from dataclasses import dataclass

from desk.rules.codes import CaseStatus, Exit, Resolution, Satisfaction

_LIKED = frozenset({Satisfaction.SATISFIED, Satisfaction.FAIRLY})
_SOLVED = frozenset({Resolution.YES, Resolution.EXPLAINED})


@dataclass(frozen=True, slots=True)
class ThreeAnswers:
    """The three questions of every closing (三问): solved, every means tried, satisfied."""

    solved: bool | None = None
    exhausted: bool | None = None
    satisfied: bool | None = None

    def or_else(self, other: "ThreeAnswers") -> "ThreeAnswers":
        """Return these answers, and the other's where there is none."""
        return ThreeAnswers(
            other.solved if self.solved is None else self.solved,
            other.exhausted if self.exhausted is None else self.exhausted,
            other.satisfied if self.satisfied is None else self.satisfied,
        )


@dataclass(frozen=True, slots=True)
class ArchiveFacts:
    """What the archive needs to know of a case.

    Attributes:
        came_finished: a ledger brought it to its end; what is handled here is asked about here.
        unanswered: matters without a result or an answer.
        silent_units: units of the present round that have not reported.
        not_scanned: delivered papers whose signed copy has not come back.
        not_delivered: notices that were issued and have not reached the appellant.
        lacks_withdrawal: it was taken back by a signature or a letter that is not in the file.
        answers: the three questions as far as anybody has answered them.
    """

    status: CaseStatus
    exit: Exit
    round_no: int = 1
    came_finished: bool = False
    unanswered: tuple[str, ...] = ()
    silent_units: tuple[str, ...] = ()
    is_opinion_signed: bool = False
    was_followed_up: bool = False
    not_scanned: tuple[str, ...] = ()
    not_delivered: tuple[str, ...] = ()
    has_delivery: bool = False
    has_receipt: bool = False
    has_notice: bool = False
    has_arrived: bool | None = None
    lacks_withdrawal: bool = False
    resolution: Resolution | None = None
    satisfaction: Satisfaction | None = None
    answers: ThreeAnswers = ThreeAnswers()

    @property
    def was_handled(self) -> bool:
        """Whether a unit handled it: not so what was answered on the spot or guided on."""
        return self.round_no > 1 or self.exit in {Exit.OWN_UNIT, Exit.TRANSFER}

    @property
    def is_answered(self) -> bool:
        """Whether it ends with an answer, and not because it was guided on or taken back."""
        return self.status not in {CaseStatus.GUIDED, CaseStatus.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Missing:
    """What a case lacks, in sentences: what blocks the archive, and what is only said."""

    hard: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether the case may be archived."""
        return not self.hard


def answers_of(facts: ArchiveFacts) -> ThreeAnswers:
    """Return the three answers; the follow-up speaks where nobody has answered yet.

    What was solved had its means; what was not needs somebody's word whether all were tried.
    """
    rated = facts.satisfaction not in {None, Satisfaction.NOT_RATED}
    solved = facts.answers.or_else(
        ThreeAnswers(
            solved=None if facts.resolution is None else facts.resolution in _SOLVED,
            satisfied=facts.satisfaction in _LIKED if rated else None,
        )
    )
    return solved.or_else(ThreeAnswers(exhausted=True if solved.solved else None))


def missing_for_archive(facts: ArchiveFacts, answers: ThreeAnswers | None = None) -> Missing:
    """Return what the case lacks before it can be archived (DOMAIN.md 6.1 #18, 9.5).

    Args:
        answers: the three questions as they are answered now, before `answers_of` the case.
    """
    if facts.came_finished:  # its papers lie where it came from
        return Missing()
    if not facts.is_answered:
        is_guided = facts.status is CaseStatus.GUIDED
        return Missing(soft=tuple(_of_guided(facts) if is_guided else _of_withdrawn(facts)))
    known = (answers or ThreeAnswers()).or_else(answers_of(facts))
    return Missing((*_hard(facts), *_unasked(facts, known)), tuple(_soft(facts)))


def _hard(facts: ArchiveFacts) -> list[str]:
    found = [f"事项“{matter}”还没有答复。" for matter in facts.unanswered]
    if not facts.was_handled:
        return found
    found += [f"{unit}还没有反馈。" for unit in facts.silent_units]
    if not facts.is_opinion_signed:
        found.append("意见书还没有签发。")
    if not facts.was_followed_up:
        found.append("还没有回访，或回访还没有说可以办结。")
    return found


def _unasked(facts: ArchiveFacts, answers: ThreeAnswers) -> list[str]:
    rated = facts.satisfaction not in {None, Satisfaction.NOT_RATED}
    open_ones = (
        ("诉求是否解决", answers.solved is None),
        ("办法是否穷尽", answers.exhausted is None),
        ("居民是否满意", answers.satisfied is None and rated),
    )
    asked = "、".join(question for question, is_open in open_ones if is_open)
    return [f"三问还没有答完：{asked}。"] if asked else []


def _soft(facts: ArchiveFacts) -> list[str]:
    found = _of_papers(facts)
    if not facts.has_receipt:
        found.append("没有受理回执。")
    if facts.was_handled and not facts.has_delivery:
        found.append("没有送达记录。")
    if not facts.was_handled and not facts.was_followed_up:
        found.append("现场答复的还没有回访评价。")
    return found


def _of_papers(facts: ArchiveFacts) -> list[str]:
    return [
        *(f"{paper} 还没有送达。" for paper in facts.not_delivered),
        *(f"{paper} 的签字件还没有扫回。" for paper in facts.not_scanned),
    ]


def _of_withdrawn(facts: ArchiveFacts) -> list[str]:
    return ["签了字的撤回申请书还没有扫回；书面来信请放进附件。"] if facts.lacks_withdrawal else []


def _of_guided(facts: ArchiveFacts) -> list[str]:
    found = _of_papers(facts)
    if facts.has_arrived is None:
        found.append("还没有问诉求人是否到达对接的单位。")
    if not facts.has_notice:
        found.append("没有引导告知书。")
    return found
