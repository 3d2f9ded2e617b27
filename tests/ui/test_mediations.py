"""Mediations on screen: opened by keys, refused in sentences, read by whom they belong to."""

from PySide6.QtCore import Qt
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.mediation_opening import CorrectMediation
from desk.actions.rooms import SetRoom
from desk.rules.mediation_codes import DisputeKind, MediationStatus, RoomKind
from desk.store.models import MediationLook, MediationParty, Paper
from desk.ui.drafts import drafts_of
from desk.ui.mediation.acceptance_panels import AcceptPanel
from desk.ui.mediation.deeds import mediation_ways
from desk.ui.start.mediation_face import MediationFace
from desk.ui.widgets.picker_field import PickerField
from tests.actions.mediating import APPLICANT, GU, MENG, QIAN
from tests.ui.case_desk import ESCAPE, RETURN, sit_at_case
from tests.ui.mediation_desk import mediating_of, sit_at_mediations

TAB = Qt.Key.Key_Tab
SHIFT = Qt.KeyboardModifier.ShiftModifier


def write_application(sitting):
    """Write the six things with the keyboard alone."""
    sitting.fill("kind", "邻里")
    sitting.press(RETURN)
    sitting.go_to("parties")
    for words in ("张春兰", "13800000031", "青榕花园"):
        sitting.write(words)
        sitting.press(TAB)
    row = sitting.panel.form.entries["parties"].read()[0]
    assert (row["name"], row["phone"], row["address"]) == ("张春兰", "13800000031", "青榕花园")
    sitting.fill("facts", "楼上漏水，商量未成。")


def test_an_application_is_written_by_keys_alone_and_gets_its_number(qtbot, sqlite_hall, desk_of):
    sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, MENG)
    sitting.alt("Z")
    write_application(sitting)
    sitting.finish()
    assert sitting.panel is None
    file = sitting.screen.file
    assert file.head.number == "青榕人调字〔2026〕第1号"
    assert (file.head.kind, file.status) == (DisputeKind.NEIGHBOURS, MediationStatus.APPLIED)
    assert [party.name for party in file.body.parties] == ["张春兰"]
    assert "还没有申请书或受理登记表" in sitting.page.lacks.sentences()


def test_tab_goes_through_the_parties_in_reading_order(qtbot, sqlite_hall, desk_of):
    sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, MENG)
    sitting.alt("Z")
    sitting.go_to("source")
    stops = []
    for _ in range(9):
        sitting.press(TAB)
        stops.append(sitting.focused().accessibleName())
    assert stops == [*(["个人", "姓名", "电话", "住址"] * 2), "再加一位当事人"]
    sitting.focused().click()
    assert sitting.focused().accessibleName() == "姓名"
    stops = []
    for _ in range(5):
        sitting.press(TAB)
        stops.append(sitting.focused().accessibleName())
    assert stops == ["电话", "住址", "去掉这一位", "再加一位当事人", "纠纷简要情况，必填"]


def test_without_the_database_nothing_is_offered_and_what_is_written_stays(
    qtbot, sqlite_hall, desk_of
):
    mediation = mediating_of(sqlite_hall).open()
    sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, MENG, mediation)
    sitting.alt("T")
    sitting.panel.form.fill({"reason": "已向法院起诉。"})
    sitting.screen.follow_connection(is_there=False)
    assert sitting.page.bar.labels() == []
    assert sitting.panel.form.entries["reason"].read() == "已向法院起诉。"
    sitting.screen.follow_connection(is_there=True)
    sitting.quiet()
    assert "受理" in sitting.page.bar.labels()


def test_what_is_missing_is_said_beside_its_field_and_a_half_written_form_comes_back(
    qtbot, sqlite_hall, desk_of
):
    sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, MENG)
    sitting.alt("Z")
    sitting.finish()
    assert any("请选纠纷类型" in words for words in sitting.shows())
    write_application(sitting)
    sitting.press(ESCAPE)
    assert sitting.panel is None
    sitting.alt("Z")
    assert sitting.panel.form.entries["facts"].read() == "楼上漏水，商量未成。"
    assert sitting.panel.form.entries["parties"].read()[0]["name"] == "张春兰"
    drafts_of(sitting.desk).flush()


