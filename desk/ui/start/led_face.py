"""The cases that a leader leads (包案周览): what moved in the last seven days, and what did not."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desk.queries.case_file import CaseFile
from desk.queries.led_week import LedCase, LedWeek, led_week
from desk.rules.moments import day_of
from desk.ui.desk import Desk
from desk.ui.leading.words import say_day, short
from desk.ui.scroll_column import side_column
from desk.ui.start.list_face import ListFace
from desk.ui.start.side_cards import LinesCard
from desk.ui.work_list import WorkRow


class LedFace(ListFace):
    """One's own led cases, those without movement first; the first leader sees the others below."""

    name, title = "包案", "领导包案的一周"
    list_name = "包案"
    empty = "现在没有您包的案。信联办或领导可以在案件卷里提级包案。"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.news = LinesCard("这一件的七天", empty="这七天没有进展、会商，也没有完成计划。")
        self.next = LinesCard("计划里的下一步", empty="没有列计划。请让专班列出下一步和日期。")
        self._week: LedWeek | None = None
        super().__init__(desk, parent)

    def load(self) -> None:
        """Read the week."""
        self.desk.ask(led_week, owner=self, done=self._show_week)

    def side(self) -> QWidget:
        """Return what moved, and what comes next."""
        return side_column(self.news, self.next)

    def on_file(self, file: CaseFile) -> None:
        """Show the case with its week."""
        super().on_file(file)
        self._show_chosen()

    def _show_week(self, week: LedWeek) -> None:
        self._week = week
        today = day_of(self.desk.now())
        mine = [one for one in week.cases if one.is_mine]
        still = [one for one in mine if one.is_still]
        moved = [one for one in mine if not one.is_still]
        others = [one for one in week.cases if not one.is_mine]
        found: list[WorkRow] = []
        for words, rows in (
            (f"您包的案，{week.still_days} 天没有进展", still),
            ("您包的案，在推进", moved),
            ("别的领导包的案", others),
        ):
            if rows:
                found.append(WorkRow(None, words, note=str(len(rows))))
                found += [_row(one, today) for one in rows]
        self.head.set_note(f"{len(week.cases)} 件")
        self.badge_changed.emit(len(still))
        self.subtitle_changed.emit(week_words(week, today))
        self.show_rows(found)
        self._show_chosen()

    def _show_chosen(self) -> None:
        case = self.list.current_id()
        week = self._week
        one = next((led for led in week.cases if led.case_id == case), None) if week else None
        today = day_of(self.desk.now())
        self.news.put(news_lines(one, today) if one is not None else [])
        self.next.put(_next_lines(one, today) if one is not None else [])


def week_words(week: LedWeek, today: date) -> str:
    """Say the week in one line."""
    mine = [one for one in week.cases if one.is_mine]
    if not mine:
        return "现在没有您包的案"
    still = sum(one.is_still for one in mine)
    over = sum(one.is_over(today) for one in mine)
    quiet = f"{still} 件 {week.still_days} 天没有进展"
    return f"您包的案 {len(mine)} 件，{quiet}，{over} 件过了计划日期"


def led_words(one: LedCase, today: date) -> str:
    """Say how one led case stands: “第 12 天 · 这周 3 次进展 · 12 月 2 日前”."""
    days = (today - one.started_on).days + 1
    still = f"{one.quiet_days} 天没有进展" if one.quiet_days else "还没有进展"
    moved = f"这周 {one.moved} 次进展" if one.moved else still
    late = "（已过）" if one.is_over(today) else ""
    return f"第 {days} 天 · {moved} · {say_day(one.planned_until, today)}前{late}"


def news_lines(one: LedCase, today: date) -> list[tuple[QWidget | None, str, str, str]]:
    """Return what was done, the newest first."""
    return [(None, say_day(day, today), short(what), result) for day, what, result in one.news]


def led_lines(cases: Sequence[LedCase], today: date) -> list[tuple[QWidget | None, str, str, str]]:
    """Return led cases as short lines of a card."""
    return [(None, f"{one.seq:05}", one.summary, led_words(one, today)) for one in cases]


def _next_lines(one: LedCase, today: date) -> list[tuple[QWidget | None, str, str, str]]:
    found: list[tuple[QWidget | None, str, str, str]] = []
    if one.next_step is not None:
        day, what = one.next_step
        late = "已到期，请问一问专班" if day < today else ""
        found.append((None, say_day(day, today), what, late))
    if one.late_steps > 1:
        found.append((None, "", f"共 {one.late_steps} 步过了日期", ""))
    return found


def _row(one: LedCase, today: date) -> WorkRow:
    leader = "" if one.is_mine else f"{one.leader or '未定'}　"
    return WorkRow(
        one.case_id,
        one.summary,
        left=f"{one.seq:05}　{leader}{led_words(one, today)}",
        urgency=one.urgency,
    )
