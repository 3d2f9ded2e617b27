"""The table of mediations of a period on paper (人民调解案件情况统计表, DOMAIN.md 2.13 (15))."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from desk.actions.numbers import letterhead, next_text
from desk.actions.papers import issue_for_hall
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.mediation_report import mediation_report
from desk.rules.numbering import NumberKind
from desk.rules.rights import require_hall
from desk.store.mediation_counts import counted_mediations
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueMediationStatistics(Request):
    """Print the statistics of the mediations accepted in a period, both days included."""

    first: date
    last: date


@action(IssueMediationStatistics, "mediation.counted")
def issue_mediation_statistics(tx: Transaction, request: IssueMediationStatistics) -> Changes:
    """Freeze the figures of a period as a paper; whoever prints it later sees the same.

    Raises:
        NotAllowed: who asks has nothing to do with mediations.
        RuleBroken: the days are in the wrong order.
    """
    require_hall(Deed.MEDIATE, tx.person)
    if request.last < request.first:
        raise RuleBroken("截止日期早于起始日期，请对调后再打印。", field="last")
    report = mediation_report(
        counted_mediations(tx.session, tx.person, tx.now, request.first, request.last),
        first=request.first,
        last=request.last,
    )
    number = next_text(tx, NumberKind.LIST, request.happened_at)
    row = {
        "office": letterhead(tx, "committee").issuer,
        "scope": f"{report['from']} 至 {report['to']} 受理",
        "lines": statistics_lines(report),
    }
    paper = issue_for_hall(tx, "mediation-statistics", row, number)
    return Changes(f"打印人民调解统计表 {number}", made={"paper": paper.id, "number": number})


def statistics_lines(report: dict[str, Any]) -> list[dict[str, str | None]]:
    """Return the lines of the table: what is counted, how often, its share."""
    found = [
        _line("总数", "调解案件", report["total"]),
        _line("结果", "结案", report["closed"]),
        _line("结果", "达成协议（成功率为占结案数）", report["succeeded"], report["success_rate"]),
        _line("结果", "书面协议", report["written"]),
        _line("结果", "口头协议", report["oral"]),
        _line("结果", "协议金额（元）", f"{report['amount']:,.2f}"),
        _line("结果", "已履行", report["performed"]),
        _line("结果", "司法确认有效", report["judicial_confirmations"]),
    ]
    sections = (("来源", "by_source"), ("复杂程度", "by_difficulty"), ("纠纷类型", "by_kind"))
    for section, key in sections:
        found += [_line(section, row["key"], row["count"], row["share"]) for row in report[key]]
    for line, above in zip(found[:0:-1], found[-2::-1], strict=True):
        if line["section"] == above["section"]:
            line["section"] = ""  # said once, above
    return found


def _line(section: str, name: str, count: int | str, share: str | None = None) -> dict[str, Any]:
    percent = None if share is None else f"{share}%"
    return {"section": section, "name": name, "count": str(count), "share": percent}
