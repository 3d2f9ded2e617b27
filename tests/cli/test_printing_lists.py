"""Papers of the hall and papers on demand come out of the command line as they were issued."""

import hashlib
from functools import partial

import pytest
from sqlalchemy.orm import Session

from desk.actions.intake import RegisterCase
from desk.actions.notices import IssueNotice
from desk.actions.papers import StoreProof, issue_for_hall
from desk.forms import render
from desk.rules.codes import Channel, Exit, Urgency
from desk.rules.papers import OF_THE_HALL
from desk.store.models import Case, Paper
from desk.store.paper_sight import MINUTES, SLIP
from desk.store.transaction import Transaction
from tests.forms.specimens import specimen


@pytest.fixture
def listed(hall):
    """Issue a list of the hall and return its number and row."""

    def issue(code):
        with Session(hall.engine) as session, session.begin():
            tx = Transaction(session, hall.person("李敏"), hall.clock())
            paper = issue_for_hall(tx, code, specimen(code), "青榕单〔2026〕7号")
            return paper.id, paper.row

    return issue


# the slip of a whistle and minutes are read by who sees what they are about
@pytest.mark.parametrize("code", sorted(OF_THE_HALL - {SLIP, MINUTES}))
def test_a_list_is_printed_by_its_number_as_it_was_issued(
    command, hall_url, listed, tmp_path, code
):
    _, row = listed(code)
    file = tmp_path / "list.pdf"

    answer = command("print", code, "青榕单〔2026〕7号", "--output", file, "--database", hall_url)

    assert answer.code == 0
    assert file.read_bytes() == render(code, row).pdf
    wrong = command("print", code, "8", "--output", file, "--database", hall_url)
    assert wrong.code == 1
    assert "请核对编号" in wrong.err


def test_the_check_looks_at_lists_too(command, hall, hall_url, listed):
    paper, row = listed("shift-handover")
    pdf = render("shift-handover", row).pdf
    prove = partial(StoreProof, **hall.by("李敏"), paper=paper)
    hall.sign_in("李敏").carry_out(prove(sha256=hashlib.sha256(pdf).hexdigest()))

    assert command("check", "--database", hall_url).code == 0

    with Session(hall.engine) as session:
        assert session.get(Paper, paper).case_id is None


def test_a_list_that_would_look_different_is_named_by_the_check(command, hall, hall_url, listed):
    paper, _ = listed("seal-register")
    other = StoreProof(**hall.by("李敏"), paper=paper, sha256="0" * 64)
    hall.sign_in("李敏").carry_out(other)

    answer = command("check", "--database", hall_url)

    assert answer.code == 1
    assert "青榕单〔2026〕7号 再次生成与第一次不一致" in answer.out


@pytest.mark.parametrize(
    ("code", "way_out"),
    [
        ("acceptance-notice", Exit.OWN_UNIT),
        ("guidance-notice", Exit.GUIDANCE),
        ("closing-report", Exit.ON_SPOT),
        ("case-contents", Exit.ON_SPOT),
    ],
)
def test_a_paper_on_demand_is_printed_by_number_and_by_case(
    command, hall, hall_url, tmp_path, code, way_out
):
    desk, by = hall.sign_in("李敏"), hall.by("李敏")
    case = desk.carry_out(
        RegisterCase(
            **by,
            exit=way_out,
            channel=Channel.VISIT,
            details="七栋楼道漏电。",
            category=hall.category("楼道漏电"),
            first_unit=hall.unit("信联办"),
            urgency=Urgency.FAST,
            answer="已说明。",
            guided_to="区供电所",
        )
    ).made["case"]
    with Session(hall.engine) as session:
        row = session.get(Case, case)
        seen, of_case = row.version, row.number
    copy, issued = tmp_path / "copy.pdf", tmp_path / "issued.pdf"
    assert command("print", code, of_case, "--output", copy, "--database", hall_url).code == 0

    request = IssueNotice(**hall.by("李敏"), case=case, seen=seen, code=code)
    number = desk.carry_out(request).made["number"]

    answer = command("print", code, number, "--output", issued, "--database", hall_url)
    assert answer.code == 0
    assert number in answer.out
    again = command("print", code, of_case, "--output", copy, "--database", hall_url)
    assert (again.code, copy.read_bytes()) == (0, issued.read_bytes())