def test_a_case_goes_to_mediation_with_one_key_and_says_so_to_whoever_may_know(
    qtbot, life, desk_of
):
    case = life.at("accepted")
    sitting = sit_at_case(qtbot, life, desk_of, "李敏", case)
    sitting.alt("Z")
    parties = sitting.panel.form.entries["parties"].read()
    assert (parties[0]["name"], parties[0]["phone"]) == ("陈桂芳", "13800000023")
    assert sitting.panel.form.entries["facts"].read().startswith("七栋楼道漏电")
    sitting.fill("kind", "linli")
    sitting.press(RETURN)
    sitting.finish()
    sitting.quiet()
    assert sitting.screen.page.heading.mediated() == "已转调解（待审查）"
    unaware = sit_at_case(qtbot, life, desk_of, "赵强", case)
    assert unaware.screen.page.heading.mediated() == ""
    assert "调解" not in " ".join(step.title for step in unaware.screen.file.steps)


def test_contact_data_that_was_revealed_leaves_an_open_form_and_its_draft_and_still_goes_along(
    qtbot, life, desk_of
):
    sitting = sit_at_case(qtbot, life, desk_of, "周航", life.at("accepted"))
    sitting.page.facts.reveal_asked.emit()
    sitting.write("calls back himself")
    sitting.finish()
    sitting.alt("Z")
    row = sitting.panel._fields.parties.rows[0]
    assert row.phone.edit.displayText() == "13800000023"
    row.address.set_text("七栋门口")
    life.hall.clock.forward(seconds=31)
    sitting.page.facts.hide_due.emit()
    sitting.quiet()
    shown = [field.edit.displayText() for field in (row.name, row.phone, row.address)]
    assert not {"陈桂芳", "13800000023"} & set(shown)
    assert shown[2] == "七栋门口"
    assert [row.phone.edit.isReadOnly(), row.address.edit.isReadOnly()] == [True, False]
    kept = sitting.panel.form.content()["parties"][0]
    assert (kept["name"], kept["phone"], kept["address"]) == ("", "", "七栋门口")
    sitting.fill("kind", "linli")
    sitting.press(RETURN)
    sitting.finish()
    qtbot.waitUntil(lambda: sitting.panel is None)
    with Session(life.hall.engine) as session:
        party = session.scalars(select(MediationParty)).first()
    assert (party.name, party.phone, party.address) == ("陈桂芳", "13800000023", "七栋门口")


def test_acceptance_says_what_is_missing_and_then_starts_the_thirty_days(
    qtbot, sqlite_hall, desk_of
):
    go = mediating_of(sqlite_hall)
    alone = go.open(parties=(APPLICANT,))
    sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, MENG, alone)
    sitting.alt("Q")
    sitting.finish()
    assert isinstance(sitting.panel, AcceptPanel)
    assert any("当事人至少要有两方" in words for words in sitting.shows())
    sitting.panel.form.entries["exclusions"].write(["行政争议"])
    assert "不属于民间纠纷" in sitting.panel.said()
    sitting.press(ESCAPE)
    both = go.open()
    sitting.screen.open_mediation(both)
    sitting.quiet()
    sitting.alt("Q")
    sitting.panel.form.entries["parties"].write(["张春兰", "李国强"])
    sitting.finish()
    sitting.quiet()
    assert go.row(both).status is MediationStatus.ACCEPTED
    assert any("剩 30 天" in row for row in _list_words(sitting))
    assert sitting.focused() is sitting.screen.list


def _list_words(sitting):
    role = Qt.ItemDataRole.AccessibleTextRole
    model = sitting.screen.list.model()
    return [str(model.index(at, 0).data(role)) for at in range(model.rowCount())]


