"""The page 文书: every paper at its station, each step by keys, many papers in one session."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.last_mile import ScanBack, SealPaper
from desk.actions.notice_mile import DeliverNotice, SealNotice
from desk.actions.notices import IssueNotice
from desk.queries.last_mile import Station
from desk.rules.codes import CaseStatus, DeliveryWay, PaperState
from desk.store.models import Delivery, SealUse
from desk.ui.last_mile.rows import STATIONS
from desk.ui.last_mile_screen import LastMileScreen
from tests.exchange.scanner import as_file, blank
from tests.ui.before_page import BeforePage
from tests.ui.scan_desk import scan_of

RETURN, SPACE, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape
CTRL = Qt.KeyboardModifier.ControlModifier


class AtPage(BeforePage):
    """Somebody before the page."""

    def __init__(self, qtbot, desk, life):
        super().__init__(qtbot, desk, life, LastMileScreen(desk))

    def is_busy(self):
        return self.page.watch._is_busy

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.desk.set_time(self.life.hall.clock())
        focused = self.page.window().focusWidget() or self.page
        self.qtbot.keyClick(focused, key, modifier)
        self.rest()

    def write(self, words):
        self.qtbot.keyClicks(self.page.window().focusWidget(), words)

    def go(self, station):
        at = len(STATIONS) if station is None else STATIONS.index(station)
        self.page.choose_view(at)
        self.rest()

    def tags(self):
        return [row.tag for row in self.page.list.rows()]

    @property
    def panel(self):
        return self.page.side.panel

    def words(self):
        """Return what stands beside the fields of the panel, and below them."""
        return self.panel.said()


@pytest.fixture
def sit(qtbot, life, desk_of):
    return lambda name="冯丽": AtPage(qtbot, desk_of(name), life)


def uses(life):
    with Session(life.hall.engine) as session:
        return session.scalars(select(SealUse).order_by(SealUse.id)).all()


def deliveries(life):
    with Session(life.hall.engine) as session:
        return session.scalars(select(Delivery).order_by(Delivery.id)).all()


def test_every_station_counts_its_papers_and_the_longest_waiting_is_on_top(life, sit):
    first, second = life.at("sealing"), life.at("sealing")
    life.at("delivering")
    life.at("follow_up")

    desk = sit()

    assert desk.page.views() == (
        "等文号 0",
        "待盖章 2",
        "待送达 1",
        "已送达未扫回 1",
        "扫描待认 0",
    )
    assert desk.tags() == ["00001", "00002"]
    assert desk.page.list.hasFocus()
    assert desk.panel.file.id == first
    assert second != first
    assert desk.page.middle.pane.pages.page_count() > 0


def test_enter_seals_what_is_marked_and_the_register_has_a_line_for_each(life, sit):
    cases = [life.at("sealing") for _ in range(4)]
    desk = sit()

    for _ in range(3):
        desk.press(SPACE)
    assert desk.tags() == ["已选 00001", "已选 00002", "已选 00003", "00004"]
    assert desk.words() == "连同另外 3 份一起盖章，印章和份数相同。"
    desk.page.list.choose(desk.page.list.rows()[0].id)
    desk.rest()
    assert "盖章 3 份" in desk.page.bar.labels()
    desk.press(RETURN)

    statuses = [life.case(case).status for case in cases]
    assert statuses == [CaseStatus.DELIVERING] * 3 + [CaseStatus.SEALING]
    assert "一共盖章 3 份。" in desk.said
    assert [(use.copies, use.approved_by) for use in uses(life)] == [(2, "郑伟")] * 3
    assert all("delivery-proof" in life.papers(case) for case in cases[:3])
    assert desk.page.list.hasFocus()
    assert desk.panel.file.id == cases[3]


def test_notices_are_sealed_together_and_opinions_by_themselves(life, sit):
    cases = [life.at("handling"), life.at("dispatched"), life.at("sealing")]
    for case in cases[:2]:
        life.do("李敏", IssueNotice, case, code="acceptance-notice")
    desk = sit()
    assert desk.tags() == ["00003", "00001 受理告知", "00002 受理告知"]
    for _ in range(3):
        desk.press(SPACE)

    desk.page.list.choose(desk.page.list.rows()[1].id)
    desk.rest()
    assert desk.page.middle.pane.head._text.text() == "群众诉求受理告知书"
    assert desk.words() == "连同另外 1 份一起盖章，印章和份数相同。"
    desk.press(RETURN)
    assert [life.papers(case)["acceptance-notice"].sealed_at for case in cases[:2]] == [None, None]
    desk.panel.form.fill({"approved_by": "王磊"})
    desk.press(RETURN, CTRL)

    assert "一共盖章 2 份。" in desk.said
    assert [(use.approved_by, use.paper_id is not None) for use in uses(life)] == [
        ("王磊", True)
    ] * 2
    assert desk.tags() == ["00003"]
    assert desk.page.views()[1:3] == ("待盖章 1", "待送达 2")
    life.do("李敏", IssueNotice, life.at("received"), code="acceptance-notice")
    desk.page.reload()
    desk.rest()
    desk.page.list.choose(desk.page.list.rows()[-1].id)
    desk.rest()
    assert desk.panel.approved_by.text() == "王磊"  # as for the last one


def test_a_paper_sealed_by_somebody_else_meanwhile_is_named_and_stops_nothing(life, sit):
    cases = [life.at("sealing") for _ in range(3)]
    desk = sit()
    for _ in range(3):
        desk.press(SPACE)
    life.do("冯丽", SealPaper, cases[1])

    desk.page.list.choose(desk.page.list.rows()[0].id)
    desk.rest()
    desk.press(RETURN)

    assert life.case(cases[2]).status is CaseStatus.DELIVERING
    assert any("一共盖章 2 份。00002：" in said for said in desk.said)


def test_the_office_types_its_number_in(life, sit):
    admin = life.hall.by("许诺")
    life.hall.sign_in("许诺").carry_out(SetSetting(**admin, key="opinion_number", value="office"))
    case = life.at("sealing")
    desk = sit()
    assert desk.page.station is Station.NUMBER  # the first that has something

    desk.press(RETURN)
    desk.press(RETURN, CTRL)
    assert desk.panel.form.entries["number"].read() == ""
    desk.write("17")
    desk.press(RETURN, CTRL)

    assert life.papers(case)["opinion-notice"].number == "青榕诉意〔2026〕17号"
    assert "录入文号 青榕诉意〔2026〕17号，已记下。" in desk.said
    assert desk.page.views()[:2] == ("等文号 0", "待盖章 1")


def test_a_wrong_number_is_refused_beside_its_field_and_stays(life, sit):
    admin = life.hall.by("许诺")
    life.hall.sign_in("许诺").carry_out(SetSetting(**admin, key="opinion_number", value="office"))
    case = life.at("sealing")
    desk = sit()

    desk.press(RETURN)
    desk.write("2019-17")
    desk.press(RETURN, CTRL)

    assert desk.panel.form.entries["number"].read() == "2019-17"
    assert "opinion-notice" not in life.papers(case)


def test_the_window_delivers_but_does_not_seal(life, sit):
    life.at("sealing")
    case = life.at("delivering")
    desk = sit("李敏")
    assert desk.panel is None

    desk.go(Station.DELIVER)
    desk.press(RETURN)
    desk.press(Qt.Key.Key_2)
    desk.press(RETURN, CTRL)
    assert life.case(case).status is CaseStatus.DELIVERING  # mail needs its number
    desk.write("EMS-0001")
    desk.press(RETURN, CTRL)

    assert life.case(case).status is CaseStatus.FOLLOW_UP
    assert [row.tracking for row in deliveries(life)] == ["EMS-0001"]
    assert desk.page.views()[3] == "已送达未扫回 1"


def test_what_was_filed_elsewhere_leaves_the_list(life, sit):
    case = life.at("follow_up")
    desk = sit()
    desk.go(Station.SCAN)
    assert len(desk.page.list.rows()) == 1
    paper = life.papers(case)["opinion-notice"].id

    request = ScanBack(
        **desk.desk.by_me(), case=case, seen=0, paper=paper, media_type="image/png", scan=b"scan"
    )
    desk.desk.act(request, owner=desk.page)
    desk.rest()
    desk.qtbot.waitUntil(lambda: desk.page.list.rows() == ())

    assert desk.page.views()[3] == "已送达未扫回 0"


def test_the_scan_is_kept_with_the_paper_of_the_line_it_was_begun_at(life, sit, tmp_path):
    case = life.at("follow_up")
    life.do("李敏", IssueNotice, case, code="acceptance-notice")
    papers = life.papers(case)
    notice, opinion = papers["acceptance-notice"].id, papers["opinion-notice"].id
    life.do("冯丽", SealNotice, case, paper=notice, approved_by="王磊")
    life.do("李敏", DeliverNotice, case, paper=notice, way=DeliveryWay.IN_PERSON)
    desk = sit()
    desk.go(Station.SCAN)
    lines = {row.id: row.tag for row in desk.page.list.rows()}
    assert len(lines) == 2

    def shown(line):
        desk.page.list.choose(line)
        desk.rest()
        return int(str(desk.panel.form.entries["paper"].read()))

    assert {shown(line) for line in lines} == {notice, opinion}
    desk.panel.form.fill({"box_number": "7"})
    assert [shown(line) for line in lines] == [
        notice if "受理告知" in tag else opinion for tag in lines.values()
    ]
    assert desk.panel.form.entries["box_number"].read() == "7"  # what was written stays
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 specimen")
    wanted = next(line for line, tag in lines.items() if "受理告知" in tag)
    assert shown(wanted) == notice
    desk.panel.take_path(tmp_path / "a.pdf")
    desk.rest()
    desk.press(RETURN, CTRL)

    states = {code: paper.state for code, paper in life.papers(case).items()}
    assert states["acceptance-notice"] is PaperState.SCANNED
    assert states["opinion-notice"] is PaperState.DELIVERED


def test_a_scan_that_nobody_could_tell_is_claimed_by_the_number_of_its_case(life, sit, tmp_path):
    case = life.at("follow_up")
    desk = sit()
    desk.page.watch.folder = tmp_path
    (tmp_path / "a.pdf").write_bytes(as_file([blank()]))
    for _ in range(2):
        desk.page.watch.look()
        desk.rest()
    desk.go(None)
    assert desk.page.views()[4] == "扫描待认 1"
    assert desk.page.list.rows()[0].title == "a.pdf"
    assert desk.page.middle.scan.pages.page_count() == 1

    desk.press(RETURN)
    desk.write("99")
    desk.page.side.claim.look_up()
    desk.rest()
    assert desk.page.side.claim.host.panel is None
    desk.page.side.claim.number.set_text("1")
    desk.page.side.claim.look_up()
    desk.rest()
    desk.press(RETURN, CTRL)

    assert life.papers(case)["opinion-notice"].state is PaperState.SCANNED
    assert [path.name for path in (tmp_path / "已归档").rglob("*.pdf")] == ["a.pdf"]
    desk.qtbot.waitUntil(lambda: desk.page.views()[4] == "扫描待认 0")


def test_a_claim_needs_a_case_that_has_papers_and_is_theirs(life, sit, tmp_path):
    life.at("received")
    desk = sit("李敏")
    claim = desk.page.side.claim
    claim.show_scan(tmp_path / "a.pdf")

    claim.look_up()
    assert claim.number.edit.accessibleDescription().startswith("请先写诉求编号")
    claim.number.set_text("99")
    claim.look_up()
    desk.rest()

    assert "找不到这个编号的件" in claim.number.edit.accessibleDescription()


def test_scans_that_arrive_while_the_page_is_open_are_said_in_one_sentence(life, sit, tmp_path):
    cases = [life.at("follow_up") for _ in range(2)]
    desk = sit()
    desk.page.watch.folder = tmp_path
    (tmp_path / "a.pdf").write_bytes(scan_of(life, *cases))

    for _ in range(2):
        desk.page.watch.look()
        desk.rest()

    assert "2 份扫描件已归到 00001、00002。" in desk.said
    assert [life.papers(case)["opinion-notice"].state for case in cases] == [PaperState.SCANNED] * 2


def test_another_paper_is_registered_and_the_register_printed(life, sit):
    life.at("sealing")
    desk = sit()
    desk.page.bar.press("用印登记")
    desk.rest()
    register = desk.page.side.register
    assert register.isVisible()

    register.register()
    desk.rest()
    assert uses(life) == []
    register.form.fill({"title": "关于排查的通知", "approved_by": "王磊", "copies": "两份"})
    register.register()
    register.form.fill({"copies": "3"})
    register.register()
    desk.rest()
    assert [(use.title, use.copies) for use in uses(life)] == [("关于排查的通知", 3)]

    register.form.fill({"first": "十一月"})
    register.print_period()
    register.form.fill({"first": "2026-01-01", "last": "2026-12-31"})
    printed = []
    register.printed.connect(printed.append)
    register.print_period()
    desk.qtbot.waitUntil(lambda: len(printed) == 1)
    desk.rest()

    desk.press(ESCAPE)
    assert not register.isVisible()
    assert desk.page.list.hasFocus()


def test_without_a_folder_the_page_offers_to_choose_one(life, sit, tmp_path):
    desk = sit()
    desk.go(None)
    empty = desk.page._empty
    assert empty.isVisible()

    empty.take_folder(tmp_path)

    assert desk.page.watch.folder == tmp_path
    assert desk.said[-1].startswith("已设好。")
    desk.page.watch.watch("")


def test_a_double_click_opens_the_case_and_seals_nothing(life, sit):
    case = life.at("sealing")
    desk = sit()
    wanted = []
    desk.page.case_wanted.connect(wanted.append)

    desk.page.list.open_current()

    assert wanted == [case]
    assert life.case(case).status is CaseStatus.SEALING
