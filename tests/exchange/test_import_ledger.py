from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from desk.actions.dispatching import DispatchCase
from desk.actions.intake import Appellant, RegisterCase
from desk.exchange.directory import read_directory
from desk.exchange.import_ledger import import_ledger
from desk.exchange.ledgers import read_ledger
from desk.exchange.row_request import request_of
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    Channel,
    ClockKind,
    Exit,
    HandlingResult,
    Role,
    Satisfaction,
    Urgency,
)
from desk.rules.errors import NotAllowed
from desk.rules.rights import Person
from desk.store.database import Database
from desk.store.models import (
    Case,
    CaseSearch,
    Category,
    Event,
    OutsideNumber,
    TimeRuleRow,
    UnitVersion,
)
from tests.exchange.case_facts import count, history, only_case
from tests.exchange.ledger_files import save_ledger

WHOLE = {
    "诉求人": "买买提·吐尔逊",
    "联系电话": "13800000012",
    "社区": "榕东",
    "网格": "第2网格",
    "二级分类": "广场舞",
    "首问人": "李敏",
    "首办部门": "信联办",
    "分拨时间": "2026-08-03 09:20",
    "派单方式": "双派",
    "主办单位": "综合行政执法",
    "协办单位": "榕东社区",
    "签收时间": "2026-08-03 09:25",
    "联系时间": "2026-08-03 09:12",
    "核实时间": "2026-08-03 09:50",
    "办结时间": "2026-08-03 16:00",
    "办理结果": "已解决",
    "处理意见": "已与领舞人商定降低音量。",
    "意见书时间": "2026-08-04 10:00",
    "回访时间": "2026-08-05 15:00",
    "回访方式": "上门",
    "是否联系": "是",
    "是否解决": "是",
    "是否满意": "满意",
    "标签": "夜间；老年人",
}
NUMBER = "QR202600900"


def imported(street, tmp_path, *rows, **more):
    return import_ledger(street, save_ledger(tmp_path / "a.xlsx", *rows), **more)


def counts(result):
    return result.imported, result.updated, result.skipped, len(result.refused)


def test_a_row_becomes_a_case_with_its_whole_history(street, tmp_path):
    assert counts(imported(street, tmp_path, WHOLE)) == (1, 0, 0, 0)
    case = only_case(street, NUMBER)

    assert case["status"] is CaseStatus.CLOSED
    assert case["is_imported"]
    assert (case["community_id"], case["grid_id"]) == ("榕东社区", "榕东第2网格")
    assert (case["category_id"], case["lead_unit_id"]) == ("广场舞", "综合行政执法队")
    assert case["appellant_shown"] == "买**·***"
    assert case["tags"] == ["夜间", "老年人"]
    received = case["received_at"]
    assert case["closed_at"] - received == timedelta(days=2, hours=5, minutes=55)
    parts = {(p["unit_id"], p["role"], p["status"]) for p in case["assignments"]}
    assert parts == {
        ("综合行政执法队", AssignmentRole.LEAD, AssignmentStatus.REPORTED),
        ("榕东社区", AssignmentRole.SUPPORT, AssignmentStatus.REPORTED),
    }
    assert case["contacts"][0]["happened_at"] - received == timedelta(minutes=7)
    assert case["opinions"][0]["decision"] == "已与领舞人商定降低音量。"
    assert case["follow_ups"][0]["satisfaction"] is Satisfaction.SATISFIED


def test_the_clocks_run_through_the_ledgers_own_moments(street, tmp_path):
    imported(street, tmp_path, WHOLE)
    case = only_case(street, NUMBER)
    used = {c["kind"]: c["stopped_at"] - c["started_at"] for c in case["clocks"]}
    assert used == {
        ClockKind.DISPATCH: timedelta(minutes=15),
        ClockKind.CONTACT: timedelta(minutes=7),
        ClockKind.VERIFY: timedelta(minutes=45),
        ClockKind.HANDLE: timedelta(hours=6, minutes=55),
        ClockKind.OPINION: timedelta(hours=18),
    } | {kind: span for kind, span in used.items() if kind is ClockKind.ACCEPT}
    assert case["is_overdue"]  # 45 minutes where 30 were promised
    assert case["next_due_at"] is None


