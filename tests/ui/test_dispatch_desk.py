"""The dispatchers' desk and the first leader's list: piles, digits, one key per word."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.dispatching import DispatchCase, ReturnDispatch
from desk.queries.board_columns import whole_board
from desk.queries.case_board import BoardFilter
from desk.rules.codes import CaseStatus, ReturnReason, Urgency
from desk.store.ids import new_id
from desk.store.models import Deputy
from desk.ui.board.card_paint import whose
from desk.ui.start.chief_face import ChiefFace
from desk.ui.start.dispatch_face import DispatchFace

RETURN, SPACE, CTRL = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Show somebody's desk of a kind, once it has come to rest."""

    def show(kind, name):
        desk = desk_of(name)
        desk.set_time(life.hall.clock())
        face = kind(desk)
        qtbot.addWidget(face)
        face.resize(1214, 640)
        with qtbot.waitExposed(face):
            face.show()
        face.activateWindow()
        face.load()
        face.take_focus()
        rest(qtbot, face)
        return face

    return show


@pytest.fixture
def chief_asked(life):
    """The hall asks its first leader; 郑伟 stands in for him."""
    hall = life.hall
    request = SetSetting(**hall.by("许诺"), key="chief_dispatch", value=True)
    hall.sign_in("许诺").carry_out(request)
    with Session(hall.engine) as session, session.begin():
        session.add(
            Deputy(
                id=new_id(),
                street_id=hall.street_id,
                principal_id=hall.person("王磊").staff_id,
                deputy_id=hall.person("郑伟").staff_id,
                valid_from=date(2026, 1, 1),
            )
        )
    hall.read_people()


def rest(qtbot, face):
    qtbot.waitUntil(lambda: not face.desk.tasks.is_busy)


def heads(face):
    return [row.title for row in face.list.rows() if row.id is None]


def lefts(face):
    return [row.left for row in face.list.rows() if row.id is not None]


def press(qtbot, life, face, key, modifier=Qt.KeyboardModifier.NoModifier):
    face.desk.set_time(life.hall.clock())
    qtbot.keyClick(face.list, key, modifier)
    rest(qtbot, face)


def propose(life, case, lead="城建办"):
    facts = {"lead": life.hall.unit(lead), "urgency": Urgency.FAST}
    return life.do("周航", DispatchCase, case, **facts)


def test_the_desk_shows_what_burns_waits_and_comes_back(qtbot, life, sit):
    late = life.at("accepted")
    life.hall.clock.forward(hours=3)
    asked, waiting = life.at("accepted"), life.register()
    facts = {"reason": ReturnReason.NOT_OURS, "note": "归市政管。"}
    life.do("赵强", ReturnDispatch, asked, **facts)

    face = sit(DispatchFace, "周航")

    assert heads(face) == ["申请退回", "待分拨", "快到期、已超期"]
    assert [row.id for row in face.list.rows() if row.id] == [asked, waiting, late]
    assert face._words.text() == "城建办申请退回，职责不符：归市政管。"
    assert face.bar.labels()[0] == "看退回申请"
    press(qtbot, life, face, Qt.Key.Key_1)
    assert face.units.value() is None  # nothing to choose here
    press(qtbot, life, face, SPACE)
    press(qtbot, life, face, SPACE)
    with qtbot.waitSignal(face.case_wanted) as wanted:
        press(qtbot, life, face, RETURN)
    assert wanted.args == [late]


def test_a_dispatch_from_the_desk_is_taken_back_by_ctrl_z(qtbot, life, sit):
    case = life.register()
    face = sit(DispatchFace, "周航")
    press(qtbot, life, face, Qt.Key.Key_1)
    press(qtbot, life, face, RETURN)
    qtbot.waitUntil(lambda: face.bar.labels()[0] == "撤回分拨")

    press(qtbot, life, face, Qt.Key.Key_Z, CTRL)

    qtbot.waitUntil(lambda: life.case(case).status is CaseStatus.RECEIVED)
    qtbot.waitUntil(lambda: [row.id for row in face.list.rows()] == [case])


def test_a_proposal_waits_on_the_desk_and_goes_out_when_the_limit_is_near(
    qtbot, life, sit, chief_asked
):
    case = life.register()
    face = sit(DispatchFace, "周航")
    assert face.bar.labels()[0] == "拟派"
    press(qtbot, life, face, Qt.Key.Key_1)
    press(qtbot, life, face, RETURN)
    qtbot.waitUntil(lambda: heads(face) == ["待确认"])
    assert "等一把手 0 分" in lefts(face)[0]
    assert "拟派：主办城建办" in face._words.text()

    life.hall.clock.forward(minutes=50)
    face.desk.set_time(life.hall.clock())
    face.load()
    qtbot.waitUntil(lambda: face.bar.labels()[0] == "照拟直接派出")
    press(qtbot, life, face, RETURN)

    qtbot.waitUntil(lambda: life.case(case).status is CaseStatus.DISPATCHED)
    line = life.lines("case.dispatched")[-1]
    assert "一把手未在 30 分钟内确认，按代理规则直接派出。" in line.payload["detail"]


@pytest.mark.parametrize("name", ["王磊", "郑伟"])
def test_one_key_confirms_one_after_the_other(qtbot, life, sit, chief_asked, name):
    first, second, third = (life.register() for _ in range(3))
    for case in (first, second, third):
        propose(life, case)
    face = sit(ChiefFace, name)
    assert [row.id for row in face.list.rows()] == [first, second, third]
    assert face.bar.labels()[:2] == ["确认派单", "改主办、退回"]

    press(qtbot, life, face, RETURN)
    qtbot.waitUntil(lambda: [row.id for row in face.list.rows()] == [second, third])
    rest(qtbot, face)
    press(qtbot, life, face, SPACE)
    press(qtbot, life, face, Qt.Key.Key_2)
    assert face.units.value() == life.hall.unit("榕东社区")
    press(qtbot, life, face, RETURN)

    qtbot.waitUntil(lambda: [row.id for row in face.list.rows()] == [second])
    assert life.case(first).lead_unit_id == life.hall.unit("城建办")
    assert life.case(third).lead_unit_id == life.hall.unit("榕东社区")
    said = "确认派单" if name == "王磊" else "代王磊确认派单"
    assert life.lines("case.dispatch_decided")[0].title.startswith(said)


def test_an_empty_list_says_what_will_come(life, sit):
    face = sit(ChiefFace, "王磊")

    assert face.list.rows() == ()
    assert face.bar.labels() == []


def test_the_board_marks_what_waits_for_the_first_leader(life, chief_asked):
    case, other = life.register(), life.register()
    propose(life, case)
    stages = (frozenset({CaseStatus.RECEIVED}),)

    board = life.hall.sign_in("周航").read(
        lambda reader: whole_board(reader, BoardFilter(), stages)
    )

    marked = {row.id: whose(row, {}) for row in board.columns[0]}
    assert marked == {case: "待确认派单", other: ""}
