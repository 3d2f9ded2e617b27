"""A mediation from the walk-in to the bound dossier, told through the windows on both engines."""

from datetime import timedelta

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.bookings import SLOT
from desk.rules.codes import Satisfaction
from desk.rules.mediation_codes import BookingStatus, MediationFileKind, MediationStatus
from desk.store.models import Booking, Instalment, Mediation, Paper
from desk.ui.mediation.whole_dossier import DossierSaver
from desk.ui.rooms.day_sheet import Place
from tests.actions.mediations import Mediations
from tests.actions.rooms import FIRST, GU, MENG, QIAN, Rooms
from tests.ui.case_desk import RETURN, sit_at_case
from tests.ui.intake_desk import sit_down
from tests.ui.mediation_desk import sit_at_mediations
from tests.ui.record_desk import sit_at_record
from tests.ui.test_rooms_screen import AtRooms

S, K = MediationStatus, MediationFileKind
SPACE, TAB = Qt.Key.Key_Space, Qt.Key.Key_Tab
NEIGHBOUR, NEIGHBOUR_PHONE = "李国强", "13800000046"


@pytest.fixture
def rooms(life):
    """The hall's rooms and mediators."""
    return Rooms(life.hall, life.hall.clock).furnish()


@pytest.fixture
def people(life):
    """What reads the mediations of the hall."""
    return Mediations(life.hall, life.hall.clock)


