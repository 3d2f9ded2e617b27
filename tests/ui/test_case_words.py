"""What a case file says about itself, and what a chosen file turns out to be."""

import io
from functools import partial

import pytest
from PIL import Image
from PySide6.QtCore import QSize

from desk.actions.closing import CorrectCase
from desk.actions.contacts import RecordContact
from desk.forms import load_layout
from desk.queries.case_file import case_file
from desk.rules.clock_faces import ClockState
from desk.rules.codes import ContactResult, Exit
from desk.rules.errors import RuleBroken
from desk.ui.case.deeds import _WAYS
from desk.ui.case.dispatch_panels import REQUIREMENTS
from desk.ui.case.fact_row import FactRow
from desk.ui.case.reading_files import prepared, read_picked, small_picture
from desk.ui.case.words import StepFilter, has_ended, shown_clocks, still_open, timeline


@pytest.fixture
def read(life):
    """Read a case as a member of staff."""

    def as_person(name, case):
        return life.hall.sign_in(name).read(partial(case_file, case_id=case))

    return as_person


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("received", "还没有分拨，要先由信联办定主办单位。"),
        ("dispatched", "城建办（主办）还没有签收。"),
        ("accepted", "还没有联系诉求人。"),
        ("handling", "还没有办理完毕。"),
        ("opinion", "意见书还是草稿，没有送审签。"),
        ("signing", "意见书在等签发。"),
        ("sealing", "意见书还没有盖章。"),
        ("delivering", "意见书还没有送达诉求人。"),
        ("follow_up", "还没有回访，或回访还没有说可以办结。"),
    ],
)
def test_every_stage_says_what_keeps_the_case_open(life, read, stage, words):
    assert words in still_open(read("周航", life.at(stage)))


def test_of_a_guided_case_only_the_archive_is_still_to_come(life, read):
    case = life.register(
        exit=Exit.GUIDANCE, answer="已说明", guided_to="区住建局", guide_way="called"
    )

    file = read("何平", case)
    assert has_ended(file)
    assert still_open(file) == [
        "还没有问诉求人是否到达对接的单位。",
        "没有引导告知书。",
    ]


def test_exactly_one_clock_is_the_nearest_while_any_runs(life, read):
    file = read("赵强", life.at("accepted"))

    clocks = shown_clocks(file, life.hall.clock())

    assert [clock.face.name for clock in clocks if clock.is_nearest] == ["联系"]
    assert clocks[0].face.state is ClockState.STOP
    assert clocks[0].note.startswith("限 1 小时 · ")
    assert clocks[4].face.state is ClockState.WAIT
    assert clocks[4].note == "3 个工作日 从办理完毕起算"


def test_a_case_of_ones_own_unit_needs_no_dispatching(life, read):
    case = life.register(exit=Exit.OWN_UNIT)

    clocks = shown_clocks(read("李敏", case), life.hall.clock())

    assert (clocks[0].face.name, clocks[0].face.text) == ("分拨", "不适用")


def test_both_times_are_said_only_where_they_differ(life, read):
    case = life.at("accepted")
    happened = life.hall.clock()
    life.hall.clock.forward(minutes=30)
    request = RecordContact(
        made_by=life.hall.person("赵强").staff_id,
        happened_at=happened,
        case=case,
        seen=life.case(case).version,
        result=ContactResult.REACHED,
    )
    life.hall.sign_in("赵强").carry_out(request)

    newest, before, *_ = timeline(read("赵强", case), StepFilter.ALL, life.hall.clock())

    assert newest.details == ("发生 09:04，09:34 记录。",)
    assert before.details == ()


def test_a_correction_is_a_quiet_line_with_what_was_there(life, read):
    case = life.register(summary="漏电")
    life.do("周航", CorrectCase, case, summary="楼道漏电", reason="写全")

    newest = timeline(read("周航", case), StepFilter.ALL, life.hall.clock())[0]

    assert newest.is_quiet
    assert newest.details == ("写全", "标题原为：漏电")


def photo(side):
    """Return the bytes of a noisy photo."""
    picture = Image.effect_noise((side, side), 90)
    stream = io.BytesIO()
    picture.convert("RGB").save(stream, "JPEG", quality=97)
    return stream.getvalue()


def test_a_large_photo_is_made_smaller_unless_the_original_is_wanted(tmp_path):
    file = tmp_path / "wall.jpg"
    file.write_bytes(photo(2400))

    smaller = read_picked(file)
    original = read_picked(file, keeps_original=True)

    assert len(smaller.content) < len(original.content) / 3
    assert "缩成" in smaller.in_words
    assert original.content == file.read_bytes()
    assert max(Image.open(io.BytesIO(smaller.content)).size) <= 1800


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "是空的"), (b"MZ\x90\x00", "没有收下"), (b"<html></html>", "没有收下")],
)
def test_what_does_not_belong_in_a_file_is_refused_in_words(tmp_path, content, words):
    file = tmp_path / "photo.jpg"
    file.write_bytes(content)

    with pytest.raises(RuleBroken, match=words):
        read_picked(file)


def test_a_file_that_is_gone_is_said_so(tmp_path):
    with pytest.raises(RuleBroken, match="读不出来"):
        read_picked(tmp_path / "gone.pdf")


def test_a_pasted_picture_that_became_a_photo_is_named_as_one():
    stream = io.BytesIO()
    Image.effect_noise((2400, 1200), 90).save(stream, "PNG")

    picked = prepared("粘贴的图片.png", stream.getvalue())

    assert (picked.name, picked.media_type) == ("粘贴的图片.jpg", "image/jpeg")


def test_a_thumbnail_fills_its_frame_and_a_broken_picture_stays_empty(qapp):
    assert small_picture(photo(300), QSize(94, 66)).size() == QSize(94, 66)
    assert small_picture(b"no picture at all", QSize(94, 66)).isNull()


def test_what_is_asked_of_a_unit_is_what_its_slip_prints():
    (band,) = [
        cell for band in load_layout("dispatch-slip").bands for cell in band.cells
        if cell.key == "demands"
    ]  # fmt: skip

    assert tuple(band.options) == REQUIREMENTS


@pytest.mark.parametrize("width", [400, 240, 180])
def test_a_long_fact_breaks_into_lines_and_not_into_single_characters(qtbot, width):
    row = FactRow("grid", "网格", is_correctable=False)
    qtbot.addWidget(row)
    row.set_words("北堤社区 北堤第3网格 · 江堤一巷")
    row.resize(width, 100)
    with qtbot.waitExposed(row):
        row.show()

    assert row._words.width() > 4 * row.fontMetrics().horizontalAdvance("北")


def test_everything_that_can_be_done_to_a_case_has_a_key():
    assert [way.label for way in _WAYS if not way.key] == []
