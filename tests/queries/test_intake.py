"""What the intake form knows of the hall."""

from desk.actions.intake import RegisterCase
from desk.queries.intake import intake_hall
from desk.queries.suggestions import word_use
from desk.rules.codes import Channel, ClockKind, Exit, Purpose
from desk.rules.likeness import features


def register(hall, details, category, **facts):
    request = RegisterCase(
        **hall.by("李敏"),
        exit=Exit.TRANSFER,
        channel=Channel.VISIT,
        details=details,
        category=hall.category(category),
        first_unit=hall.unit("信联办"),
        **facts,
    )
    hall.sign_in("李敏").carry_out(request)


def test_the_form_knows_the_hall_of_today(hall):
    found = hall.sign_in("李敏").read(intake_hall)

    assert found.today == hall.clock().date()
    assert {rule.kind for rule in found.rules} >= {ClockKind.DISPATCH, ClockKind.HANDLE}
    assert found.unit_name(hall.unit("榕东社区")) == "榕东"
    assert found.unit_name(None) == ""
    assert found.staff_name(hall.person("赵强").staff_id) == "赵强"
    assert found.grid_worker(hall.unit("榕东第1网格")) == ""


def test_words_are_learned_from_cases_but_not_from_reports(hall):
    register(hall, "楼道灯座漏电", "楼道漏电")
    register(hall, "灯座又漏电", "楼道漏电")
    register(hall, "夜宵摊占道", "占道经营")
    register(hall, "某人收钱", "占道经营", purpose=Purpose.REPORT)

    use = hall.sign_in("周航").read(word_use)

    assert use.cases == {hall.category("楼道漏电"): 2, hall.category("占道经营"): 1}
    learnt = use.by_label[hall.category("楼道漏电")]
    assert learnt.keys() == features("楼道灯座漏电") | features("灯座又漏电")
    assert max(learnt.values()) == 2
    assert "收钱" not in use.by_label[hall.category("占道经营")]
