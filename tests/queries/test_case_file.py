"""A case file shows everything to those whose work it is, and contact data to nobody else."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.orm import Session

from desk.actions.attachments import AddAttachment
from desk.actions.closing import CorrectCase, RevealPrivate
from desk.actions.contacts import RecordContact
from desk.actions.dispatching import DecideReturn, DispatchCase, ReturnDispatch
from desk.actions.set_aside import LinkRepeat
from desk.queries.attachments import attachment_bytes
from desk.queries.card_detail import card_detail
from desk.queries.case_file import case_file
from desk.queries.case_look import case_by_number, case_news
from desk.queries.dispatch_hints import dispatch_hints, dispatch_options
from desk.rules.codes import ClockKind, ContactResult, Purpose, ReturnReason, Urgency
from desk.rules.looks import REVEALED_FOR
from desk.store.models import Case
from desk.ui.case.dispatch_panels import ranked_items
from tests.ui.case_life import CaseLife

PHONE = "13800000023"


@pytest.fixture
def life(hall):
    return CaseLife(hall)


@pytest.fixture
def read(hall):
    def as_person(name, query, **options):
        return hall.sign_in(name).read(partial(query, **options))

    return as_person


def test_the_unit_that_handles_a_case_sees_whom_to_call(life, read):
    case = life.at("accepted")

    data = read("赵强", case_file, case_id=case).contact_data

    assert (data.name, data.phone, data.is_revealed) == ("陈桂芳", PHONE, False)


def test_whoever_only_oversees_a_case_sees_no_contact_data(life, read):
    case = life.at("accepted")

    file = read("王磊", case_file, case_id=case)

    assert file.contact_data is None
    assert file.appellant_shown == "陈**"
    assert PHONE not in repr(file)


def test_a_reason_shows_the_contact_data_for_half_a_minute_only(life, read):
    case = life.at("accepted")
    life.do("王磊", RevealPrivate, case, reason="领导包案，亲自回电")

    seen = read("王磊", case_file, case_id=case).contact_data
    life.hall.clock.forward(seconds=REVEALED_FOR.total_seconds() + 1)

    assert (seen.phone, seen.is_revealed) == (PHONE, True)
    assert read("王磊", case_file, case_id=case).contact_data is None


def test_one_persons_reason_shows_nothing_to_another(life, read):
    case = life.at("accepted")
    life.do("王磊", RevealPrivate, case, reason="亲自回电")

    assert read("秦岚", case_file, case_id=case).contact_data is None


def test_the_follow_up_staff_sees_the_number_when_it_is_time_to_call(life, read):
    case = life.at("delivering")
    assert read("吴芳", case_file, case_id=case).contact_data is None

    due = life.at("follow_up")
    assert read("吴芳", case_file, case_id=due).contact_data.phone == PHONE


def test_a_unit_that_has_handed_the_case_back_no_longer_sees_the_number(life, read):
    case = life.at("dispatched")
    life.do("赵强", ReturnDispatch, case, reason=ReturnReason.NOT_OURS, note="属执法队职责")
    life.do("周航", DecideReturn, case, is_agreed=True)

    assert read("赵强", case_file, case_id=case).contact_data is None


def test_a_case_about_ones_own_unit_cannot_be_opened(life, read):
    case = life.register(accused_unit=life.hall.unit("城建办"))

    assert read("赵强", case_file, case_id=case) is None
    assert read("赵强", card_detail, case_id=case) is None
    assert read("赵强", case_news, case_id=case, since=0) == ()


def test_the_history_is_complete_newest_first_with_both_times(life, read):
    case = life.at("accepted")
    late = life.hall.clock() + timedelta(minutes=1)
    life.hall.clock.forward(minutes=20)
    request = RecordContact(
        made_by=life.hall.person("赵强").staff_id,
        happened_at=late,
        case=case,
        seen=life.case(case).version,
        result=ContactResult.NO_ANSWER,
    )
    life.hall.sign_in("赵强").carry_out(request)

    steps = read("赵强", case_file, case_id=case).steps

    assert [step.kind for step in steps] == [
        "case.contacted",
        "case.accepted",
        "case.dispatched",
        "case.registered",
    ]
    assert (steps[0].happened_at, steps[0].recorded_at) == (late, life.hall.clock())
    assert (steps[0].who, steps[0].unit) == ("赵强", "城建办")


def test_a_correction_shows_what_was_there_but_never_contact_data(life, read):
    case = life.register()
    life.do(
        "周航", CorrectCase, case, summary="楼道漏电伤人", phone="13800000099", reason="诉求人来电"
    )

    step = read("秦岚", case_file, case_id=case).steps[0]

    assert [name for name, _, _ in step.differences] == ["cases.summary"]
    assert PHONE not in repr(step)
    assert "13800000099" not in repr(step)


def test_news_name_who_did_what_after_the_version_on_screen(life, read):
    case = life.at("dispatched")
    seen = life.case(case).version
    life.note(case, "请尽快联系")

    (news,) = read("赵强", case_news, case_id=case, since=seen)

    assert (news.who, news.title, news.version) == ("周航", "批注", seen + 1)


def test_clocks_that_have_not_begun_say_their_limit(life, read):
    file = read("赵强", case_file, case_id=life.at("accepted"))

    assert file.limits[ClockKind.OPINION] == "限 3 个工作日，从办理完毕起算"
    assert {clock.kind for clock in file.clocks if not clock.is_running} == {
        ClockKind.DISPATCH,
        ClockKind.ACCEPT,
    }


def test_an_attachment_is_read_only_by_those_who_see_the_case(life, read):
    case = life.register(accused_unit=life.hall.unit("城建办"))
    content = b"%PDF-1.7 specimen" * 100_000  # more than one chunk
    life.do(
        "李敏",
        AddAttachment,
        case,
        name="报修单.pdf",
        content=content,
    )
    (view,) = read("李敏", case_file, case_id=case).attachments

    assert read("李敏", attachment_bytes, attachment_id=view.id) == content
    assert read("赵强", attachment_bytes, attachment_id=view.id) is None


def test_repeats_are_named_on_both_cases(life, read):
    first, second = life.register(), life.register()
    life.do("周航", LinkRepeat, second, earlier=first)

    (original,) = read("周航", case_file, case_id=second).links
    (repeat,) = read("周航", case_file, case_id=first).links

    assert (original.id, original.repeats_this) == (first, False)
    assert (repeat.id, repeat.repeats_this) == (second, True)


@pytest.mark.parametrize("written", ["00002", "2", "full"])
def test_a_case_is_found_by_its_number_as_people_write_it(life, read, written):
    life.register()
    case = life.register()
    with Session(life.hall.engine) as session:
        number = session.get_one(Case, case).number

    found = read("周航", case_by_number, written=number if written == "full" else written)

    assert found == case


def test_suggestions_come_from_where_such_cases_went(life, read):
    for _ in range(3):
        life.at("dispatched")
    elsewhere = life.register()
    life.do("周航", DispatchCase, elsewhere, lead=life.hall.unit("榕东社区"), urgency=Urgency.FAST)
    case = life.register()

    first, second, *_ = read("周航", dispatch_hints, case_id=case)

    assert (first.name, first.reason) == ("城建办", "同类 4 件中 3 件归城建办，没有退回")
    assert (second.name, second.reason) == ("榕东", "同类 4 件中 1 件归榕东，没有退回")


def test_a_unit_that_handed_cases_back_says_so_itself(life, read):
    case = life.at("dispatched")
    life.do("赵强", ReturnDispatch, case, reason=ReturnReason.NOT_OURS, note="属执法队职责")
    life.do("周航", DecideReturn, case, is_agreed=True)
    life.at("dispatched")

    hints = read("周航", dispatch_hints, case_id=life.register())

    assert hints[0].reason == "同类 1 件中 1 件归城建办，退回 1 件"


def test_a_hall_without_experience_suggests_the_units_of_category_and_place(life, read):
    hints = read("周航", dispatch_hints, case_id=life.register())

    assert [(hint.name, hint.reason) for hint in hints] == [
        ("城建办", "这一类别的对口单位"),
        ("榕东", "诉求所在的社区"),
    ]


def test_who_leads_a_case_is_not_suggested_for_it_again_and_stands_last(life, read):
    life.at("dispatched")
    case = life.at("dispatched")

    options = read("周航", dispatch_options, case_id=case)
    last = ranked_items(options)[-1]

    assert [hint.name for hint in options.hints] == ["榕东"]
    assert (last.label, last.note) == ("城建办", "现主办")


def test_the_unit_complained_about_is_never_suggested(life, read):
    life.at("dispatched")
    case = life.register(accused_unit=life.hall.unit("城建办"))

    options = read("周航", dispatch_options, case_id=case)

    assert "城建办" not in {hint.name for hint in options.hints}
    assert "城建办" not in {unit.short_name for unit in options.units}


@pytest.mark.parametrize("about", [{"accused_unit": "城建办"}, {"accused_staff": "赵强"}, {}])
def test_what_is_about_the_streets_own_people_goes_to_the_inspectors_first(life, read, about):
    hall = life.hall
    named = {"accused_unit": hall.unit, "accused_staff": lambda name: hall.person(name).staff_id}
    who = {name: named[name](value) for name, value in about.items()}
    case = life.register(**(who or {"purpose": Purpose.REPORT}))

    hint = read("秦岚", dispatch_hints, case_id=case)[0]
    units = {unit.short_name for unit in read("秦岚", dispatch_options, case_id=case).units}

    assert (hint.name, hint.reason) == ("纪工委", "举报件和反映本街道单位、人员的件转纪工委")
    assert "纪工委" in units
    usual = read("周航", dispatch_options, case_id=life.register())
    assert "纪工委" not in {unit.short_name for unit in usual.units}


def test_only_a_dispatcher_gets_suggestions_and_only_while_they_help(life, read):
    waiting, handled = life.register(), life.at("handling")

    assert read("周航", card_detail, case_id=waiting).hints
    assert not read("李敏", card_detail, case_id=waiting).hints
    assert not read("周航", card_detail, case_id=handled).hints
