"""三张清单: a unit says what it needs, others offer what they have, a project joins both."""

from datetime import date

import pytest

from desk.actions.demands import (
    ChangeDemand,
    ChangeResource,
    MoveDemand,
    MoveResource,
    OfferResource,
    RaiseDemand,
    WhistleForDemand,
)
from desk.actions.joint_projects import ChangeProject, MoveProject, ProjectFacts, StartProject
from desk.queries.three_lists import three_lists
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.proactive_codes import DemandState, ProjectState, ResourceKind, ResourceState
from tests.actions.whistling import Whistling
from tests.actions.work import CHEN, LIANG, XU, ZHAO, ZHOU

D, J, R = DemandState, ProjectState, ResourceState
START, END = date(2026, 11, 2), date(2026, 12, 31)


def demand(work, title="要一间老人活动室", who=CHEN, unit="榕东社区", **more):
    asked = {"title": title, "unit": work.unit(unit), **more}
    return work.ask(who, RaiseDemand, **asked).made["demand"]


def resource(work, title="一楼会议室周末空着", who=LIANG, **more):
    said = {
        "kind": ResourceKind.SITE,
        "title": title,
        "offered_by": "某某科技公司",
        "phone": "0755-00000000",
        "unit": work.unit("南塘社区"),
    }
    return work.ask(who, OfferResource, **(said | more)).made["resource"]


def facts(work, **more):
    said = {
        "title": "周末老人活动室",
        "unit": work.unit("榕东社区"),
        "starts_on": START,
        "ends_on": END,
    }
    return ProjectFacts(**(said | more))


def lists(work, who=CHEN):
    return work.desk(who).read(three_lists)


def line(work, row, who=CHEN):
    """Return a demand, a resource or a project as somebody reads it."""
    read = lists(work, who)
    return next(one for one in (*read.demands, *read.resources, *read.projects) if one.id == row)


def states(work, *demands):
    return [line(work, one).state for one in demands]


def test_a_demand_meets_a_resource_in_a_project_and_is_met_by_it(work):
    first, second = demand(work), demand(work, "要两名护理员", wanted_by=date(2026, 11, 1))
    room = resource(work, open_until=date(2026, 11, 1))
    said = facts(work, demands=(first, second), resources=(room,))
    project = work.ask(CHEN, StartProject, facts=said).made["project"]
    for part in (first, second, room):
        assert line(work, part, LIANG).projects == ("周末老人活动室",)
    seen = line(work, project, LIANG)
    assert [name for _, name in seen.demands] == ["要一间老人活动室", "要两名护理员"]
    assert (line(work, second).is_late, line(work, room).is_over) == (True, True)
    assert not seen.may_keep
    with pytest.raises(RuleBroken, match="已对接项目，请换一条"):
        work.ask(CHEN, StartProject, facts=facts(work, demands=(first,)))

    # what is taken out waits on the list again
    work.ask(CHEN, ChangeProject, project=project, seen=1, facts=facts(work, demands=(first,)))
    assert states(work, first, second) == [D.MATCHED, D.OPEN]
    work.ask(CHEN, MoveProject, project=project, seen=2, state=J.DONE, note="每周六开放")
    assert states(work, first, second) == [D.MET, D.OPEN]
    assert line(work, first).end_note == "每周六开放"
    work.ask(CHEN, MoveProject, project=project, seen=3, state=J.RUNNING)
    assert states(work, first, second) == [D.MATCHED, D.OPEN]
    work.ask(CHEN, MoveProject, project=project, seen=4, state=J.DROPPED, note="公司搬走了")
    assert states(work, first, second) == [D.OPEN, D.OPEN]
    assert line(work, first).projects == ()
    work.ask(CHEN, MoveProject, project=project, seen=5, state=J.RUNNING)
    assert states(work, first, second) == [D.MATCHED, D.OPEN]


def test_what_a_unit_said_of_its_demand_outlives_the_project(work):
    first, second = demand(work), demand(work)
    said = facts(work, demands=(first, second))
    project = work.ask(CHEN, StartProject, facts=said).made["project"]
    work.ask(CHEN, MoveDemand, demand=first, seen=2, state=D.MET, note="借到了")
    work.ask(CHEN, MoveProject, project=project, seen=1, state=J.DROPPED, note="没谈成")
    assert states(work, first, second) == [D.MET, D.OPEN]
    work.ask(CHEN, MoveDemand, demand=second, seen=3, state=D.DROPPED, note="不用了")
    work.ask(CHEN, MoveProject, project=project, seen=2, state=J.RUNNING)
    assert states(work, first, second) == [D.MATCHED, D.DROPPED]