def test_the_history_has_one_line_that_tells_every_step(street, tmp_path):
    imported(street, tmp_path, WHOLE)
    assert history(street, NUMBER) == ["从台账导入"]

    def query(reader):
        return reader.session.scalars(select(Event).where(Event.kind == "case.imported")).one()

    line = street.read(query)
    assert line.payload["detail"].splitlines() == [
        f"民意速办 {NUMBER}",
        "2026-08-03 09:05 受理",
        "2026-08-03 09:12 首次联系",
        "2026-08-03 09:20 双派 主办综合行政执法队，协办榕东社区",
        "2026-08-03 09:25 签收",
        "2026-08-03 09:50 核实",
        "2026-08-03 16:00 办理完毕 已解决",
        "2026-08-04 10:00 处理意见书",
        "2026-08-05 15:00 回访 满意",
    ]
    assert line.happened_at == only_case(street, NUMBER)["received_at"]


def test_a_case_has_a_number_of_the_hall_and_is_found_by_its_outside_number(street, tmp_path):
    imported(street, tmp_path, {})

    def query(reader):
        case = reader.session.scalars(select(Case)).one()
        return case.number, case.year, reader.session.get_one(CaseSearch, (case.id, False)).doc

    number, year, doc = street.read(query)
    assert number == "青榕首〔2026〕00001号"
    assert year == 2026
    assert NUMBER.lower() in doc.lower()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"社区": "桃源社区"}, "第 2 行 社区:本街道没有叫“桃源社区”的社区"),
        ({"社区": "榕东街道"}, "第 2 行 社区:本街道没有叫“榕东街道”的社区"),
        ({"网格": "榕东第99网格"}, "第 2 行 网格:本街道没有叫“榕东第99网格”的网格"),
        ({"主办单位": "园林科"}, "第 2 行 主办单位:本街道没有叫“园林科”的单位"),
        ({"协办单位": "榕东社区；园林科"}, "第 2 行 协办单位:本街道没有叫“园林科”的单位"),
        ({"首办部门": "园林科"}, "第 2 行 首办部门:本街道没有叫“园林科”的单位"),
        ({"一级分类": "天文地理"}, "第 2 行 一级分类:本厅的一级分类里没有“天文地理”"),
    ],
)
def test_a_name_that_nobody_knows_refuses_its_row_only(street, tmp_path, row, sentence):
    result = imported(street, tmp_path, row, {"外部编号": "QR2"})
    assert counts(result) == (1, 0, 0, 1)
    assert result.refused[0].sentence.startswith(sentence)


def test_all_unknown_names_of_a_row_are_told_at_once(street, tmp_path):
    result = imported(street, tmp_path, {"社区": "桃源", "主办单位": "园林科"})
    assert "主办单位" in result.refused[0].sentence


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("城建", "城建办"),
        ("综合行政执法", "综合行政执法队"),
        ("榕西", "榕西社区"),
        (" 城建办\u3000", "城建办"),
        ("区住建局", "区住建局"),
    ],
)
def test_units_are_known_by_full_and_short_names(street, tmp_path, word, unit):
    assert counts(imported(street, tmp_path, {"主办单位": word})) == (1, 0, 0, 0)
    assert only_case(street, NUMBER)["lead_unit_id"] == unit


def test_refused_rows_are_saved_corrected_and_taken_in(street, tmp_path):
    refused = imported(street, tmp_path, {"外部编号": "Q1"}, {"社区": "桃源"}, {"紧急程度": "火急"})
    assert refused.save_refused(tmp_path / "b.xlsx") == 2

    again = import_ledger(street, tmp_path / "b.xlsx")
    assert counts(again) == (0, 0, 0, 2)
    assert again.hints == ()


def test_a_second_level_new_to_the_hall_is_added_and_said(street, tmp_path):
    rows = [{"外部编号": f"Q{n}", "二级分类": "无人机"} for n in range(3)]
    result = imported(street, tmp_path, *rows)
    assert "噪声—无人机（3 件）" in result.hints[-1]
    named = select(Category.id).where(Category.name == "无人机")
    assert len(street.read(lambda r: r.session.scalars(named).all())) == 1


def test_a_first_responder_of_former_times_keeps_his_name(street, tmp_path):
    result = imported(street, tmp_path, {"首问人": "老吴"})
    assert "老吴（1 件）" in result.hints[-1]
    assert only_case(street, NUMBER)["first_responder_name"] == "老吴"


