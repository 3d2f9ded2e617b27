"""Whoever rings back answers the form by digits; nothing that was said gets lost."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.calling import may_ring, spaced_number
from desk.rules.codes import (
    CaseStatus,
    Channel,
    Discontent,
    Exit,
    FirstHeard,
    NextStep,
    Resolution,
    Satisfaction,
    Urgency,
)
from desk.rules.followup_codes import FollowUpAdvice
from desk.store.models import FollowUp, Round
from desk.ui.followup_screen import FollowUpScreen

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
RETURN = Qt.Key.Key_Return


@pytest.fixture
def open_page(qtbot, desk_of):
    """Show the page to whoever rings back, and wait until the first call stands there."""

    def show(count, name="吴芳"):
        page = FollowUpScreen(desk_of(name))
        qtbot.addWidget(page)
        page.resize(1214, 690)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.arrive()
        qtbot.waitUntil(lambda: len(page.list.rows()) == count)
        if count:
            qtbot.waitUntil(lambda: page._card is not None)
        return page

    return show


@pytest.fixture
def type_digits(qtbot):
    """Type digits as the clerk does: each goes to whatever has the focus."""

    def press(page, digits):
        for digit in digits:
            qtbot.keyClick(page.focusWidget(), digit)

    return press


def follow_ups(life):
    with Session(life.hall.engine) as session:
        return list(session.scalars(select(FollowUp).order_by(FollowUp.id)))


def test_five_digits_and_one_save_close_a_case(qtbot, life, open_page, type_digits):
    case = life.at("follow_up")
    page = open_page(1)

    type_digits(page, "1111")  # 联系过、10 分钟内、已解决、满意
    assert page.form.next_step.value() is NextStep.CLOSE
    qtbot.keyClick(page.focusWidget(), RETURN, CTRL)

    qtbot.waitUntil(lambda: page.list.rows() == ())
    (row,) = follow_ups(life)
    assert (row.was_contacted, row.first_heard) == (True, FirstHeard.TEN_MINUTES)
    assert (row.resolution, row.satisfaction) == (Resolution.YES, Satisfaction.SATISFIED)
    assert life.case(case).status is CaseStatus.CLOSED
    assert "followup-record" in life.papers(case)


def test_f4_says_what_the_chosen_case_s_limit_means(qtbot, life, open_page):
    life.at("follow_up")
    page = open_page(1)
    said = []
    page.said.connect(said.append)

    qtbot.keyClick(page.list, Qt.Key.Key_F4)

    assert said[-1].startswith("回访：限 3 个工作日，从送达起算；")


def test_someone_dissatisfied_is_asked_why_and_goes_round_again(
    qtbot, life, open_page, type_digits
):
    case = life.at("follow_up")
    page = open_page(1)

    type_digits(page, "23")  # 没联系过、未解决
    assert page.form.discontent.isHidden()
    type_digits(page, "3")  # 不满意
    assert page.form.discontent.isVisible()
    type_digits(page, "7")  # 其他
    assert page.form.discontent_note.edit.hasFocus()
    page.form.discontent_note.set_text("师傅态度不错，就是没修好")
    page.form.stars[0].setFocus()
    type_digits(page, "4")
    page.form.suggestion.set_text("请周末来")
    page.form.minutes.setText("6")
    page.save()

    qtbot.waitUntil(lambda: life.case(case).status is CaseStatus.HANDLING)
    (row,) = follow_ups(life)
    assert row.discontent is Discontent.OTHER
    assert row.discontent_note == "师傅态度不错，就是没修好"
    assert row.next_step is NextStep.AGAIN
    assert (row.stars[0], row.minutes, row.suggestion) == (4, 6, "请周末来")


def test_a_missing_answer_is_said_beside_its_question(qtbot, life, open_page, type_digits):
    case = life.at("follow_up")
    page = open_page(1)
    type_digits(page, "21")

    qtbot.keyClick(page.focusWidget(), RETURN, CTRL)

    qtbot.waitUntil(lambda: "请选满意度" in page.form.satisfaction.trouble())
    assert page.form.resolution.value() is Resolution.YES  # what was answered stays
    assert life.case(case).status is CaseStatus.FOLLOW_UP


def test_nobody_answering_is_counted_and_the_next_call_comes(qtbot, life, open_page):
    first, second = life.at("follow_up"), life.at("follow_up")
    page = open_page(2)
    assert page.list.current_id() == first

    qtbot.keyClick(page.list, Qt.Key.Key_W, ALT)

    qtbot.waitUntil(lambda: page.list.current_id() == second)
    (row,) = follow_ups(life)
    assert (row.is_reached, row.failed_calls) == (False, 1)
    assert life.case(first).status is CaseStatus.FOLLOW_UP
    qtbot.waitUntil(lambda: any("已打 1 次　宜下午" in row.left for row in page.list.rows()))


def test_earlier_attempts_are_said_beside_the_number(qtbot, life, open_page):
    case = life.at("follow_up")
    life.fail_to_reach(case)

    page = open_page(1)

    assert page.phone.number() == "138 0000 0023"
    assert page.phone.advice().startswith("已打 1 次：今天上午；下一次宜在下午。")
    assert any("更换老化线路" in " ".join(e.details) for e in page.before.timeline.entries())


def test_seeing_the_number_leaves_a_line_without_changing_the_case(qtbot, life, open_page):
    case = life.at("follow_up")
    version = life.case(case).version

    open_page(1)

    qtbot.waitUntil(lambda: len(life.lines("private.looked")) == 1)
    assert life.case(case).version == version


def test_an_answer_given_on_the_spot_is_rated_afterwards(qtbot, life, open_page, type_digits):
    case = life.register(exit=Exit.ON_SPOT, channel=Channel.CALL, answer="已说明办理地点。")
    page = open_page(1)
    assert page.phone.number() == "138 0000 0023"

    type_digits(page, "1111")
    page.save()

    qtbot.waitUntil(lambda: page.list.rows() == ())
    assert life.case(case).satisfaction is Satisfaction.SATISFIED


def test_a_form_half_answered_is_there_again(qtbot, life, open_page, type_digits):
    first, second = life.at("follow_up"), life.at("follow_up")
    page = open_page(2)
    type_digits(page, "12")
    page.form.suggestion.set_text("谢谢")
    page.list.choose(second)
    qtbot.waitUntil(lambda: page._card is not None and page._card.file.id == second)
    assert page.form.is_empty()

    page.list.choose(first)

    qtbot.waitUntil(lambda: page._card is not None and page._card.file.id == first)
    assert page.form.contacted.value() is True
    assert page.form.first_heard.value() is FirstHeard.SAME_DAY
    assert page.form.suggestion.text() == "谢谢"


def test_a_live_refresh_keeps_what_is_being_answered(qtbot, life, open_page, type_digits):
    case = life.at("follow_up")
    page = open_page(1)
    type_digits(page, "11")

    page.desk.changed.emit(life.note(case, "他下午三点后在家"), None)

    qtbot.waitUntil(lambda: page._card.file.version == life.case(case).version)
    assert page.form.first_heard.value() is FirstHeard.TEN_MINUTES


def test_at_night_only_the_urgent_are_rung(life):
    life.hall.clock.set("2026-11-02 22:30")
    now = life.hall.clock()

    assert not may_ring(now, Urgency.FAST)
    assert may_ring(now, Urgency.URGENT)
    assert may_ring(now + timedelta(hours=9, minutes=30), Urgency.ROUTINE)


def test_a_call_too_many_is_saved_with_a_reason_beside_its_field(qtbot, life, open_page):
    case = life.at("follow_up")
    life.fail_to_reach(case)
    life.fail_to_reach(case)
    page = open_page(1)
    assert "每天最多 3 次" in page.phone.advice()
    reason = page.form.extras.over_reason
    assert reason.isVisible()

    qtbot.keyClick(page, Qt.Key.Key_W, ALT)
    qtbot.waitUntil(lambda: "写一句为什么" in reason.state().sentence)
    assert reason.edit.hasFocus()
    reason.set_text("约好这时打")
    qtbot.keyClick(page, Qt.Key.Key_W, ALT)

    qtbot.waitUntil(lambda: len(follow_ups(life)) == 3)
    qtbot.waitUntil(lambda: page._card is not None and len(page._card.attempts) == 3)
    assert page.form.extras.over_reason.text() == ""


def test_several_matters_are_asked_one_by_one_and_make_the_whole(
    qtbot, life, open_page, type_digits
):
    case = life.at("follow_up", matters=("楼道漏电", "路灯不亮"))
    page = open_page(1)
    assert page.form.resolution.isHidden()

    type_digits(page, "11")  # 联系过、10 分钟内
    type_digits(page, "13")  # 事项 1 已解决、事项 2 未解决
    assert page.form.matters.whole_said() == (
        "2 个事项：1 个已解决、1 个未解决，合起来是部分解决。"
    )
    type_digits(page, "31")  # 不满意、未联系
    step = page.form.next_step
    assert step.value() is NextStep.AGAIN
    qtbot.waitUntil(lambda: not step.chips.visibleRegion().isEmpty())  # scrolled to by itself
    page.save()

    qtbot.waitUntil(lambda: life.case(case).status is CaseStatus.HANDLING)
    assert life.case(case).resolution is Resolution.PARTLY
    assert [row.round_no for row in life.matters(case)] == [None, 2]


def test_what_the_clerk_chooses_to_follow_stays_and_a_bad_word_offers_all_boxes_of_the_paper(
    qtbot, life, open_page, type_digits
):
    case = life.at("follow_up")
    page = open_page(1)
    step = page.form.next_step
    type_digits(page, "1111")  # 联系过、10 分钟内、已解决、满意
    assert len(step.chips.chips()) == 2
    page.form.resolution.press("3")
    page.form.satisfaction.press("3")
    page.form.discontent.press("2")
    assert step.value() is NextStep.AGAIN  # proposed
    step.press("5")
    assert step.value() is FollowUpAdvice.APPEAL

    page.form.satisfaction.press("1")
    page.form.resolution.press("1")
    assert step.value() is NextStep.CLOSE  # nothing to appeal against: proposed anew
    page.form.resolution.press("3")
    step.press("4")
    page.save()

    qtbot.waitUntil(lambda: life.case(case).status is CaseStatus.HANDLING)
    with Session(life.hall.engine) as session:
        reasons = session.scalars(select(Round.reason).where(Round.case_id == case)).all()
    assert reasons[-1].endswith("建议挂账")


def test_a_matter_left_out_is_said_beside_it(qtbot, life, open_page, type_digits):
    life.at("follow_up", matters=("楼道漏电", "路灯不亮"))
    page = open_page(1)
    type_digits(page, "111")  # 联系过、10 分钟内、事项 1 已解决
    page.form.satisfaction.press("1")
    page.form.next_step.press("1")

    page.save()

    second = page.form.matters.questions[1]
    qtbot.waitUntil(lambda: "事项 2 还没有问" in second.trouble())
    assert page.form.contacted.value() is True


def test_who_wants_no_more_calls_and_is_rung_later_is_kept_by_keys(qtbot, life, open_page):
    case = life.at("follow_up")
    page = open_page(1)
    page.activateWindow()
    shift = CTRL | Qt.KeyboardModifier.ShiftModifier

    qtbot.keyClick(page, Qt.Key.Key_D, shift)
    assert page.form.extras.no_calls.isChecked()
    page.form.extras.call_back.set_text("15:30")
    qtbot.keyClick(page, Qt.Key.Key_W, ALT)

    qtbot.waitUntil(lambda: life.case(case).do_not_call_at is not None)
    qtbot.waitUntil(lambda: "请勿再打" in page.phone.advice())
    qtbot.waitUntil(lambda: "答应 15:30 回电" in page.before.promises())
    heads = [row.title for row in page.list.rows() if row.id is None]
    assert heads == ["今天答应的回电"]


def test_a_second_round_shows_what_was_said_in_the_first(qtbot, life, open_page):
    case = life.at("follow_up")
    life.again(case)

    page = open_page(1)

    assert page.call.chips() == ["第 2 轮", "上次双否"]
    said = [entry.verb for entry in page.before.timeline.entries()]
    assert "第 1 次回访（电话）　未解决、不满意（双否）" in said
    assert any("第 2 轮　上次双否" in row.left for row in page.list.rows())


def test_numbers_are_grouped_for_dialling():
    assert spaced_number("13800000031") == "138 0000 0031"
    assert spaced_number("0755-20000000") == "0755-20000000"


def test_nothing_to_ring_is_said_in_one_sentence(qtbot, life, open_page):
    page = open_page(0)

    qtbot.waitUntil(lambda: page._stack.currentIndex() == 1)
    assert page._empty._sentence.text() == "没有要打的电话。"


def test_a_case_whose_appellant_never_answers_is_closed_unrated_after_calls_at_two_times_of_day(
    qtbot, life, open_page
):
    case = life.at("follow_up")
    page = open_page(1)

    def tries_again(tries):
        assert "多次没接，办结" not in page.bar.labels()
        page.form.extras.over_reason.set_text("约好今天打通为止")
        qtbot.keyClick(page, Qt.Key.Key_W, ALT)
        qtbot.waitUntil(lambda: page._card is not None and len(page._card.attempts) == tries)

    for tries in (1, 2, 3):
        tries_again(tries)
    assert page.phone.advice().startswith(
        "打了 3 次，都在上午；要在至少 2 个时段（上午、下午、晚上）打过才能办结，下一次宜在下午。"
    )
    life.hall.clock.set("2026-11-02 14:30")
    page.desk.set_time(life.hall.clock())
    tries_again(4)

    qtbot.keyClick(page, Qt.Key.Key_O, ALT)

    qtbot.waitUntil(lambda: page.list.rows() == ())
    assert life.case(case).status is CaseStatus.CLOSED
    assert life.case(case).satisfaction is None
    assert [row.failed_calls for row in follow_ups(life)] == [1, 2, 3, 4, 4]