def test_a_demand_is_corrected_ended_and_comes_back(work):
    row = demand(work)
    said = {"demand": row, "title": "要一间活动室", "details": "二十位老人", "wanted_by": END}
    work.ask(CHEN, ChangeDemand, seen=1, **said)
    with pytest.raises(StaleCase):
        work.ask(CHEN, ChangeDemand, seen=1, **said)
    with pytest.raises(RuleBroken, match="不能这样改"):
        work.ask(CHEN, MoveDemand, demand=row, seen=2, state=D.OPEN)
    with pytest.raises(RuleBroken, match="怎么解决的"):
        work.ask(CHEN, MoveDemand, demand=row, seen=2, state=D.MET)
    work.ask(ZHOU, MoveDemand, demand=row, seen=2, state=D.MET, note="借到了")
    with pytest.raises(RuleBroken, match="已经了结"):
        work.ask(CHEN, ChangeDemand, seen=3, **said)
    with pytest.raises(RuleBroken, match="已经了结"):
        work.ask(CHEN, WhistleForDemand, demand=row, seen=3, whistle=5)
    work.ask(CHEN, MoveDemand, demand=row, seen=3, state=D.OPEN)
    again = line(work, row)
    assert (again.state, again.end_note, again.ended_on) == (D.OPEN, "", None)
    with pytest.raises(RuleBroken, match="找不到这张哨单"):
        work.ask(CHEN, WhistleForDemand, demand=row, seen=4, whistle=5)
    whistle = Whistling(work).raise_()
    work.ask(CHEN, WhistleForDemand, demand=row, seen=4, whistle=whistle)
    again = line(work, row)
    assert (again.state, again.whistle_id, "哨" in again.whistle) == (D.WHISTLED, whistle, True)

    # a project that comes to nothing leaves it with its whistle
    said = facts(work, demands=(row,))
    project = work.ask(CHEN, StartProject, facts=said).made["project"]
    work.ask(CHEN, MoveProject, project=project, seen=1, state=J.DROPPED, note="没谈成")
    assert line(work, row).state is D.WHISTLED


def test_a_resource_is_corrected_stopped_and_offered_again(work):
    row = resource(work)
    said = {
        "resource": row,
        "kind": ResourceKind.PEOPLE,
        "title": "八名志愿者",
        "offered_by": "某某学校",
        "unit": work.unit("南塘社区"),
    }
    work.ask(LIANG, ChangeResource, seen=1, **said)
    work.ask(LIANG, MoveResource, resource=row, seen=2, state=R.ENDED, note="放假了")
    with pytest.raises(RuleBroken, match="已经是“已停用”"):
        work.ask(LIANG, MoveResource, resource=row, seen=3, state=R.ENDED)
    asked = facts(work, demands=(demand(work),), resources=(row,))
    with pytest.raises(RuleBroken, match="已停用，请换一项"):
        work.ask(CHEN, StartProject, facts=asked)
    work.ask(LIANG, MoveResource, resource=row, seen=3, state=R.OFFERED)
    again = line(work, row)
    assert (again.title, again.state, again.end_note) == ("八名志愿者", R.OFFERED, "")


def test_each_unit_keeps_its_own_lines_and_says_what_is_missing(work):
    row = demand(work)
    with pytest.raises(NotAllowed, match="由别的单位登记"):
        work.ask(LIANG, MoveDemand, demand=row, seen=1, state=D.DROPPED, note="替她撤")
    with pytest.raises(NotAllowed):
        demand(work, who=XU)
    with pytest.raises(NotAllowed, match="由别的单位登记"):
        work.ask(ZHAO, StartProject, facts=facts(work, demands=(row,)))
    for make, sentence in (
        (lambda: demand(work, " "), "需要什么"),
        (lambda: work.ask(CHEN, RaiseDemand, title="缺人", unit=5), "选一个单位"),
        (lambda: resource(work, " "), "能提供什么"),
        (lambda: resource(work, offered_by=" "), "由哪个单位提供"),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            make()
    for more, sentence in (
        ({"title": " "}, "项目的名称"),
        ({"ends_on": date(2026, 11, 1)}, "早于开始"),
        ({"demands": ()}, "至少选一条需求"),
        ({"demands": (5,)}, "列表里选需求"),
        ({"demands": (row,), "resources": (5,)}, "列表里选资源"),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            work.ask(CHEN, StartProject, facts=facts(work, **({"demands": (row,)} | more)))
    project = work.ask(CHEN, StartProject, facts=facts(work, demands=(row,))).made["project"]
    with pytest.raises(RuleBroken, match="做成了什么"):
        work.ask(CHEN, MoveProject, project=project, seen=1, state=J.DONE)
    work.ask(CHEN, MoveProject, project=project, seen=1, state=J.DONE, note="好了")
    with pytest.raises(RuleBroken, match="不能这样改"):
        work.ask(CHEN, MoveProject, project=project, seen=2, state=J.DROPPED, note="算了")
    with pytest.raises(RuleBroken, match="已经了结"):
        work.ask(CHEN, ChangeProject, project=project, seen=2, facts=facts(work, demands=(row,)))
