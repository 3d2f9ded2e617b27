"""A request for more time comes out of the command line as it stands now, by its case's number."""

from datetime import timedelta

import pypdf

from desk.actions.extensions import AskExtension, ReviewExtension
from desk.rules.clock_codes import ExtensionKind, ExtensionReason
from tests.actions.work import ZHAO, ZHOU, S, Work


def test_the_newest_form_of_a_request_is_printed(command, hall, hall_url, clock, tmp_path):
    work = Work(hall, clock)
    case = work.to(S.HANDLING)
    facts = {"kind": ExtensionKind.EXTEND, "reason": ExtensionReason.WORKS}
    facts |= {"explanation": "等供电公司换总进线", "until": clock() + timedelta(days=4)}
    work.ask(ZHAO, AskExtension, case, **facts)
    work.ask(ZHOU, ReviewExtension, case, is_passed=True, note="情况属实")
    file, number = tmp_path / "request.pdf", work.case(case).number

    answer = command("print", "extension-request", number, "--output", file, "--database", hall_url)

    assert answer.code == 0
    said = "".join(pypdf.PdfReader(file).pages[0].extract_text().split())
    assert "延期申请表" in said
    assert "情况属实" in said
