"""一件12345工单从导入走到档案: one row of the platform's workbook, carried to the archive."""

from desk.app import main
from desk.exchange.ledgers import read_ledger
from tests.exchange.ledger_files import TICKETS
from tests.stories.life import (
    CLERK,
    is_accepted,
    is_answered,
    is_archived,
    is_dispatched,
    is_finished,
    is_rung_back_satisfied,
    is_verified,
)
from tests.stories.reading import assert_papers_are_whole

COMMUNITY = "1018"


def open_ticket():
    """Return the first row that the platform still calls 办理中, of a community with staff."""
    assert TICKETS.is_file(), f"缺少 12345 工单样例：{TICKETS.name}"
    rows = read_ledger(TICKETS).rows
    return next(
        row
        for row in rows
        if row.community == "榕西社区" and "办理中" in row.note and not row.handled_at
    )


def test_a_ticket_goes_from_the_import_to_the_archive(
    open_program, sqlite_street_url, pdf_queue, capsys
):
    ticket = open_ticket()
    assert (
        main(["import", str(TICKETS), "--database", sqlite_street_url]) == 1
    )  # one row is refused
    assert "318" in capsys.readouterr().out
    someone = open_program(sqlite_street_url)
    someone.sign_in(CLERK).find(ticket.outside_number)
    number = someone.front.file.number
    assert someone.status() == "待分拨"
    is_dispatched(someone, number, "榕西社区")
    is_accepted(someone, number, COMMUNITY)
    is_verified(someone)
    is_finished(someone, "已到场处理并拍照。", late="工单从平台导入时已过时限。")
    is_answered(someone, number, "已处理完毕，现场已恢复。")
    is_rung_back_satisfied(someone, number)
    is_archived(someone, number)

    papers = someone.print_all_papers()

    assert {paper.code for paper in papers} >= {
        *("dispatch-slip", "opinion-notice", "opinion-sheet", "followup-record"),
    }
    case, name = someone.front.file.id, ticket.appellant
    assert_papers_are_whole(papers, case=case, number=number, name=name)
    assert len(pdf_queue.papers(len(papers))) == len(papers)
