"""The attack list: whistles, led cases, findings, appointments, evaluations, the three lists."""

from datetime import date, datetime, timedelta
from functools import partial

from desk.actions.appointments import BookAppointment
from desk.actions.demands import OfferResource
from desk.actions.early_actions import FindingFacts, RecordFindings
from desk.actions.grids import AddGridPost, EvaluateGridPost
from desk.actions.leader_cases import RaiseLeaderCase
from desk.actions.recusal import RecordAccused
from desk.rules.early_action_codes import DiscoverWay
from desk.rules.grid_codes import GridPostKind
from desk.rules.moments import SHANGHAI
from desk.rules.proactive_codes import ResourceKind
from tests.actions.whistling import Whistling
from tests.actions.work import CHEN, LI, ZHENG, ZHOU, S
from tests.store.attack import CENTRE, MEDIATING, Attack

_RUNNERS = frozenset({"周航", "郑伟", "王磊"})
_CALLERS = _RUNNERS | {"陈静"}

MECHANISMS = (
    Attack(
        "看与自己单位有关的反映引起的哨单、包案",
        (
            "SELECT matter FROM whistles WHERE id = :whistle_about",
            "SELECT unit_id FROM whistle_units WHERE whistle_id = :whistle_about",
            "SELECT whistle_id FROM whistle_cases WHERE case_id = :led",
            "SELECT reason FROM leader_cases WHERE case_id = :led",
            "SELECT role FROM team_members WHERE case_id = :led",
        ),
        # the hall and its desks, who called, who was called; never who it is about (赵强)
        but=CENTRE | MEDIATING | {"李敏", "孙浩", "陈静"},
        with_line=False,
    ),
    Attack(
        "替别人吹哨、同意、报到，改处置结果和评价",
        (
            "UPDATE whistles SET state = 'called' WHERE id = :whistle",
            "UPDATE whistles SET result = 'resolved', result_note = 'x' WHERE id = :whistle",
            "UPDATE whistles SET is_responsive = true WHERE id = :whistle",
            "UPDATE whistle_units SET arrived_at = now() WHERE whistle_id = :whistle",
            "UPDATE whistle_units SET required_at = now() WHERE whistle_id = :whistle",
            (
                "INSERT INTO whistle_units (id, street_id, whistle_id, unit_id, place_in_list) "
                "VALUES (:line + 8, :street, :whistle, :other_unit, 9)"
            ),
        ),
        but=_CALLERS | {"孙浩"},  # whose unit is called
    ),
    Attack(
        "看网格员的月度评价（本人和社区书记以外）",
        (
            "SELECT remark FROM grid_evaluations",
            "UPDATE grid_evaluations SET remark = 'x'",
        ),
        but=frozenset({"陈静", "李敏"}),  # the secretary, and whom it is about
    ),
    Attack(
        "看预约人的姓名、电话、事由（窗口和信联办以外）",
        (
            "SELECT name, phone, matter FROM appointments WHERE id = :appointment",
            "UPDATE appointments SET phone = 'x' WHERE id = :appointment",
        ),
        but=frozenset({"李敏", "周航", "冯丽"}),
    ),
    Attack(
        "改别的社区发现的情况、别的单位提供的资源",
        (
            "UPDATE early_actions SET situation = 'x' WHERE id = :finding",
            "UPDATE offered_resources SET title = 'x' WHERE id = :resource",
            "DELETE FROM early_actions WHERE id = :finding",
        ),
        but=CENTRE | {"陈静", "赵强", "李敏"},
    ),
)


def lay_mechanisms(work):
    """Return what these attacks are about, by name."""
    about = work.to(S.DISPATCHED, lead="综合行政执法队", supports=("榕东社区",))
    whistling = Whistling(work)
    whistle = whistling.called(units=("综合行政执法队",))
    kept = whistling.raise_(CHEN, cases=(about,), units=("综合行政执法队",))
    today = work.clock().date()
    leading = {"leader": work.staff(ZHENG), "started_on": today, "reason": "多次反映"}
    work.ask(ZHOU, RaiseLeaderCase, about, **leading, planned_until=today + timedelta(days=30))
    # only now is it known whom it is about: before, nobody may whistle for such a case
    work.ask(ZHENG, RecordAccused, about, unit=work.unit("城建办"), reason="群众说的")
    post = partial(work.ask, ZHOU, AddGridPost, valid_from=date(2026, 10, 1))
    community, grid = work.unit("榕东社区"), work.unit("榕东第1网格")
    post(unit=community, kind=GridPostKind.SECRETARY, name=CHEN, staff=work.staff(CHEN))
    worker = post(unit=grid, kind=GridPostKind.WORKER, name=LI, staff=work.staff(LI))
    scored = {"month": "2026-10", "scores": (28, 27, 20, 18), "remark": "走访扎实。"}
    work.ask(CHEN, EvaluateGridPost, post=worker.made["post"], **scored)
    found = FindingFacts(
        situation="楼道堆了纸箱",
        category=work.hall.category("楼道漏电"),
        community=community,
        unit=work.unit("城建办"),
        way=DiscoverWay.PATROL,
        found_at=work.clock(),
    )
    finding = work.ask(CHEN, RecordFindings, findings=(found,)).made["early_actions"][0]
    offered = {"kind": next(iter(ResourceKind)), "title": "会议室", "offered_by": "榕东社区"}
    resource = work.ask(CHEN, OfferResource, **offered, unit=community)
    book = {"name": "陈桂芳", "phone": "13800000023", "matter": "问加装电梯"}
    at = datetime(2026, 11, 3, 9, 30, tzinfo=SHANGHAI)
    return {
        "led": about,
        "whistle": whistle,
        "whistle_about": kept,
        "resource": resource.made["resource"],
        "finding": finding,
        "appointment": work.ask(LI, BookAppointment, starts_at=at, **book).made["appointment"],
    }
