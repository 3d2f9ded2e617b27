"""表扬书、提醒函 from the file of a case: filled in, corrected, and what is missing is said."""

from desk.actions.recusal import RecordAccused
from desk.rules.deeds import Deed

_PRAISE, _REMINDER = {"kind": 1}, {"kind": 2}


def test_praise_is_issued_as_the_history_fills_it_in(life, clerk_of):
    case = life.at("follow_up")
    clerk = clerk_of("周航", case).opens(Deed.WRITE_LETTER)
    clerk.quiet()
    facts = clerk.panel.form.content()["facts"]
    assert facts.startswith("在办理楼道漏电（青榕首〔2026〕")
    clerk.fills(facts="")
    clerk.refused("facts", "请写明事实，收信的单位才知道说的是什么。")
    clerk.fills(facts=facts).done()
    assert life.lines("letter.issued")[-1].title.startswith("签发表扬书 青榕表〔2026〕1号（")


def test_a_reminder_has_its_problems_and_its_limit(life, clerk_of):
    case = life.at("follow_up")
    clerk = clerk_of("郑伟", case).opens(Deed.WRITE_LETTER).fills(**_REMINDER)
    clerk.quiet()
    clerk.refused("problems", "请至少勾一个问题。")
    clerk.fills(problems=["虚假答复"], due_on="")
    clerk.refused("due_on", "请填整改期限，今天或今天以后的日子。")
    clerk.fills(due_on="什么时候")
    clerk.refused("due_on", "日期“什么时候”看不懂，请写作 12-1 或 2026-12-01。")
    clerk.fills(due_on="11-30").done()
    assert life.lines("letter.issued")[-1].title.startswith("签发提醒函 青榕提〔2026〕1号（")


def test_a_case_about_our_own_people_goes_into_no_letter(life, clerk_of):
    case = life.at("follow_up")
    clerk = clerk_of("周航", case).opens(Deed.WRITE_LETTER)
    clerk.quiet()
    accused = life.hall.person("孙浩").staff_id
    life.do("周航", RecordAccused, case, staff=accused, reason="他来电说的")
    clerk.refused("", "举报件、调解件和反映本街道单位、人员的件不写进表扬书、提醒函。")


def test_only_those_who_steer_are_offered_letters(life, clerk_of):
    case = life.at("handling")
    assert clerk_of("秦岚", case).may(Deed.WRITE_LETTER)
    for who in ("赵强", "李敏"):
        assert not clerk_of(who, case).may(Deed.WRITE_LETTER)
