"""What a bulletin says of hot spots, troubles, what was solved and what is steered (通报各节)."""

from collections.abc import Sequence
from typing import Any

from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_figures import Facts, shown_value
from desk.rules.bulletin_periods import BEFORE, THIS, YEAR_AGO
from desk.rules.bulletin_phrases import against, listed, numbers, short_day
from desk.rules.comparing import Trend

_FEW = 3
_NAMED = 5
_LONGEST = 60  # letters of a task
_RISE = 2  # cases more than before: fewer are chance
_GROUPS = (("communities", "社区"), ("categories", "类别"), ("places", "小区、地点"))
_WENT = {Trend.UP.value: "上升", Trend.DOWN.value: "下降", Trend.SAME.value: "持平"}


def hot_spots(facts: Facts) -> list[str]:
    """Return where the cases come from, what rose, and what may be one thing."""
    before = BEFORE[BulletinKind(facts["kind"])]
    said = [
        f"来件较多的{what}：{listed([(row['key'], row['received']) for row in rows])}。"
        for key, what in _GROUPS
        if (rows := _most(facts[key]))
    ]
    risen = fastest_risen(facts)
    if risen is not None:
        moved = against(risen["received"], risen["before"], before)
        said.append(f"“{risen['key']}”{moved}，上升最多。")
    said += [f"可能的类案：{one['reason']}。" for one in facts["clusters"][:_FEW]]
    return said


def fastest_risen(facts: Facts) -> dict[str, Any] | None:
    """Return the category that rose most against the period before, if one did."""
    rows = [
        row
        for row in facts["categories"]
        if isinstance(row["received"], int) and isinstance(row["before"], int) and row["before"]
    ]
    rows = [row for row in rows if row["received"] - row["before"] >= _RISE]
    return min(rows, key=lambda row: (row["before"] - row["received"], row["key"]), default=None)


def troubles(facts: Facts) -> list[str]:
    """Return what is late and what is resolved for nobody."""
    now, overdue, bad = facts["total"], facts["overdue"], facts["double_no"]
    this = THIS[BulletinKind(facts["kind"])]
    said = []
    if now["received"]:
        late = now["overdue"]
        said.append(
            f"{this}受理的有 {late} 件超过时限。" if late else f"{this}受理的没有超过时限的。"
        )
    if overdue["count"]:
        named = numbers(overdue["cases"], _NAMED)
        listed_words = f"：{named}" if named else ""
        said.append(
            f"截至 {facts['made_at']}，全街道还有 {overdue['count']} 件超过时限没有办结"
            f"{listed_words}。"
        )
    else:
        said.append(f"截至 {facts['made_at']}，全街道没有超过时限未办结的件。")
    if bad["count"]:
        named = numbers(bad["cases"], _NAMED)
        listed_words = f"：{named}" if named else ""
        said.append(
            f"{this}受理的有双否 {bad['count']} 件{listed_words}，请承办单位二次办理后再回访。"
        )
    return said


def solved(facts: Facts) -> list[str]:
    """Return how many were closed in the period, whenever they came in."""
    done = facts["solved"]
    this = THIS[BulletinKind(facts["kind"])]
    if not done["closed"]:
        return [f"{this}没有办结的件。"]
    said = [f"{this}办结 {done['closed']} 件"]
    if done["from_before"]:
        said.append(f"其中 {done['from_before']} 件是以前受理的")
    if done["resolved"]:
        said.append(f"诉求人认可已解决 {done['resolved']} 件")
    sentences = [f"{'，'.join(said)}。"]
    if done["by_category"]:
        most = [(row["key"], row["received"]) for row in done["by_category"][:_FEW]]
        sentences.append(f"办结较多的类别：{listed(most)}。")
    return sentences


def trends(facts: Facts) -> list[str]:
    """Return 三升两降, and for how many months nothing went wrong."""
    goals = facts["goals"]
    known = [one for one in goals if one["went"] is not None]
    said = []
    if known:
        older = YEAR_AGO if known[0]["against"] == "year_ago" else BEFORE[BulletinKind.MONTHLY]
        told = "，".join(_goal(one, known[0]["against"]) for one in known)
        met = sum(bool(one["is_met"]) for one in goals)
        said.append(f"与{older}相比：{told}。")
        said.append(f"三升两降五项中，{met} 项达到。" if met else "三升两降五项都没有达到。")
    if facts["streak"]["words"]:
        said.append(f"全街道{facts['streak']['words']}。")
    return said


def _goal(one: Facts, older: str) -> str:
    now = shown_value(one["now"], one["key"])
    return f"{one['name']}由 {shown_value(one[older], one['key'])} 到 {now}，{_WENT[one['went']]}"


def steering(facts: Facts) -> list[str]:
    """Return what is supervised, and what became of the review's decisions."""
    watched, tasks = facts["supervisions"], facts["tasks"]
    this = THIS[BulletinKind(facts["kind"])]
    said = []
    if watched["issued"] or watched["closed"] or watched["open"]:
        late = f"，其中 {watched['late']} 件过了督办时限" if watched["late"] else ""
        said.append(
            f"{this}新下督办 {watched['issued']} 件，销号 {watched['closed']} 件，"
            f"现有 {watched['open']} 件未销号{late}。"
        )
    if tasks:
        done = sum(one["is_done"] for one in tasks)
        late_tasks = [one for one in tasks if one["is_late"]]
        open_words = f"还有 {len(tasks) - done} 项" if done < len(tasks) else "全部完成"
        over = f"，其中 {len(late_tasks)} 项已过期" if late_tasks else ""
        said.append(f"研判会任务 {len(tasks)} 项，已完成 {done} 项，{open_words}{over}。")
        said += [
            f"{one['unit']}：{_short(one['text'])}，应于 {short_day(one['due_on'])}完成。"
            for one in late_tasks
        ]
    return said


def _short(text: str) -> str:
    plain = text.replace("\n", " ").rstrip("。；，")
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def _most(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["received"]][:_FEW]
