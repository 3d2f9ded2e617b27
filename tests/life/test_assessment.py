"""剔除申请、差评申诉 in the windows: asked, signed desk by desk, refused, taken back, undone."""

from desk.rules.deeds import Deed

FACTS = "产权证和界桩照片显示不在本辖区，已当面说明。"
PASSED, REFUSED = {"is_passed": 1}, {"is_passed": 2}


def asked(clerk_of, case):
    """Let the unit ask to leave a case out, with its head's word on paper."""
    clerk = clerk_of("赵强", case).opens(Deed.ASK_ASSESSMENT)
    clerk.fills(reasons=["非本辖区"], facts=FACTS, head_name="方岩").done()


def test_a_case_is_left_out_when_the_last_desk_has_signed_and_counts_again_when_undone(
    life, clerk_of
):
    case = life.at("follow_up")
    asked(clerk_of, case)
    for who in ("郑伟", "王磊", "周航"):
        assert life.case(case).counts_in_rates
        clerk_of(who, case).opens(Deed.DECIDE_ASSESSMENT).fills(**PASSED).done()
    assert not life.case(case).counts_in_rates
    chief = clerk_of("王磊", case).opens(Deed.COUNT_AGAIN)
    chief.refused("note", "请写明为什么恢复计入。")
    chief.fills(note="界桩照片拍错了地方").done()
    assert life.case(case).counts_in_rates


def test_a_request_says_why_and_waits_for_one_word_at_a_time(life, clerk_of):
    case = life.at("follow_up")
    clerk = clerk_of("赵强", case).opens(Deed.ASK_ASSESSMENT)
    clerk.refused("reasons", "请至少勾一条剔除理由。")
    clerk.fills(reasons=["非本辖区"])
    clerk.refused("facts", "请写明事实和证据，至少 10 个字，领导才好签。")
    clerk.fills(facts=FACTS, head_name="方岩").done()
    leader = clerk_of("郑伟", case).opens(Deed.DECIDE_ASSESSMENT)
    leader.refused("is_passed", "请选同意，还是不同意。")
    leader.fills(**REFUSED)
    leader.refused("note", "不同意请写明理由，承办单位才知道怎么补。")
    leader.fills(note="缺产权证").done()
    asked(clerk_of, case)
    clerk_of("赵强", case).opens(Deed.DROP_ASSESSMENT).done()


def test_a_bad_rating_is_appealed_against_with_what_the_appellant_says_now(life, clerk_of):
    case = life.at("follow_up")
    life.sent_back(case)
    clerk = clerk_of("赵强", case).opens(Deed.ASK_ASSESSMENT)
    clerk.fills(kind=2, facts="已换新电机，诉求人十一月二日当面说满意了。", head_name="方岩")
    clerk.refused("satisfaction", "请填写诉求人现在的评价：是否解决、是否满意。")
    clerk.fills(was_contacted=1, resolution=3, satisfaction=3)
    clerk.refused("satisfaction", "新的评价与原来的一样，不用申诉。")
    clerk.fills(resolution=1, satisfaction=1).done()
    for who in ("郑伟", "周航"):
        clerk_of(who, case).opens(Deed.DECIDE_ASSESSMENT).fills(**PASSED).done()
    assert life.case(case).satisfaction == "satisfied"


def test_nothing_is_offered_to_whom_it_does_not_lie_with(life, clerk_of):
    case = life.at("follow_up")
    asked(clerk_of, case)
    for who in ("周航", "赵强", "王磊"):
        is_chief = who == "王磊"  # the first leader signs for any leader
        assert clerk_of(who, case).may(Deed.DECIDE_ASSESSMENT) is is_chief