def test_a_walk_in_becomes_a_mediation_an_agreement_and_a_dossier(
    qtbot, life, desk_of, rooms, people, tmp_path
):
    hall = life.hall

    def before(who, mediation):
        sitting = sit_at_mediations(qtbot, hall, desk_of, who, mediation)
        sitting.quiet()
        return sitting

    # 李敏 takes the appeal in, and hands the dispute to the committee with one key
    clerk = sit_down(qtbot, hall, desk_of("李敏"))
    clerk.write_walk_in(words="楼上卫生间漏水，吊顶和衣柜发霉，商量几次没谈成。")
    clerk.press(TAB)
    clerk.press(Qt.Key.Key_1)
    clerk.save()
    case = clerk.cases()[-1][0].id
    clerk.screen.close()
    at_case = sit_at_case(qtbot, life, desk_of, "李敏", case)
    at_case.alt("Z")
    at_case.fill("kind", "linli")
    at_case.press(RETURN)
    parties = at_case.panel.form.entries["parties"]
    applicant, other = parties.read()[:2]
    assert (applicant["name"], applicant["phone"]) == ("陈桂芳", "13800000023")
    parties.write([applicant, other | {"name": NEIGHBOUR, "phone": NEIGHBOUR_PHONE}])
    at_case.finish()
    at_case.quiet()
    assert at_case.screen.page.heading.mediated() == "已转调解（待审查）"
    at_case.screen.close()
    with Session(hall.engine) as session:
        mediation = session.scalars(select(Mediation.id).where(Mediation.case_id == case)).one()

    # 孟瑶 asks the five questions, accepts, and gives it to 钱惠
    secretary = before(MENG, mediation)
    secretary.alt("Q")
    secretary.panel.form.entries["parties"].write(["陈桂芳", NEIGHBOUR])
    secretary.finish()
    secretary.quiet()
    assert people.mediation(mediation).status is S.ACCEPTED
    secretary.page.bar.press("调解员")
    secretary.quiet()
    secretary.panel.form.entries["mediator"].write(rooms.mediator_ids[QIAN])
    secretary.finish()
    secretary.quiet()
    secretary.screen.close()

    # a room in an hour, by the keyboard
    start = hall.clock().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    page = AtRooms(qtbot, desk_of(MENG), rooms)
    page.grid.go_to(Place(rooms.room_ids[FIRST], start, start + SLOT))
    page.press(Qt.Key.Key_N)
    page.form.mediation.set_value(mediation)
    page.form.end.set_text("11:00")
    page.save()
    page.page.close()
    assert people.mediation(mediation).status is S.SCHEDULED

    # the sitting: rights signed, nobody asks for another mediator, the record is written
    hall.clock.set(f"{start:%Y-%m-%d %H:%M}")
    mediator = before(QIAN, mediation)
    mediator.alt("X")
    for row in mediator.panel._sheet.rows:
        row.fill({"there": [0], "signed": True, "wants_other": False})
    mediator.finish()
    mediator.quiet()
    mediator.screen.close()
    assert people.mediation(mediation).status is S.MEDIATING
    desk = sit_at_record(qtbot, hall, desk_of, QIAN, mediation)
    for seat, words in ((1, "先告知双方权利义务。"), (2, "只要修好，赔三千。"), (3, "可以。")):
        desk.speak(seat, words)
    desk.ctrl("S")
    desk.page.draft.start()
    desk.write("三日内修好漏点，赔偿 3,000 元。")
    desk.ctrl("G")
    desk.fill("facts", "楼上漏水，吊顶和衣柜发霉。")
    desk.fill("way", "转账")
    desk.fill("term", "分两期")
    desk.fill("amount", "3000")
    desk.choose("payer", 2)
    desk.choose("payee", 1)
    desk.go_to("plan")
    desk.write("2")
    desk.press(TAB)
    desk.write("12-31")
    desk.panel.table.compute.setFocus()
    desk.press(SPACE)
    for party in people.parties(mediation):
        desk.choose(f"signed_{party}", 1)
    for name in ("mediator_signed", "is_sealed"):
        desk.go_to(name)
        desk.press(SPACE)
    desk.finish()
    desk.screen.close()
    assert people.mediation(mediation).status is S.SETTLED
    assert sorted(row.amount_fen for row in people.rows(Instalment, mediation)) == [150_000] * 2

    # both instalments come, 钱惠 rings up, the papers go into the dossier
    mediator = before(QIAN, mediation)
    for _ in range(2):
        mediator.alt("B")
        mediator.finish()
        mediator.quiet()
    mediator.alt("R")
    mediator.panel.form.entries["satisfaction"].write(Satisfaction.SATISFIED)
    mediator.finish()
    mediator.quiet()
    assert people.mediation(mediation).status is S.CLOSED
    for n, (kind, party) in enumerate(
        [(K.IDENTITY, one) for one in people.parties(mediation)] + [(K.PERFORMANCE, None)]
    ):
        picture = tmp_path / f"{n}.png"
        QPixmap(40 + n, 30).save(str(picture))
        mediator.alt("U")
        mediator.panel.take_path(picture)
        mediator.quiet()
        mediator.panel.form.fill({"kind": kind, "party": party})
        mediator.finish()
        mediator.quiet()
    mediator.page.bar.press("卷宗情况说明")
    mediator.quiet()
    mediator.panel.form.fill({"situation": "签字的原件另存纸质卷。"})
    mediator.finish()
    mediator.quiet()
    mediator.screen.close()

    # the director archives it, and binds the dossier
    director = before(GU, mediation)
    director.alt("A")
    director.finish()
    director.quiet()
    assert people.mediation(mediation).status is S.ARCHIVED
    saver = director.screen.findChild(DossierSaver)
    said = []
    director.desk.tasks.said.connect(said.append)
    saver.save(mediation, tmp_path / "整卷.pdf")
    qtbot.waitUntil(lambda: any("整卷" in words and "已存到" in words for words in said))
    director.quiet()
    director.screen.close()
    pages = pypdf.PdfReader(tmp_path / "整卷.pdf").pages
    words = "".join(page.extract_text() for page in pages).replace("\n", "")
    assert "陈桂芳" in words
    assert NEIGHBOUR in words
    assert len(pages) > len(people.rows(Paper, mediation))
    (booking,) = people.rows(Booking, mediation)
    assert booking.status is BookingStatus.HELD