def test_a_refusal_offers_its_words_and_they_can_be_changed(qtbot, sqlite_hall, desk_of):
    go = mediating_of(sqlite_hall)
    one = go.open()
    sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, MENG, one)
    sitting.alt("T")
    sitting.panel.form.entries["exclusions"].write(["涉嫌刑事犯罪"])
    sitting.fill("guidance", "（青榕派出所）")
    sitting.finish()
    row = go.row(one)
    assert row.status is MediationStatus.REFUSED
    assert row.refusal_reason == "涉嫌刑事犯罪的，不能受理。"
    assert row.guidance.startswith("请向公安机关报案。")


def test_a_leader_reads_the_head_and_with_a_reason_the_rest(qtbot, sqlite_hall, desk_of):
    go = mediating_of(sqlite_hall)
    one = go.staffed()
    sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, "郑伟", one)
    assert not [words for words in sitting.shows() if "张" in words or "漏水" in words]
    assert sitting.offered() == ["写理由查看", "按编号查阅"]
    sitting.page.dispute.look_asked.emit()
    sitting.fill("reason", "市里督办")
    sitting.finish()
    sitting.quiet()
    assert [look.reason for look in go.all(MediationLook, one)] == ["市里督办"]
    assert any("张春兰" in words for words in sitting.shows())


def test_a_mediator_is_chosen_from_the_list(qtbot, sqlite_hall, desk_of):
    go = mediating_of(sqlite_hall)
    one = go.accept()
    go.mediator()
    sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, MENG, one)
    sitting.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier | SHIFT)
    who = sitting.panel.findChild(PickerField)
    qtbot.waitUntil(lambda: who.offered() == ["钱惠"])  # those who mediate have been read
    sitting.fill("mediator", "钱惠")
    sitting.press(RETURN)
    assert who.value() == go.mediator()
    sitting.finish()
    qtbot.waitUntil(lambda: go.row(one).mediator_id == go.mediator())
    qtbot.waitUntil(lambda: "钱惠" in sitting.shows())


def test_enter_on_a_party_opens_all_that_is_known(qtbot, sqlite_hall, desk_of):
    go = mediating_of(sqlite_hall)
    one = go.open()
    sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, MENG, one)
    sitting.page.dispute.party_asked.emit(go.parties(one)[1].id)
    entries = sitting.panel.form.entries
    assert entries["name"].read() == "李国强"
    entries["birth_year"].write("八六")
    sitting.finish()
    assert any("出生年份请写四位数字" in words for words in sitting.shows())
    entries["birth_year"].write("1986")
    entries["companions"].write("委托代理人 王芳 13800000040 一般代理")
    sitting.finish()
    sitting.quiet()
    party = sitting.screen.file.body.parties[1]
    assert (party.birth_year, party.companions[0].powers) == (1986, "一般代理")


def test_somebody_who_was_quicker_is_shown_and_the_own_words_stay(qtbot, sqlite_hall, desk_of):
    go = mediating_of(sqlite_hall)
    one = go.open()
    sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, MENG, one)
    ways = {way.label: way for way in ways_of(sitting)}
    sitting.screen.work.do(ways["更正纠纷情况"])
    sitting.panel.form.entries["title"].write("渗水赔偿")
    go.ask(GU, CorrectMediation, one, title="卫生间漏水")
    sitting.finish()
    sitting.quiet()
    assert sitting.page.host.sheet is not None
    assert sitting.panel.form.entries["title"].read() == "渗水赔偿"


def ways_of(sitting):
    return mediation_ways(sitting.screen.file, sitting.desk.person)


def test_the_desk_of_a_mediator_shows_what_he_has_in_hand(qtbot, sqlite_hall, open_window):
    go = mediating_of(sqlite_hall)
    go.staffed()
    window = open_window(QIAN)
    qtbot.waitUntil(lambda: not window.desk.tasks.is_busy)
    face = window.pages.front.face
    assert isinstance(face, MediationFace)
    assert [row.title for row in face.list.rows()] == ["在办", "房屋漏水赔偿"]
    with qtbot.waitSignal(window.pages.shown):
        face.list.open_current()
    assert window.pages.page.name == "mediation"


