"""Grids, posts and evaluations in the lines and words of their page (网格页的文字)."""

from datetime import date

from desk.queries.grid_evaluations import EvaluationLine
from desk.queries.grids import GridCase, GridFinding, GridLine, PostLine
from desk.rules.codes import CaseStatus, UnitKind
from desk.rules.grid_lists import Duty, EvaluationItem
from desk.rules.wording import label
from desk.ui.work_list import WorkRow

ONLY_TWO = "只有本人和本社区的社区书记看得到，不排名、不通报。"


def grid_rows(lines: tuple[GridLine, ...]) -> list[WorkRow]:
    """Return a heading for each community, below it the community itself and its grids."""
    rows: list[WorkRow] = []
    for line in lines:
        is_community = line.unit.kind is UnitKind.COMMUNITY
        if is_community:
            rows.append(WorkRow(None, line.unit.name))
        homes = f"{line.unit.households} 户" if line.unit.households else "户数未填"
        work = f"在办 {line.open_cases}　未诉先办 {line.findings}"
        left = f"{homes}　{work}"
        title = "社区整体" if is_community else line.unit.name
        rows.append(WorkRow(line.id, title, left=left, note=f"{len(line.posts)} 人"))
    return rows


def grid_parts(line: GridLine) -> list[tuple[str, str]]:
    """Return what the card says of a grid or community."""
    homes = (
        f"{line.unit.households} 户" if line.unit.households else "未填，请管理员在“管理—单位”里补"
    )
    looked = f"其中包联 {line.looked_after} 户" if line.looked_after else ""
    return [
        ("户数", "，".join(filter(None, (homes, looked)))),
        ("小区、楼栋", "、".join(line.places)),
        ("人员", "\n".join(post_words(post) for post in line.posts) or "还没有登记。"),
        ("办公电话", line.unit.phone or "未填"),
    ]


def post_words(post: PostLine) -> str:
    """Return somebody with a post as one line."""
    since = f"{post.valid_from:%Y-%m-%d} 起"
    until = f"到 {post.valid_to:%Y-%m-%d} 止" if post.valid_to else ""
    homes = f"包联 {post.households} 户" if post.households else ""
    hidden = "" if post.is_public else "不公示"
    parts = (post.phone, post.area, homes, since, until, hidden)
    return f"{post.title} {post.name}　{'　'.join(part for part in parts if part)}"


def case_rows(cases: tuple[GridCase, ...], findings: tuple[GridFinding, ...]) -> list[WorkRow]:
    """Return the cases and findings behind the numbers of a grid."""
    rows: list[WorkRow] = []
    if cases:
        rows.append(WorkRow(None, f"在办诉求 {len(cases)} 件"))
        rows += [
            WorkRow(one.case, one.summary, left=f"{one.number}　{label(CaseStatus(one.status))}")
            for one in cases
        ]
    if findings:
        rows.append(WorkRow(None, f"未诉先办 {len(findings)} 条"))
        rows += [
            WorkRow(-one.id, one.situation, left=f"{one.number}　{label(one.state)}")
            for one in findings
        ]
    return rows


def evaluation_rows(lines: tuple[EvaluationLine, ...]) -> list[WorkRow]:
    """Return whose month it is, in the order of grids and posts."""
    return [
        WorkRow(
            line.id,
            "本人" if line.is_mine else line.name,
            left=f"{line.unit}　{line.title}",
            note=points(line) or ("待评" if line.may_write else "还没有评"),
        )
        for line in lines
    ]


def evaluation_parts(line: EvaluationLine) -> list[tuple[str, str]]:
    """Return what the card says of a month."""
    scored = "\n".join(
        f"{item.text}　{score} / {item.most}"
        for item, score in zip(line.items, line.scores, strict=False)
    )
    year = "\n".join(f"{month}　{got} / {most}" for month, got, most in line.year)
    return [
        (f"{line.month} 得分", f"{scored}\n合计　{points(line)}" if scored else "还没有评。"),
        ("评语", line.remark),
        ("今年各月", year),
        ("年终汇总", year_words(line)),
        ("", ONLY_TWO),
    ]


def points(line: EvaluationLine) -> str:
    """Return the sum of a month, or nothing where it was not judged."""
    if not line.scores:
        return ""
    return f"{sum(line.scores)} / {sum(item.most for item in line.items)}"


def year_words(line: EvaluationLine) -> str:
    """Return the year in one line: how many months, and their mean in hundredths."""
    if not line.year:
        return ""
    got, most = sum(one[1] for one in line.year), sum(one[2] for one in line.year)
    return f"评了 {len(line.year)} 个月，平均得分率 {100 * got / most:.1f}%"


def duty_words(duties: tuple[Duty, ...]) -> list[tuple[str, str]]:
    """Return the duties under their headings; what is printed on cards has a mark."""
    found: dict[str, list[str]] = {}
    for duty in duties:
        found.setdefault(duty.heading, []).append(f"{'＊' if duty.is_public else '　'}{duty.text}")
    return [(heading, "\n".join(lines)) for heading, lines in found.items()]


def item_words(items: tuple[EvaluationItem, ...]) -> str:
    """Return what a month is judged by, and the sum."""
    lines = [f"{item.text}　{item.most} 分" for item in items]
    return "\n".join([*lines, f"合计　{sum(item.most for item in items)} 分"])


def month_before(month: str, months: int) -> str:
    """Return the month so many months later (or earlier, below 0)."""
    first = date.fromisoformat(f"{month}-01")
    at = first.year * 12 + first.month - 1 + months
    return f"{at // 12}-{at % 12 + 1:02}"
