"""A look at an appellant is a fact with an end; many of them in a day are told to 纪工委."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.closing import RevealPrivate
from desk.actions.looking import LookAtContact
from desk.queries.looks import looks_beyond
from desk.rules.looks import REVEALED_FOR
from desk.store.models import CaseLook
from tests.actions.work import LI, QIN, WU, XU, ZHOU, S


def looks(work, case):
    with Session(work.hall.engine) as session:
        return session.scalars(
            select(CaseLook).where(CaseLook.case_id == case).order_by(CaseLook.id)
        ).all()


def test_a_reason_opens_half_a_minute_and_own_work_opens_nothing(work):
    case = work.to(S.DISPATCHED)

    work.ask(WU, RevealPrivate, case, reason="诉求人来电询问")
    work.ask(LI, LookAtContact, case, where="案件")

    for_a_reason, own = looks(work, case)
    assert (for_a_reason.reason, for_a_reason.staff_id) == ("诉求人来电询问", work.staff(WU))
    assert for_a_reason.until - for_a_reason.looked_at == REVEALED_FOR
    assert own.until - own.looked_at == timedelta(0)
    assert own.reason == "本职查看（案件）"


def test_beyond_the_daily_number_one_still_sees_but_the_inspectors_are_told(own_work):
    work = own_work
    quota = {"everybody": 2, "inspector": 9}
    work.desk(XU).carry_out(SetSetting(**work.hall.by(XU), key="looks_per_day", value=quota))
    case = work.to(S.DISPATCHED)
    titles = [work.ask(WU, RevealPrivate, case, reason="核对").title for _ in range(3)]
    for _ in range(3):
        work.ask(QIN, RevealPrivate, case, reason="核查")

    assert titles[1] == "查看诉求人信息"
    assert titles[2] == "查看诉求人信息（今天第 3 次，超过每日 2 次）"
    (busy,) = work.desk(QIN).read(looks_beyond)
    assert busy.sentence == f"11-02 {WU} 写理由查看 3 次，超过每日 2 次"
    assert work.desk(ZHOU).read(looks_beyond) == ()
    work.clock.forward(hours=24)
    assert work.ask(WU, RevealPrivate, case, reason="核对").title == "查看诉求人信息"