def test_spelling_and_order_make_no_other_content(street, tmp_path):
    assert counts(imported(street, tmp_path, {**WHOLE, "备注": "甲"})) == (1, 0, 0, 0)
    same = {"备注": "甲", **WHOLE, "受理时间": "2026年8月3日9:05", "主办单位": "综合行政执法队"}
    assert counts(imported(street, tmp_path, same)) == (0, 0, 1, 0)


def test_a_check_writes_nothing_and_says_the_same(street, tmp_path):
    rows = ({}, {}, {"外部编号": "QR2", "社区": "桃源"}, {"备注": "改"})
    checked = imported(street, tmp_path, *rows, is_check=True)
    assert count(street, Case) == 0
    done = imported(street, tmp_path, *rows)
    assert counts(checked) == counts(done) == (1, 1, 1, 1)
    assert checked.refused == done.refused
    assert checked.as_json()["check"]
    assert "将新增 1 件" in checked.sentences()[0]


def test_the_answer_for_programs_has_the_agreed_keys(street, tmp_path):
    answer = imported(street, tmp_path, {}, {"外部编号": "Q2", "紧急程度": "火急"}).as_json()
    assert {k: answer[k] for k in ("file", "kind", "rows", "imported", "updated", "skipped")} == {
        "file": "a.xlsx", "kind": "诉求台账", "rows": 2, "imported": 1, "updated": 0, "skipped": 0
    }  # fmt: skip
    assert answer["refused"][0].keys() == {"row", "column", "reason"}
    assert isinstance(answer["hints"], list)


def test_other_content_updates_the_case_and_leaves_a_trace(street, tmp_path):
    imported(street, tmp_path, WHOLE)
    changed = {**WHOLE, "诉求人": "买买提", "是否满意": "不满意", "不满意原因": "态度"}
    assert counts(imported(street, tmp_path, changed)) == (0, 1, 0, 0)

    case = only_case(street, NUMBER)
    assert case["satisfaction"] is Satisfaction.DISSATISFIED
    assert case["private_facts"][0]["name"] == "买买提"
    assert len(case["follow_ups"]) == len(case["contacts"]) == len(case["opinions"]) == 1
    assert history(street, NUMBER) == ["从台账导入", "按台账更新"]
    assert count(street, OutsideNumber) == 1


def test_the_trace_of_an_update_shows_before_and_after(street, tmp_path):
    imported(street, tmp_path, WHOLE)
    imported(street, tmp_path, {**WHOLE, "紧急程度": "快处"})
    last = select(Event).order_by(Event.place.desc()).limit(1)
    payload = street.read(lambda r: r.session.scalars(last).one()).payload
    assert payload["before"]["cases.urgency"] == "routine"
    assert payload["after"]["cases.urgency"] == "fast"


def test_content_that_comes_back_is_taken_in_again(street, tmp_path):
    for level, expected in (("常态", (1, 0)), ("快处", (0, 1)), ("常态", (0, 1)), ("快处", (0, 1))):
        assert counts(imported(street, tmp_path, {"紧急程度": level}))[:2] == expected
    assert only_case(street, NUMBER)["urgency"] is Urgency.FAST


def test_the_same_number_on_another_platform_is_another_case(street, tmp_path):
    result = imported(street, tmp_path, {}, {"来源平台": "12345热线"})
    assert counts(result) == (2, 0, 0, 0)


def test_what_is_settled_at_registration_stays_and_that_is_said(street, tmp_path):
    imported(street, tmp_path, {})
    result = imported(street, tmp_path, {"受理时间": "2026-08-04 10:00", "备注": "改"})
    assert result.hints == ("第 2 行 受理时间：登记后不能更改，没有改动。",)
    assert only_case(street, NUMBER)["note"] == "改"


