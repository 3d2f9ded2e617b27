"""The record desk, by keys: nothing written is lost, and nothing told apart leaks."""

import pytest
from PySide6.QtCore import Qt

from desk.actions.mediation_agreement import SaveAgreement
from desk.rules.mediation_codes import AgreementKind, MediationStatus, Performance
from desk.store.models import (
    CaucusNote,
    Instalment,
    MediationAgreement,
    MediationSession,
    Paper,
)
from desk.ui.drafts import drafts_folder, drafts_of
from desk.ui.mediation.caucus_panel import CaucusPanel
from desk.ui.mediation.conclude_panel import ConcludePanel
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.conflict_view import ConflictView, Keep
from tests.actions.mediations import CHEN_GUIFANG, COMPANY, MENG, QIAN
from tests.small_hall import PASSWORD
from tests.ui.case_desk import CTRL, ESCAPE
from tests.ui.record_desk import mediations_of, sit_at_record

CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
SPACE, TAB, BACKSPACE = Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Backspace
TEN = (
    (1, "先告知双方权利义务。"),
    (2, "听清楚了。"),
    (3, "听清楚了。"),
    (1, "请申请人先说。"),
    (2, "八月起卫生间顶上一直滴水。\n找过物业三次。"),
    (3, "是公共立管老化，我们认。"),
    (1, "争议在赔偿数额。"),
    (2, "一万二可以，但是要快。"),
    (3, "可以，分三期。"),
    (1, "双方想好了就写协议。"),
)
NAMES = {1: QIAN, 2: CHEN_GUIFANG, 3: COMPANY}
SAID = [(NAMES[seat], words) for seat, words in TEN]
APART = "底线是八千，先别告诉物业。"


@pytest.fixture
def people(sqlite_hall):
    """Those who mediate in the hall of this test."""
    return mediations_of(sqlite_hall)


@pytest.fixture
def begun(people):
    """A mediation whose first sitting is under way."""
    mediation = people.lay()
    people.sit(mediation)
    return mediation


@pytest.fixture
def sit(qtbot, sqlite_hall, desk_of):
    """Sit somebody down at the record desk."""
    return lambda mediation, who=QIAN: sit_at_record(qtbot, sqlite_hall, desk_of, who, mediation)


def saved(people, mediation):
    """Return who said what by the record in the database."""
    session = people.rows(MediationSession, mediation)[0]
    return [(block["who"], block["text"]) for block in session.blocks]


def titles(people, mediation):
    """Return the history lines of a mediation."""
    return [line.title for line in people.lines(mediation)]


def test_ten_blocks_are_still_there_after_the_window_died(qtbot, people, begun, sit):
    desk = sit(begun)
    for seat, words in TEN:
        desk.speak(seat, words)
    assert desk.said() == SAID
    drafts = drafts_of(desk.desk)
    qtbot.waitUntil(lambda: drafts._waiting == {})  # on the disk; nothing was saved
    drafts.flush()
    qtbot.waitUntil(lambda: any(drafts_folder().glob("*.json")))
    assert saved(people, begun) == []

    again = sit(begun)  # a program that starts anew reads the disk alone
    assert again.said() == SAID
    assert "没存完的笔录" in again.page.notice.sentence()


def test_ctrl_s_saves_all_of_it_with_one_line_of_history(people, begun, sit):
    desk = sit(begun)
    before = len(titles(people, begun))
    for seat, words in TEN:
        desk.speak(seat, words)
    desk.ctrl("S")
    assert saved(people, begun) == SAID
    assert titles(people, begun)[before:] == ["写入第 1 次笔录"]
    assert desk.page.saved_words().startswith("已存")
    assert drafts_of(desk.desk).all(people.staff(QIAN)) == []
    desk.ctrl("S")
    assert len(titles(people, begun)) == before + 1, "what did not change is not saved again"


def test_facts_that_are_changed_alone_go_along_into_the_agreement(begun, sit):
    desk = sit(begun)
    desk.speak(1, "先把事实说清楚。")
    rows = desk.page.record.rows
    assert max(row.height() for row in rows) < 2 * rows[0].words.height(), "no gaps between words"
    desk.page.draft.fields["facts"].setFocus()
    desk.write("双方都认可。")
    facts = desk.page.draft.content()["facts"]
    assert "双方都认可。" in facts
    desk.ctrl("G")
    assert desk.panel.form.content()["facts"] == facts


def test_no_digit_changes_the_speaker_while_an_input_method_composes(begun, sit):
    desk = sit(begun)
    desk.write("请说")
    desk.compose("shuo")
    desk.ctrl(2)
    desk.compose("")
    assert desk.said() == [(QIAN, "请说")]
    desk.speak(2, "我先说。")
    assert desk.said() == [(QIAN, "请说"), (CHEN_GUIFANG, "我先说。")]


