"""提级包案、会商 in the windows: what is refused beside which field, and how it goes through."""

from desk.rules.deeds import Deed
from desk.rules.leader_case_codes import LeaderOutcome
from desk.store.models import LeaderCase, LeaderStep, Meeting
from tests.life.test_supervision import rows

WHY = "三轮没有解决，楼道线和进线分属两家。"
WORK, DIRECT = Deed.WORK_LEADER_CASE, Deed.DIRECT_LEADER_CASE


def led(life, clerk_of):
    """Raise a case by the keyboard; 郑伟 leads it."""
    case = life.at("handling")
    clerk = clerk_of("周航", case).opens(Deed.RAISE_LEADER_CASE)
    clerk.fills(reason=WHY, leader=("郑伟",)).done()
    return case


def test_a_case_is_raised_with_reason_leader_and_plan(life, clerk_of):
    case = life.at("handling")
    assert not clerk_of("赵强", case).may(Deed.RAISE_LEADER_CASE)
    clerk = clerk_of("周航", case).opens(Deed.RAISE_LEADER_CASE)
    clerk.refused("leader", "请从列表里选包案领导。")
    clerk.fills(leader=("郑伟",))
    clerk.refused("reason", "请写明为什么提级：卡在哪里、单个部门为什么办不了。")
    clerk.fills(reason=WHY, planned_until="2026-01-05")
    clerk.refused("planned_until", "计划化解的日期已经过了，请改成今天以后的日期。")
    clerk.fills(planned_until="2099-12-01", started_on="2099-01-05")
    clerk.refused("started_on", "包案日期还没有到，请核对。")
    clerk.fills(started_on="今天").done()
    assert not clerk_of("周航", case).may(Deed.RAISE_LEADER_CASE)
    assert rows(life, LeaderCase, case)[0].reason == WHY


def test_the_team_plans_and_writes_down_what_was_done(life, clerk_of):
    case = led(life, clerk_of)
    unit = clerk_of("赵强", case).opens(WORK).fills(part=2)
    unit.refused("action", "请写明做什么。")
    unit.fills(action="换进线")
    unit.refused("due_on", "请写明打算哪天做完，要从今天起。")
    unit.fills(due_on="明天").done()
    unit = clerk_of("赵强", case).opens(WORK)
    unit.refused("action", "请写明做了什么。")
    unit.fills(action="走访")
    unit.refused("result", "请写明结果；还没有结果的写“待答复”。")
    unit.fills(result="10 户同意", done_on="2026-01-05")
    unit.refused("done_on", "日期要在包案日期和今天之间，请核对。")
    unit.fills(done_on="今天").done()
    unit = clerk_of("赵强", case).opens(WORK).fills(part=3)
    unit.refused("", "还没有填一行，请至少填一行再存。")
    unit.fills(pledge0=1, note0="走访 12 户").done()
    unit = clerk_of("赵强", case).opens(WORK).fills(part=5)
    unit.refused("step", "请选取消计划里的哪一步。")
    unit.fills(step=1)
    unit.refused("reason", "请写明为什么取消这一步。")
    unit.fills(reason="供电公司已换").done()
    planned, done = rows(life, LeaderStep, case)
    assert (planned.is_dropped, done.result) == (True, "10 户同意")


def test_the_team_is_made_handed_over_and_the_case_concluded(life, clerk_of):
    case = led(life, clerk_of)
    assert not clerk_of("赵强", case).may(DIRECT)
    office = clerk_of("周航", case).opens(DIRECT)
    office.refused("role", "请选在专班里做什么。")
    office.fills(role=2)
    office.refused("name", "请从列表里选成员；外单位的请写姓名。")
    office.fills(staff=("赵强",)).done()
    office = clerk_of("周航", case).opens(DIRECT).fills(role=3, staff=("赵强",))
    office.refused("staff", "赵强已在专班里。")
    office = clerk_of("周航", case).opens(DIRECT).fills(part=3)
    office.refused("leader", "请从列表里选一位领导。")
    office.fills(leader=("郑伟",))
    office.refused("reason", "请写明为什么移交，例如 分工调整。")
    office.fills(reason="分工调整")
    office.refused("leader", "已经是这位领导包案，不用移交。")
    office.fills(leader=("王磊",)).done()
    chief = clerk_of("王磊", case).opens(DIRECT).fills(part=4)
    chief.refused("outcome", "请选化解得怎么样。")
    chief.fills(outcome=1)
    chief.refused("conclusion", "请写明化解结论：怎么解决的、居民怎么说。")
    chief.fills(conclusion="线路已换，居民签字。", concluded_on="2026-01-05")
    chief.refused("concluded_on", "结论日期要在包案日期和今天之间，请核对。")
    chief.fills(concluded_on="今天", question0=1).done()
    assert rows(life, LeaderCase, case)[0].outcome is LeaderOutcome.RESOLVED
    assert not clerk_of("王磊", case).may(DIRECT)


def test_minutes_are_written_and_corrected(life, clerk_of):
    case = life.at("handling")
    unit = clerk_of("赵强", case).opens(Deed.HOLD_MEETING)
    unit.refused("held_at", "请写明什么时候开的会，例如 今天 14:30。")
    unit.fills(held_at="现在", title="")
    unit.refused("title", "请写明议题，例如 书院小区夜间施工噪声。")
    unit.fills(title="楼道线路", decision0="", who0="城建办")
    for field, words, sentence in (
        ("place", "二楼会商室", "请写明在哪里开的会。"),
        ("chair", "郑伟", "请写明谁主持。"),
        ("attendees", "业主 3 人", "请写明哪些人参加；居民、外单位的也写上。"),
        ("minutes", "同意换线。", "请写明会上说了什么，各方意见都要有。"),
    ):
        unit.fills(**{field: ""})
        unit.refused(field, sentence)
        unit.fills(**{field: words})
    unit.refused("", "有一条议定事项没有写内容，请写明或去掉这一行。")
    unit.fills(decision0="换线").done()
    again = clerk_of("赵强", case).opens(Deed.HOLD_MEETING).fills(which=2)
    again.fills(minutes="同意三天内换线。").done()
    (row,) = rows(life, Meeting, case)
    assert row.minutes == "同意三天内换线。"
    assert row.decisions[0]["text"] == "换线"