def test_a_paper_is_issued_for_one_party_and_stands_in_the_file(qtbot, sqlite_hall, desk_of):
    go = mediating_of(sqlite_hall)
    one = go.staffed()
    sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, MENG, one)
    ways = {way.label: way for way in ways_of(sitting)}
    sitting.screen.work.do(ways["出具文书"])
    sitting.panel.form.entries["code"].write("mediation-notice")
    sitting.finish()
    assert any("请选是给哪一位当事人的" in words for words in sitting.shows())
    sitting.panel.form.entries["about"].write(go.parties(one)[1].id)
    sitting.finish()
    sitting.quiet()
    paper = sitting.screen.file.body.papers[0]
    assert (paper.code, paper.number) == ("mediation-notice", f"{go.row(one).number}之一")
    assert sitting.page.dossier.chosen_paper() == paper.id
    assert "打印" in sitting.offered()


def test_one_key_leads_from_the_file_to_the_booking_of_a_room_for_it(
    qtbot, sqlite_hall, open_window
):
    go = mediating_of(sqlite_hall)
    one = go.staffed()
    go.ask("许诺", SetRoom, name="第一调解室", kind=RoomKind.MEDIATION, capacity=8)
    window = open_window(MENG)
    window.desk.set_time(sqlite_hall.clock())

    def quiet():
        qtbot.waitUntil(lambda: not window.desk.tasks.is_busy)

    window.pages.open_mediation(one)
    qtbot.waitUntil(lambda: window.pages.front.file is not None)
    quiet()
    assert "排期" in window.pages.front.page.bar.labels()
    window.pages.front.booking_wanted.emit(one)
    quiet()
    assert window.pages.page.name == "rooms"
    form = window.pages.front.side.form.form
    qtbot.waitUntil(lambda: form.mediation.value() == one)


ASKING = {
    "不予受理",
    "调解员",
    "邀请协助",
    "秘书",
    "增加当事人",
    "当事人退出",
    "延长期限",
    "出具文书",
}


def test_every_panel_that_is_offered_opens_and_asks_before_it_does_anything(
    qtbot, sqlite_hall, desk_of
):
    go = mediating_of(sqlite_hall)
    for one in (go.open(), go.staffed()):
        sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, MENG, one)
        version = go.row(one).version
        for way in ways_of(sitting):
            sitting.screen.work.do(way)
            sitting.quiet()
            assert sitting.panel.isAncestorOf(sitting.focused()), way.label
            if way.label in ASKING:
                sitting.finish()
                assert sitting.panel is not None, way.label
            sitting.press(ESCAPE)
        assert go.row(one).version == version


def test_an_extension_says_what_it_needs_and_keeps_the_first_day_in_sight(
    qtbot, sqlite_hall, desk_of
):
    go = mediating_of(sqlite_hall)
    one = go.staffed()
    sitting = sit_at_mediations(qtbot, sqlite_hall, desk_of, MENG, one)
    sitting.alt("E")
    sitting.panel.form.entries["due_on"].write("不知道")
    sitting.finish()
    assert any("看不懂" in words for words in sitting.shows())
    sitting.panel.print_consent()
    sitting.quiet()
    assert go.all(Paper, one) == []
    sitting.panel.form.entries["due_on"].write("2026-12-20")
    sitting.panel.print_consent()
    sitting.quiet()
    (paper,) = go.all(Paper, one)
    assert paper.row["until"] == "2026-12-20"
    assert f"出具延长调解期限同意书 {paper.number}，正在打印" in sitting.panel.said()
    sitting.panel.form.entries["consents"].write(["张春兰"])
    sitting.finish()
    assert any("李国强 还没有" in words for words in sitting.shows())
    sitting.panel.form.entries["consents"].write(["张春兰", "李国强"])
    sitting.finish()
    qtbot.waitUntil(lambda: any("原 2026-12-02，已延长" in words for words in sitting.shows()))