def test_an_empty_block_is_given_to_whoever_speaks_and_goes_with_backspace(begun, sit):
    desk = sit(begun)
    desk.write("开始。")
    desk.ctrl(2)
    desk.ctrl(3)
    assert [row.who for row in desk.page.record.rows] == [QIAN, COMPANY]
    desk.press(BACKSPACE)
    assert [row.who for row in desk.page.record.rows] == [QIAN]
    assert desk.focused() is desk.page.record.rows[0].words


def test_what_two_write_at_once_is_joined_in_the_order_of_time(people, begun, sit):
    mediator, secretary = sit(begun), sit(begun, MENG)
    people.clock.forward(minutes=1)
    secretary.speak(1, "孟瑶记的。")
    secretary.ctrl("S")
    people.clock.forward(minutes=1)
    mediator.come_back()
    mediator.speak(2, "钱惠记的。")
    mediator.ctrl("S")
    mediator.quiet()
    assert saved(people, begun) == [(QIAN, "孟瑶记的。"), (CHEN_GUIFANG, "钱惠记的。")]
    assert mediator.said() == saved(people, begun)
    assert "两边的话已按时间合在一起" in mediator.page.notice.sentence()


def test_a_draft_that_a_colleague_saved_too_is_laid_beside_ones_own(people, begun, sit):
    desk = sit(begun)
    desk.page.draft.start()
    desk.write("赔 12000 元。")
    people.mediate(MENG, SaveAgreement, begun, saved_at=None, terms="赔 9600 元。", facts="漏水。")
    desk.ctrl("S")
    desk.quiet()
    sheet = desk.page.findChild(ConflictView)
    sheet.choose("terms", Keep.MINE)
    sheet.choose("facts", Keep.THEIRS)
    next(b for b in sheet.findChildren(KeyButton) if b.text() == "按所选保存").click()
    desk.quiet()
    draft = people.rows(MediationAgreement, begun)[0]
    assert (draft.terms, draft.facts) == ("赔 12000 元。", "漏水。")
    assert desk.page.draft.isVisible()


def test_printing_saves_first_and_issues_the_record_of_this_sitting(people, begun, sit):
    desk = sit(begun)
    desk.speak(2, "漏水三个月了。")
    desk.ctrl("P")
    desk.quiet()
    desk.quiet()
    papers = people.rows(Paper, begun)
    assert [paper.code for paper in papers] == ["mediation-record"]
    assert "漏水三个月了" in str(papers[0].row)
    assert people.rows(MediationSession, begun)[0].paper_id == papers[0].id


def test_a_note_told_apart_is_seen_by_the_mediator_alone(people, begun, sit):
    desk = sit(begun)
    desk.press(Qt.Key.Key_O, CTRL_SHIFT)
    desk.quiet()
    assert isinstance(desk.panel, CaucusPanel)
    desk.write("falsch-falsch")
    desk.finish()
    assert (
        "密码不对"
        in desk.panel.form.entries["password"].label + desk.panel.password.state().sentence
    )
    desk.panel.password.set_text("")
    desk.write(PASSWORD)
    desk.finish()
    assert desk.panel.is_open()
    desk.choose("party", 1)
    desk.fill("text", APART)
    desk.finish()
    assert [note.text for note in people.rows(CaucusNote, begun)] == [APART]
    assert APART in desk.panel.shown()
    desk.page.hide()
    desk.page.show()
    assert APART not in desk.panel.shown(), "it shuts when nobody looks"

    drafts_of(desk.desk).flush()
    kept = [path.read_text() for path in drafts_folder().glob("*.json")]
    assert [text for text in kept if "底线" in text or "\\u5e95\\u7ebf" in text] == []
    secretary = sit(begun, MENG)
    assert "背靠背" not in secretary.offered()


def test_words_behind_the_lock_come_back_with_the_password(begun, sit):
    desk = sit(begun)
    desk.press(Qt.Key.Key_O, CTRL_SHIFT)
    desk.quiet()
    desk.write(PASSWORD)
    desk.finish()
    desk.write("还没写完")
    desk.panel.lock()
    assert desk.panel.text.text() == ""
    desk.press(ESCAPE)
    desk.press(Qt.Key.Key_O, CTRL_SHIFT)
    desk.quiet()
    assert desk.panel.text.text() == ""
    desk.write(PASSWORD)
    desk.finish()
    assert desk.panel.text.text() == "还没写完"