def test_an_open_ticket_waits_for_dispatch_and_is_closed_by_a_later_export(street, tmp_path):
    imported(street, tmp_path, {})
    case = only_case(street, NUMBER)
    assert case["status"] is CaseStatus.RECEIVED
    assert case["next_clock"] is ClockKind.VERIFY  # no telephone number, so nobody to call

    assert counts(imported(street, tmp_path, WHOLE))[:2] == (0, 1)
    case = only_case(street, NUMBER)
    assert case["status"] is CaseStatus.CLOSED
    assert case["next_due_at"] is None
    assert all(clock["stopped_at"] for clock in case["clocks"])


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({"主办单位": "城建办"}, CaseStatus.DISPATCHED),
        ({"主办单位": "城建办", "签收时间": "2026-08-03 10:00"}, CaseStatus.ACCEPTED),
        (
            {
                "主办单位": "城建办",
                "联系时间": "2026-08-03 9:30",
                "核实时间": "2026-08-03 9:40",
            },
            CaseStatus.HANDLING,
        ),
        (
            {"主办单位": "城建办", "办结时间": "2026-08-04", "办理结果": "已解决"},
            CaseStatus.OPINION,
        ),
        ({"办结时间": "2026-08-04"}, CaseStatus.FOLLOW_UP),
        ({"主办单位": "城建办", "办结时间": "2026-08-04", "意见书时间": "2026-08-05"},
         CaseStatus.FOLLOW_UP),
        ({"办结时间": "2026-08-04", "是否满意": "未评价"}, CaseStatus.CLOSED),
        ({"回访时间": "2026-08-06"}, CaseStatus.CLOSED),
        ({"主办单位": "城建办", "标签": "已并案"}, CaseStatus.MERGED),
    ],
)  # fmt: skip
def test_a_case_stands_where_its_row_has_come_to(street, tmp_path, row, status):
    imported(street, tmp_path, row)
    assert only_case(street, NUMBER)["status"] is status


def test_what_the_hall_did_meanwhile_is_not_undone_by_a_ledger(street, tmp_path):
    imported(street, tmp_path, {})
    case = street.read(lambda r: r.session.scalars(select(Case)).one())
    names = select(UnitVersion.unit_id).where(UnitVersion.name == "城建办")
    street.carry_out(
        DispatchCase(
            made_by=street.person.staff_id,
            happened_at=street.read(lambda r: r.now),
            case=case.id,
            seen=case.version,
            lead=street.read(lambda r: r.session.scalars(names).one()),
            urgency=Urgency.URGENT,
        )
    )
    result = imported(street, tmp_path, {**WHOLE, "诉求内容": "改写过的内容。"})

    assert counts(result)[:2] == (0, 1)
    assert "办理过程没有改动" in result.hints[-1]
    case = only_case(street, NUMBER)
    assert (case["status"], case["lead_unit_id"]) == (CaseStatus.DISPATCHED, "城建办")
    assert (case["urgency"], case["details"]) == (Urgency.URGENT, "改写过的内容。")
    assert case["satisfaction"] is Satisfaction.SATISFIED


def test_a_repeat_points_at_its_main_case_wherever_that_stands(street, tmp_path):
    imported(street, tmp_path, {"外部编号": "Q2", "重复件主件编号": "Q1"}, {"外部编号": "Q1"})
    numbers = street.read(
        lambda r: {n.number: n.case_id for n in r.session.scalars(select(OutsideNumber))}
    )
    found = street.read(lambda r: r.session.get_one(Case, numbers["Q2"]).repeat_of_id)
    assert found == numbers["Q1"]


def test_a_clerk_without_that_right_may_not_import(street, tmp_path):
    person = street.person
    clerk = Person(
        staff_id=person.staff_id,
        name="李敏",
        street_id=person.street_id,
        unit_ids=person.unit_ids,
        roles=frozenset({Role.CLERK}),
        home_unit_id=person.home_unit_id,
    )
    with pytest.raises(NotAllowed):
        imported(Database(street.engine, clerk), tmp_path, {})


def test_an_import_that_was_cut_off_is_simply_started_again(street, tmp_path):
    class PowerCut(Exception):
        pass

    def cut(done, _all):
        if done == 2:
            raise PowerCut

    rows = [{"外部编号": f"Q{n}"} for n in range(4)]
    with pytest.raises(PowerCut):
        imported(street, tmp_path, *rows, progress=cut)
    assert counts(imported(street, tmp_path, *rows)) == (2, 0, 2, 0)


def test_progress_is_told_row_by_row(street, tmp_path):
    told = []
    imported(street, tmp_path, {}, {"外部编号": "Q2"}, progress=lambda *at: told.append(at))
    assert told == [(1, 2), (2, 2)]


def test_another_lead_replaces_the_one_before(street, tmp_path):
    imported(street, tmp_path, WHOLE)
    imported(street, tmp_path, {**WHOLE, "主办单位": "城建办"})
    parts = only_case(street, NUMBER)["assignments"]
    leads = {p["unit_id"]: p["status"] for p in parts if p["role"] is AssignmentRole.LEAD}
    assert leads == {
        "综合行政执法队": AssignmentStatus.REPLACED,
        "城建办": AssignmentStatus.REPORTED,
    }


