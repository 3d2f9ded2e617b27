"""The line at the keyboard in full (所选的一条): who, what about, what the leader said."""

from desk.queries.appointments import AppointmentRow
from desk.queries.receptions import ReceptionDayView, ReceptionRow
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.ui.receptions.words import day_words, follow_words
from desk.ui.start.side_cards import LinesCard

Line = tuple[None, str, str, str]


class EntryCard(LinesCard):
    """What is known of one line; a telephone number stays masked until somebody says why."""

    def __init__(self) -> None:
        super().__init__("所选的一条", empty="左边选一天，中间选一条。按 N 记一个新预约。")

    def show_appointment(self, one: AppointmentRow, phone: str) -> None:
        """Show an appointment, with the number in full where it was just asked for."""
        at = f"{in_shanghai(one.starts_at):%m-%d %H:%M}"
        leader = f"{one.with_whom}接访，{one.place}" if one.post is not None else "窗口"
        state = f"{one.number} 已受理" if one.case_id else label(one.state)
        self._say(
            ("时间", f"{at}　{leader}"),
            ("来的人", one.who),
            ("电话", phone or one.phone),
            ("事由", one.matter),
            ("服务", "、".join(one.needs)),
            ("怎么约的", label(one.way)),
            ("现在", f"{state}　{one.end_note}".strip()),
        )

    def show_reception(self, one: ReceptionRow) -> None:
        """Show a case before a leader."""
        outcome = label(one.outcome) if one.outcome else "还没有登记领导意见，按 Enter 打开案件登记"
        self._say(
            ("件", f"{one.number}　{one.summary}"),
            ("来访人", one.appellant),
            ("接访", f"{day_words(one.day)}　{one.leader}　{one.place}"),
            ("提请", one.why),
            ("领导意见", one.opinion),
            ("处理", outcome),
            ("跟进", f"{follow_words(one)}　{one.follow_person}".strip()),
            ("落实", one.done_note),
        )

    def show_day(self, view: ReceptionDayView | None) -> None:
        """Show the day itself, while no line is chosen."""
        if view is None:
            self.put([])
            return
        self._say(
            ("接访日", f"{day_words(view.day)}　{view.hours}"),
            ("领导", "、".join(one.name for one in view.leaders) or "还没有排，请到“值班”里排"),
            ("代理", "、".join(one.name for one in view.deputies)),
            ("地点", view.place),
            ("说明", view.note),
        )

    def _say(self, *lines: tuple[str, str]) -> None:
        found: list[Line] = [(None, head, words, "") for head, words in lines if words]
        self.put(found)