def test_an_agreement_is_made_by_keys_with_its_instalments(people, begun, sit):
    desk = sit(begun)
    desk.page.draft.start()
    desk.write("修好漏点，赔偿 12,000 元。")
    desk.ctrl("G")
    panel = desk.panel
    assert panel.form.content()["terms"] == "修好漏点，赔偿 12,000 元。"
    desk.finish()
    assert "请写履行方式" in panel.form.entries["way"].in_words() + panel.said()
    desk.fill("way", "转账")
    desk.fill("term", "分三期")
    desk.fill("amount", "1.2万")
    desk.choose("payer", 2)
    desk.choose("payee", 1)
    desk.go_to("plan")
    desk.write("3")
    desk.press(TAB)
    desk.write("12-31")
    panel.table.compute.setFocus()
    desk.press(SPACE)
    assert panel.table.said() == "共 3 期，合计 12,000 元，大写 壹万贰仟元整，与协议金额相符。"
    panel.table.rows[2].amount.setText("3999.99")
    assert "比协议金额 12,000 元少 0.01 元" in panel.table.said()
    panel.table.rows[2].amount.setText("4000")
    desk.ctrl("P")
    desk.quiet()
    desk.quiet()
    assert [paper.code for paper in people.rows(Paper, begun)] == ["mediation-agreement"]
    assert "各方签好后再按“协议生效”" in panel.said()
    first, second = people.parties(begun)
    desk.choose(f"signed_{first}", 3)
    desk.choose(f"signed_{second}", 2)
    for name in ("mediator_signed", "is_sealed"):
        desk.go_to(name)
        desk.press(SPACE)
    assert panel.said() == "四要素、签名和印章都齐了，可以生效。"
    desk.finish()

    row = people.mediation(begun)
    assert (row.status, row.agreement_kind) == (MediationStatus.SETTLED, AgreementKind.WRITTEN)
    assert (row.amount_fen, row.performance) == (12_000_00, Performance.INSTALMENTS)
    days = sorted(one.due_on.isoformat() for one in people.rows(Instalment, begun))
    assert days == ["2026-12-31", "2027-01-31", "2027-02-28"]


def test_an_oral_agreement_asks_for_no_signatures_of_the_parties(people, begun, sit):
    desk = sit(begun)
    desk.ctrl("G")
    panel = desk.panel
    desk.choose("kind", 2)
    for name, words in (("terms", "当面道歉。"), ("way", "当面"), ("term", "今天")):
        desk.fill(name, words)
    desk.go_to("is_done_at_once")
    desk.press(SPACE)
    assert panel.said() == "还差 1 样。先是：调解员还没有签名。"
    desk.go_to("mediator_signed")
    desk.press(SPACE)
    desk.finish()
    row = people.mediation(begun)
    assert (row.agreement_kind, row.amount_fen) == (AgreementKind.ORAL, None)
    assert (row.status, row.performance) == (MediationStatus.FOLLOW_UP, Performance.AT_ONCE)


def test_a_sitting_ends_by_keys_and_who_did_not_come_is_counted(people, sit):
    mediation = people.lay()
    people.sit(mediation, parties=people.parties(mediation)[:1])
    desk = sit(mediation)
    desk.speak(2, "等了半小时。")
    left = []
    desk.screen.mediation_wanted.connect(left.append)
    desk.finish()
    desk.fill("result", "物业没来，周五再约。")
    desk.go_to("absent")
    desk.press(SPACE)
    desk.finish()
    session = people.rows(MediationSession, mediation)[0]
    assert (session.result, session.ended_at is not None) == ("物业没来，周五再约。", True)
    assert titles(people, mediation)[-1] == "结束第 1 次调解：另约再调，1 方未到场"
    assert left == [mediation]


def test_no_agreement_is_said_by_keys_with_the_way_on(people, begun, sit):
    desk = sit(begun)
    desk.page.bar.press("结束调解")
    desk.quiet()
    desk.quiet()
    assert isinstance(desk.panel, ConcludePanel)
    desk.fill("reason", "数额谈不拢。")
    desk.finish()
    desk.fill("way_on", "向滨河区人民法院起诉")
    desk.go_to("was_told")
    desk.press(SPACE)
    desk.finish()
    assert people.mediation(begun).status is MediationStatus.NOT_SETTLED


def test_where_there_is_little_room_a_panel_takes_the_place_of_the_record(begun, sit):
    desk = sit(begun)
    desk.write("开始。")
    desk.screen.resize(850, 430)
    desk.ctrl("D")
    assert not desk.page.record.isVisible()
    desk.ctrl(2)  # nobody speaks into a record that is not seen
    assert len(desk.page.record.rows) == 1
    desk.press(ESCAPE)
    assert desk.page.record.isVisible()
    assert desk.focused() is desk.page.record.rows[0].words


def test_esc_saves_and_goes_back_to_the_file(people, begun, sit):
    desk = sit(begun)
    left = []
    desk.screen.mediation_wanted.connect(left.append)
    desk.speak(2, "先到这里。")
    desk.press(ESCAPE)
    desk.quiet()
    assert left == [begun]
    assert saved(people, begun) == [(CHEN_GUIFANG, "先到这里。")]


def test_without_a_sitting_the_desk_says_where_to_begin(people, sit):
    desk = sit(people.lay())
    assert desk.screen.file is None
    assert desk.page.isHidden() or not desk.page.isVisible()
