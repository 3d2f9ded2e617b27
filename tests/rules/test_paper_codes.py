"""The square code on a paper says whose it is; anything else is not ours."""

import pytest

from desk.rules.paper_codes import PaperCode, read_code


def test_the_code_of_a_paper_says_case_kind_and_paper():
    said = read_code(" CD1:7123456789012345678:opinion-notice:12 ")

    assert said == PaperCode(7123456789012345678, "opinion-notice", 12)
    assert read_code("CD1:0:seal-register:12") == PaperCode(0, "seal-register", 12)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.invalid/",
        "CD2:1:receipt:2",
        "CD1:1:receipt",
        "CD1:1:receipt:2:3",
        "CD1:-1:receipt:2",
        "CD1:1:RECEIPT:2",
        "CD1:9999999999999999999:receipt:2",
        "CD1:1:receipt:9999999999999999999",
        "CD1:1:receipt:0",
    ],
)
def test_other_codes_are_not_ours(text):
    assert read_code(text) is None
