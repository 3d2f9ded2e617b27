"""What scanners say of themselves is understood, whoever made them, and what they complain of."""

from pathlib import Path

import pytest

from desk.exchange.page_scanner import (
    PageScanner,
    ScannerOptions,
    ScanWish,
    listed_scanners,
    pdf_of_pages,
    scan_arguments,
    share_done,
    told_options,
    trouble_of,
)
from desk.rules.errors import RuleBroken

OFFICE = PageScanner("fujitsu:fi-7160:1", "FUJITSU fi-7160")
# as scanimage prints them for two very different machines
SHEET_FED = """
All options specific to device `fujitsu:fi-7160:1':
  Standard:
    --source ADF Front|ADF Back|ADF Duplex [ADF Front]
        Selects the scan source (such as a document-feeder).
    --mode Lineart|Halftone|Gray|Color [Lineart]
        Selects the scan mode (e.g., lineart, monochrome, or color).
    --resolution 50..600dpi (in steps of 1) [600]
        Sets the resolution of the scanned image.
  Geometry:
    -x 0..221.121mm (in steps of 0.0211639) [215.872]
        Width of scan-area.
    -y 0..355.6mm (in steps of 0.0211639) [279.364]
        Height of scan-area.
    --brightness -127..127 (in steps of 1) [inactive]
"""
FLATBED = """
    --mode Color|Gray [Color]
    --resolution 75|100|200|300|600dpi [75]
    -x 0..200mm [200]
"""


def options(**more):
    return ScanWish(OFFICE, told_options(SHEET_FED), **more)


def test_a_list_of_scanners_names_maker_and_model_and_no_camera():
    said = (
        "epson2:net:10.0.0.7\tEpson DS-1630\nv4l:/dev/video0\tNoname Camera\n\ntest:0\tNoname x\n"
    )
    assert listed_scanners(said) == (
        PageScanner("epson2:net:10.0.0.7", "Epson DS-1630"),
        PageScanner("test:0", "x"),
    )
    assert listed_scanners("No scanners were identified.") == ()


def test_a_scanner_that_draws_sheets_in_is_asked_for_one_side_of_all():
    asked = scan_arguments(options(from_feeder=True), Path("/pages"), 3)

    assert asked[asked.index("--source") + 1] == "ADF Front"
    assert asked[asked.index("--mode") + 1] == "Gray"
    assert asked[asked.index("--resolution") + 1] == "200"
    assert asked[asked.index("-y") + 1] == "297"
    assert "--batch=/pages/%04d.png" in asked
    assert "--batch-start=3" in asked
    assert "--batch-count=1" not in asked


def test_a_scanner_that_has_a_glass_only_is_asked_for_one_page_as_wide_as_it_can():
    wish = ScanWish(OFFICE, told_options(FLATBED), is_colour=True, resolution=150)
    asked = scan_arguments(wish, Path("/pages"), 1)

    assert "--source" not in asked
    assert asked[asked.index("--mode") + 1] == "Color"
    assert asked[asked.index("--resolution") + 1] == "200"  # 150 is between two: the finer one
    assert asked[asked.index("-x") + 1] == "200"
    assert "-y" not in asked
    assert "--batch-count=1" in asked


def test_a_scanner_that_says_nothing_is_asked_for_nothing_special():
    asked = scan_arguments(ScanWish(OFFICE, ScannerOptions()), Path("/pages"), 1)
    assert not {"--source", "--mode", "--resolution", "-x", "-y"} & set(asked)


@pytest.mark.parametrize(("wished", "got"), [(20, "50"), (300, "300"), (1200, "600")])
def test_nothing_is_asked_that_the_scanner_cannot(wished, got):
    asked = scan_arguments(options(resolution=wished), Path("/pages"), 1)
    assert asked[asked.index("--resolution") + 1] == got


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("scanimage: sane_start: Document feeder out of documents", "没有纸了"),
        ("scanimage: sane_read: Document feeder jammed", "取出卡住的纸"),
        ("scanimage: sane_start: Scanner cover is open", "盖子没有盖好"),
        ("scanimage: open of device epson2 failed: Device busy", "别的程序在用"),
        ("scanimage: open of device x failed: Access to resource has been denied", "scanner 组"),
        ("scanimage: open of device x failed: Invalid argument", "线插好没有"),
    ],
)
def test_each_complaint_says_what_to_do(said, advice):
    assert advice in trouble_of(said)


def test_how_far_a_page_is_is_what_was_said_last():
    assert share_done("Scanning page 1\nProgress: 3.4%\rProgress: 47.9%") == 47
    assert share_done("") == 0


def test_a_page_that_was_cut_short_is_said_and_not_kept():
    with pytest.raises(RuleBroken, match="没有扫完"):
        pdf_of_pages([b"\x89PNG\r\n\x1a\nhalf"], 200)