@pytest.mark.parametrize(
    ("solved", "result"),
    [("是", HandlingResult.SOLVED), ("部分", HandlingResult.PARTLY), ("", HandlingResult.MEASURES)],
)
def test_an_opinion_without_a_result_takes_the_residents_word(street, tmp_path, solved, result):
    imported(street, tmp_path, {**WHOLE, "办理结果": "", "是否解决": solved})
    case = only_case(street, NUMBER)
    assert case["opinions"][0]["result"] is result
    assert case["result"] is None


def test_a_change_of_level_moves_the_limits_with_it(street, tmp_path):
    imported(street, tmp_path, WHOLE)
    imported(street, tmp_path, {**WHOLE, "紧急程度": "紧急"})
    clocks = {c["kind"]: c for c in only_case(street, NUMBER)["clocks"]}
    handle = clocks[ClockKind.HANDLE]
    assert handle["due_at"] - handle["started_at"] == timedelta(hours=2)
    assert handle["stopped_at"] > handle["due_at"]


def test_a_limit_that_the_hall_gave_up_stays_as_it_was(street, tmp_path):
    imported(street, tmp_path, WHOLE)
    with street.engine.begin() as connection:
        connection.execute(update(TimeRuleRow).values(valid_to=date(2021, 1, 1)))
    before = {c["kind"]: c["due_at"] for c in only_case(street, NUMBER)["clocks"]}
    imported(street, tmp_path, {**WHOLE, "紧急程度": "紧急"})
    assert {c["kind"]: c["due_at"] for c in only_case(street, NUMBER)["clocks"]} == before


def test_a_row_that_arrives_twice_at_once_is_taken_in_once(street, tmp_path):
    reading = read_ledger(save_ledger(tmp_path / "a.xlsx", WHOLE))
    directory = street.read(read_directory)
    request = request_of(reading.rows[0], directory, reading.ledger, street.person.staff_id)
    first = street.carry_out(request)
    second = street.carry_out(replace(request, command=uuid4()))
    assert (second.cases, second.made["case"]) == ((), first.made["case"])
    assert count(street, Case) == 1


def test_an_appeal_that_a_clerk_took_in_keeps_his_words(street, tmp_path):
    named = select(UnitVersion.unit_id).where(UnitVersion.name == "信联办")
    category = select(Category.id).where(Category.name == "广场舞")
    street.carry_out(
        RegisterCase(
            made_by=street.person.staff_id,
            happened_at=street.read(lambda r: r.now),
            exit=Exit.TRANSFER,
            channel=Channel.HOTLINE,
            details="窗口记下的原话。",
            category=street.read(lambda r: r.session.scalars(category).one()),
            first_unit=street.read(lambda r: r.session.scalars(named).one()),
            appellant=Appellant(name="赵一帆"),
            platform="民意速办",
            outside_number=NUMBER,
        )
    )
    assert counts(imported(street, tmp_path, WHOLE))[:2] == (0, 1)
    case = only_case(street, NUMBER)
    assert (case["details"], case["private_facts"][0]["name"]) == ("窗口记下的原话。", "赵一帆")
    assert (case["status"], case["satisfaction"]) == (CaseStatus.RECEIVED, Satisfaction.SATISFIED)


@pytest.mark.parametrize(
    ("row", "left", "status"),
    [
        ({"办结时间": "2026-08-03 09:05", "办理结果": "已解决"}, Exit.ON_SPOT, CaseStatus.CLOSED),
        ({"标签": "引导对接"}, Exit.GUIDANCE, CaseStatus.GUIDED),
        ({"主办单位": "信联办", "首办部门": "信联办"}, Exit.OWN_UNIT, CaseStatus.DISPATCHED),
    ],
)
def test_the_exit_at_the_counter_is_recognised(street, tmp_path, row, left, status):
    imported(street, tmp_path, row)
    case = only_case(street, NUMBER)
    assert (case["exit"], case["status"], case["tags"]) == (left, status, [])


def test_two_people_who_import_the_same_ledger_make_each_case_once(street, tmp_path):
    path = save_ledger(tmp_path / "a.xlsx", *({"外部编号": f"Q{n}"} for n in range(12)))
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(lambda _: import_ledger(street, path), range(2)))
    assert count(street, Case) == 12
    for result in results:
        assert result.imported + result.updated + result.skipped + len(result.refused) == 12
