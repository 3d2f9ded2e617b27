"""A printer that prints a little off is measured and put right (打印校准)."""

import pypdfium2
import pytest

from desk.forms.alignment import Offset, alignment_page, moved, read_offset
from desk.rules.errors import RuleBroken
from desk.settings import change_settings
from desk.ui.admin.alignment_section import AlignmentSection
from desk.ui.alignments import aligned, keep_offset, offset_of

_POINTS = 72 / 25.4  # of a millimetre


def ink(pdf):
    """Return where the ink begins, in millimetres from the left and from the top, and the size."""
    page = pypdfium2.PdfDocument(pdf)[0]
    image = page.render(scale=4).to_pil().convert("L").point(lambda grey: 255 * (grey < 128))
    left, top, *_ = image.getbbox()
    return left / 4 / _POINTS, top / 4 / _POINTS, page.get_size()


def test_the_page_moves_on_paper_by_just_so_many_millimetres():
    straight, shifted = alignment_page("柜台", Offset()), alignment_page("柜台", Offset(1.5, -2))
    left, top, size = ink(straight)
    assert (left, top) == pytest.approx((10, 10), abs=0.2)  # the first mark of each ruler
    moved_left, moved_top, same = ink(shifted)
    assert (moved_left - left, moved_top - top) == pytest.approx((1.5, -2), abs=0.15)
    assert same == size
    assert moved(straight, Offset()) is straight


@pytest.mark.parametrize(("right", "field"), [("一点", "右移"), ("15.1", "右移")])
def test_what_is_no_number_of_millimetres_is_refused_beside_its_field(right, field):
    with pytest.raises(RuleBroken) as refused:
        read_offset(right, "")
    assert refused.value.field == field
    assert read_offset("", "－0.5") == Offset(0, -0.5)


@pytest.fixture
def section(qtbot, desk_of):
    desk = desk_of("许诺")
    found = AlignmentSection(desk)
    qtbot.addWidget(found)
    found.show()
    found.arrive()
    qtbot.waitUntil(lambda: not desk.tasks.is_busy)
    return found


def test_each_printer_keeps_its_own_offset_on_this_desk(section):
    change_settings(printer_offsets="坏了的一行\nHP\t1\t2\n")
    for name in ("HP", "柜台"):
        if section.printer.findData(name) < 0:
            section.printer.addItem(name, name)
    section.printer.setCurrentIndex(section.printer.findData("HP"))
    assert section.form.values() == {"右移": "1", "下移": "2"}

    section.printer.setCurrentIndex(section.printer.findData("柜台"))
    section.form.set_values({"右移": "1.5", "下移": "-1"})
    section.save.click()
    assert offset_of("柜台") == Offset(1.5, -1)
    assert offset_of("HP") == Offset(1, 2)
    assert offset_of("") == Offset()
    page = alignment_page("柜台", Offset())
    assert ink(aligned(page, "柜台"))[0] == pytest.approx(ink(page)[0] + 1.5, abs=0.15)
    assert aligned(page, "") is page

    section.form.set_values({"右移": "很多", "下移": ""})
    section.save.click()
    assert offset_of("柜台") == Offset(1.5, -1)
    keep_offset("柜台", Offset())
    assert offset_of("柜台") == Offset()


def test_the_page_goes_to_the_printer(qtbot, section, pdf_queue):
    name = pdf_queue.name
    if section.printer.findData(name) < 0:
        section.printer.addItem(name, name)
    section.printer.setCurrentIndex(section.printer.findData(name))
    section.print.click()
    qtbot.waitUntil(lambda: "校准页已送到" in section.said_here.text())
    qtbot.waitUntil(lambda: len(pdf_queue.papers()) == 1)
