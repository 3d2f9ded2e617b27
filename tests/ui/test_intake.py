"""The intake form at the counter, driven by keys alone."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTextEdit, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.codes import (
    CaseStatus,
    Channel,
    ClockKind,
    Exit,
    GuideWay,
    Satisfaction,
    Urgency,
)
from desk.store.models import Clock, Material, Matter, PrivateFacts
from desk.ui.preview import PaperPreview
from desk.ui.widgets.checked_field import Check
from tests.ui.intake_desk import ADDRESS, ALT, CTRL, OTHER, PHONE, WORDS, sit_down

Key = Qt.Key


@pytest.fixture
def clerk(qtbot, sqlite_hall, desk_of):
    return sit_down(qtbot, sqlite_hall, desk_of("李敏"))


def rows(clerk, model):
    with Session(clerk.hall.engine) as session:
        return list(session.scalars(select(model)))


def preview_of(clerk):
    """Return the open preview of a paper, if there is one."""
    found = clerk.screen.window().findChildren(PaperPreview)
    return next((one for one in found if one.isVisible()), None)


def title_of(window):
    return window.windowTitle() if window is not None else ""


def choose_category(clerk):
    clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_1)


def test_one_press_saves_numbers_prints_and_is_ready_for_the_next(clerk):
    printed = []
    clerk.screen.printed_wanted.connect(lambda case, code: printed.append((case, code)))
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.save()

    case, facts = clerk.case()
    assert (case.exit, case.channel, case.status) == (
        Exit.TRANSFER,
        Channel.VISIT,
        CaseStatus.RECEIVED,
    )
    assert (case.details, facts.name, facts.phone) == (WORDS, "陈桂芳", PHONE)
    assert (facts.address, case.place_id) == (ADDRESS, clerk.hall.place("青榕花园"))
    assert case.community_id == clerk.hall.unit("榕东社区")
    assert case.grid_id == clerk.hall.unit("榕东第1网格")
    assert printed == [(case.id, "intake-sheet")]
    assert case.number in clerk.foot.saved_words()
    assert clerk.form.phone.edit.hasFocus()
    assert clerk.form.details.text() == ""
    assert clerk.screen._keeping.drafts.all(clerk.desk.person.staff_id) == []


def test_what_was_saved_last_is_shown_on_paper(clerk, qtbot):
    clerk.press(Key.Key_F9)
    assert preview_of(clerk) is None
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.save()

    clerk.press(Key.Key_F9)

    number = clerk.case()[0].number
    qtbot.waitUntil(lambda: number in title_of(preview_of(clerk)))
    preview_of(clerk).close()


def test_the_limits_shown_before_saving_are_those_that_start(clerk):
    clerk.write_walk_in()
    choose_category(clerk)
    shown = {face.name: face.text for face in clerk.foot._faces}
    clerk.save()

    due = {clock.kind: clock.due_at for clock in rows(clerk, Clock)}
    wall = {kind: f"{(at + timedelta(hours=8)):%H:%M}" for kind, at in due.items()}
    assert wall[ClockKind.DISPATCH] in shown["分拨"]
    assert wall[ClockKind.VERIFY] in shown["核实"]
    assert wall[ClockKind.HANDLE] in shown["办理"]
    assert shown["联系"] == "当面已谈"


def test_a_known_telephone_brings_name_address_and_visits(clerk):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.save()

    clerk.dial(PHONE)
    clerk.quiet()

    assert (clerk.form.name.text(), clerk.form.address.text()) == ("陈桂芳", ADDRESS)
    assert "来过 1 次" in clerk.form.phone.state().sentence
    assert clerk.side.visitor.isVisible()


def test_what_somebody_wrote_is_never_written_over(clerk):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.save()

    clerk.press(Key.Key_Tab)
    clerk.say("陈小明")
    clerk.form.phone.setFocus()
    clerk.dial(PHONE)
    clerk.quiet()
    assert clerk.form.name.text() == "陈小明"
    assert clerk.form.address.text() == ADDRESS

    clerk.press(Key.Key_P, ALT)
    assert clerk.form.name.text() == "陈桂芳"


def test_a_corrected_telephone_takes_back_what_it_had_brought(clerk):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.save()
    clerk.dial(PHONE)
    clerk.quiet()
    clerk.press(Key.Key_Backspace)
    clerk.dial("4")
    clerk.quiet()

    assert (clerk.form.name.text(), clerk.form.address.text()) == ("", "")
    assert not clerk.side.visitor.isVisible()


def test_a_name_alone_shows_the_tails_of_namesakes(clerk):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.save()

    clerk.press(Key.Key_Tab)
    clerk.say("陈桂芳")
    clerk.quiet()

    assert clerk.side.visitor.isVisible()
    assert clerk.form.phone.text() == ""
    assert clerk.form.address.text() == ""


def test_a_possible_repeat_is_hinted_at_and_linked_by_key(clerk):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.save()
    first, _ = clerk.case()

    clerk.write_walk_in(phone=OTHER, name="罗晓燕")
    choose_category(clerk)
    clerk.quiet()
    assert clerk.side.repeat.isVisible()
    clerk.press(Key.Key_C, ALT)
    clerk.save()

    _, (second, _) = clerk.cases()
    assert second.repeat_of_id == first.id
    assert not clerk.side.repeat.isVisible()


def test_an_answer_on_the_spot_asks_for_its_words_in_place(clerk):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.press(Key.Key_F5)
    assert clerk.screen.work.sheet.extra.isVisible()
    clerk.say("已当面说明，请物业今晚来修。")
    clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_1)
    clerk.save(Key.Key_F5)

    case, _ = clerk.case()
    assert (case.exit, case.status) == (Exit.ON_SPOT, CaseStatus.CLOSED)
    assert case.answer == "已当面说明，请物业今晚来修。"
    assert case.satisfaction is Satisfaction.SATISFIED
    assert not clerk.screen.work.sheet.extra.isVisible()


def test_guidance_records_whom_how_and_whether_he_arrived(clerk):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.press(Key.Key_F8)
    clerk.say("这是区里的职责，已说明。")
    clerk.press(Key.Key_Tab)
    clerk.say("区住建局")
    clerk.press(Key.Key_Return)
    clerk.say("物业科王科长")
    clerk.press(Key.Key_Return)
    clerk.dial("13800000099")
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_1)
    clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_2)
    clerk.save(Key.Key_Return, CTRL)

    case, _ = clerk.case()
    assert (case.exit, case.status) == (Exit.GUIDANCE, CaseStatus.GUIDED)
    assert (case.guided_to, case.guide_person, case.guide_phone) == (
        "区住建局",
        "物业科王科长",
        "13800000099",
    )
    assert (case.guide_way, case.has_arrived) == (GuideWay.CALLED, False)


def test_the_own_unit_goes_on_at_once(clerk):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.save(Key.Key_F6)
    case, _ = clerk.case()
    assert (case.exit, case.lead_unit_id) == (Exit.OWN_UNIT, clerk.hall.unit("信联办"))


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_cleared(clerk):
    clerk.write_walk_in()
    clerk.press(Key.Key_F7)
    assert QApplication.focusWidget() in clerk.form.category.chips.chips()
    assert "类别" in clerk.form.category._note.text()
    clerk.press(Key.Key_1)

    clerk.form.phone.setFocus()
    clerk.press(Key.Key_Backspace)
    clerk.press(Key.Key_F7)
    assert clerk.form.phone.edit.hasFocus()
    assert clerk.form.phone.state().sentence == "号码少一位，请核对；不留可空着。"
    assert clerk.cases() == []
    assert clerk.form.details.text() == WORDS


def test_what_the_rules_refuse_comes_back_with_every_word(clerk, qtbot):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.press(Key.Key_G, ALT)
    clerk.say("周航")
    clerk.press(Key.Key_Return)
    with qtbot.waitSignal(clerk.screen._saving.refused):
        clerk.press(Key.Key_F7)

    reason = clerk.screen.work.sheet.head.reason
    assert "请写一句理由" in reason.state().sentence
    assert reason.edit.hasFocus()
    assert clerk.form.details.text() == WORDS
    clerk.say("代为登记")
    clerk.save()
    case, _ = clerk.case()
    assert (case.first_responder_name, case.first_responder_reason) == ("周航", "代为登记")
    assert case.recorder_id == clerk.desk.person.staff_id


def test_a_call_of_twenty_seconds_needs_no_name(clerk):
    clerk.screen.begin_short_call()
    clerk.press(Key.Key_Tab)
    clerk.say("青榕花园3栋")
    clerk.press(Key.Key_Return)
    clerk.say("摊贩占道，走不过去。")
    clerk.quiet()
    clerk.save(Key.Key_Return, CTRL)

    case, facts = clerk.case()
    assert (case.exit, case.channel, case.is_anonymous) == (Exit.TRANSFER, Channel.CALL, True)
    assert case.category_id == clerk.hall.category("占道经营")
    assert facts.address == "青榕花园3栋"


def test_a_form_laid_aside_is_offered_again(clerk):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.press(Key.Key_S, CTRL)
    assert clerk.form.phone.text() == ""
    assert clerk.side.drafts.isVisible()

    clerk.write_walk_in(phone=OTHER, name="罗晓燕", words="另一件事。")
    button = clerk.side.drafts.findChild(QAbstractButton)
    assert "陈桂芳" in button.accessibleName()
    button.setFocus()
    clerk.press(Key.Key_Return)

    assert clerk.form.details.text() == WORDS
    assert clerk.form.name.text() == "陈桂芳"
    assert clerk.form.category.value() == clerk.hall.category("楼道漏电")
    others = clerk.screen._keeping.drafts.all(clerk.desk.person.staff_id)
    assert {draft.content["name"] for draft in others} == {"陈桂芳", "罗晓燕"}


def test_the_program_that_starts_next_offers_what_was_not_saved(clerk, qtbot, sqlite_hall, desk_of):
    clerk.write_walk_in()
    clerk.screen._keeping.drafts.close()

    later = sit_down(qtbot, sqlite_hall, desk_of("李敏"))
    assert later.side.drafts.isVisible()
    stranger = sit_down(qtbot, sqlite_hall, desk_of("周航"))
    assert not stranger.side.drafts.isVisible()


def test_a_further_case_takes_the_person_along(clerk):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.save()
    clerk.press(Key.Key_N, ALT)

    assert clerk.form.name.text() == "陈桂芳"
    assert clerk.form.phone.text() == PHONE
    assert clerk.form.details.edit.hasFocus()
    assert clerk.form.details.text() == ""


def test_nothing_reacts_while_a_word_is_half_written(clerk):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.form.details.setFocus()
    clerk.compose("lou dao")
    clerk.press(Key.Key_F7)
    clerk.press(Key.Key_S, CTRL)
    assert clerk.cases() == []
    assert clerk.form.details.text() == WORDS


def test_four_answers_by_digit_suggest_the_level_and_esc_goes_back(clerk):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.form.details.setFocus()
    clerk.press(Key.Key_J, ALT)
    clerk.press(Key.Key_3)
    clerk.press(Key.Key_4)
    clerk.press(Key.Key_Escape)
    assert clerk.form.details.edit.hasFocus()
    clerk.save()

    case, _ = clerk.case()
    assert case.urgency is Urgency.FAST
    assert case.judgement["is_clear"]
    assert not case.judgement["may_petition"]


def test_initials_bring_an_estate_and_a_border_is_said(clerk):
    clerk.form.address.setFocus()
    clerk.dial("mtxc")
    clerk.press(Key.Key_Return)
    assert clerk.form.address.text() == "码头新村"
    assert clerk.form.content()["community"] == clerk.hall.unit("南塘社区")
    clerk.say("7栋")
    assert clerk.form.address.text() == "码头新村7栋", "building and door are written behind it"
    clerk.press(Key.Key_Return)
    assert clerk.form.details.edit.hasFocus()

    clerk.form.address.setFocus()
    clerk.press(Key.Key_A, CTRL)
    clerk.say("新桥路口北侧")
    clerk.press(Key.Key_Return)
    assert clerk.form.address.state().state is Check.WARN
    assert "先核实点位" in clerk.form.address.state().sentence
    assert clerk.form.address.text() == "新桥路口北侧"


def test_a_late_entry_counts_from_when_it_happened(clerk):
    clerk.screen.choose_view(4)
    head = clerk.screen.work.sheet.head
    assert head.moment.edit.hasFocus()
    clerk.say("昨天 15:30")
    clerk.press(Key.Key_Return)
    clerk.form.phone.setFocus()
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.save()

    case, _ = clerk.case()
    assert case.is_backfilled
    assert case.received_at == clerk.hall.clock.set("2026-11-01 15:30")


def test_what_only_some_need_is_folded_and_named_in_the_head_line(clerk):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.press(Key.Key_Down, ALT)
    clerk.press(Key.Key_Space)
    more = clerk.screen.work.sheet.more
    more._fields["materials"].setFocus()
    clerk.say("照片 2 张")
    more._fields["matters"].setFocus()
    clerk.say("灯座漏电\n楼道堆物")
    more.identity.setFocus()
    clerk.dial("440308195001010019")
    clerk.press(Key.Key_Down, ALT)

    assert "440308195001010019" not in more.identity.text()
    said = more._said
    assert "需要的服务：轮椅" in said[0]
    clerk.form.details.setFocus()
    clerk.save()
    case, facts = clerk.case()
    assert case.needs == ["轮椅"]
    assert [m.content for m in rows(clerk, Matter)] == ["灯座漏电", "楼道堆物"]
    assert [(m.name, m.copies) for m in rows(clerk, Material)] == [("照片", 2)]
    with Session(clerk.hall.engine) as session:
        assert session.get(PrivateFacts, case.id).id_number == "440308195001010019"
    assert facts.birth_year == 1950


def test_the_tab_key_follows_the_reading_order(clerk):
    passed = []
    for _ in range(7):
        passed.append(QApplication.focusWidget())
        clerk.press(Key.Key_Tab)
    form = clerk.form
    assert passed[:4] == [form.phone.edit, form.name.edit, form.address.edit, form.details.edit]
    assert passed[4] in form.category.chips.chips()
    assert passed[5].text() == "更多"
    assert passed[6].text() == "现场答复"


def test_everything_that_takes_the_focus_has_a_name_to_be_read_out(clerk):
    clerk.screen.work.sheet.more.set_open(is_open=True)
    clerk.screen.work.sheet.head.set_open(is_open=True)
    clerk.screen.work.sheet.extra.show_exit(Exit.GUIDANCE)
    nameless = [
        widget
        for widget in clerk.screen.findChildren(QWidget)
        if isinstance(widget, QLineEdit | QTextEdit | QAbstractButton)
        and widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.accessibleName()
    ]
    assert nameless == []


def test_whoever_types_on_while_a_case_is_being_saved_loses_nothing(clerk, qtbot):
    clerk.write_walk_in()
    choose_category(clerk)
    with qtbot.waitSignal(clerk.screen._saving.saved):
        clerk.press(Key.Key_F7)
        clerk.dial(OTHER)
    clerk.quiet()
    assert clerk.form.phone.text() == OTHER
    assert len(clerk.cases()) == 1


def test_a_refusal_lays_what_was_begun_meanwhile_aside(clerk, qtbot):
    clerk.write_walk_in()
    choose_category(clerk)
    clerk.press(Key.Key_G, ALT)
    clerk.say("周航")
    clerk.press(Key.Key_Return)
    with qtbot.waitSignal(clerk.screen._saving.refused):
        clerk.press(Key.Key_F7)
        clerk.dial(OTHER)

    assert clerk.form.details.text() == WORDS
    drafts = clerk.screen._keeping.drafts.all(clerk.desk.person.staff_id)
    assert sorted(draft.content["phone"] for draft in drafts) == [PHONE, OTHER]


def test_the_same_form_sent_twice_becomes_one_case(clerk, qtbot):
    clerk.write_walk_in()
    choose_category(clerk)
    content = clerk.screen.work.content()
    clerk.save()
    clerk.screen.begin(content)  # as after a crash between the commit and the draft's end
    clerk.save()
    assert len(clerk.cases()) == 1


def test_any_category_is_found_in_the_list_behind_other(clerk):
    clerk.write_walk_in()
    clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_3)  # two categories are suggested, the third chip is 其他…
    assert clerk.form.category.picker.edit.hasFocus()
    clerk.dial("zdjy")
    clerk.press(Key.Key_Return)
    assert clerk.form.category.value() == clerk.hall.category("占道经营")
    clerk.save()
    case, _ = clerk.case()
    assert case.category_id == clerk.hall.category("占道经营")


def test_an_exit_on_an_empty_form_does_no_harm(clerk):
    clerk.press(Key.Key_F7)
    assert clerk.form.phone.edit.hasFocus()
    assert clerk.cases() == []
    clerk.press(Key.Key_F5)
    assert not clerk.screen.work.sheet.extra.isVisible()


def test_ctrl_tab_goes_round_the_panes(clerk):
    clerk.press(Key.Key_Tab, CTRL)
    assert clerk.side.isAncestorOf(QApplication.focusWidget())
    clerk.press(Key.Key_Tab, CTRL)
    assert QApplication.focusWidget() is clerk.foot.exits.button(Exit.TRANSFER)
    clerk.press(Key.Key_Tab, CTRL)
    assert clerk.form.phone.edit.hasFocus()
