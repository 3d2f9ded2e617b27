"""管理 · 时限: what a change would do is said before it is made; recomputing goes on in parts."""

from datetime import timedelta

import pytest

from desk.queries import time_rules as parts
from desk.queries.time_rules import count_part, limits_now
from desk.rules.clock_codes import RuleSet
from desk.rules.codes import ClockKind, Urgency
from desk.ui.admin import recounting
from desk.ui.admin.limits_section import LimitsSection
from desk.ui.admin.recounting import Counted, effect_words
from desk.ui.long_work import works_of
from desk.ui.widgets.verb_dialog import VerbDialog
from tests.actions.work import Work

K = ClockKind


@pytest.fixture
def work(sqlite_hall):
    """The hall behind the window, at work."""
    return Work(sqlite_hall, sqlite_hall.clock)


@pytest.fixture
def part(qtbot, desk_of, work):
    """The page 时限, loaded, in a hall with three cases in hand."""
    for _ in range(3):
        work.register()
        work.clock.forward(minutes=1)
    section = LimitsSection(desk_of("周航"))
    qtbot.addWidget(section)
    section.resize(1040, 660)
    section.show()
    section.arrive()
    settled(qtbot, section)
    return section


def settled(qtbot, part):
    qtbot.waitUntil(lambda: not part.desk.tasks.is_busy, timeout=20_000)


def row_of(part, kind, urgency=None):
    return next(
        row for row, rule in part._now.rules.items() if (rule.kind, rule.urgency) == (kind, urgency)
    )


def asked(qtbot, part, verb=None):
    """Return what is asked before the change is made, and answer it."""
    settled(qtbot, part)
    dialog = next(one for one in part.window().findChildren(VerbDialog) if one.isVisible())
    said = " ".join(label.text() for label in dialog.findChildren(type(part.of_set)))
    verbs = [one for one in ("new", "running", "stay") if one in dialog._buttons]
    if verb is not None:
        dialog.button(verb).click()
        settled(qtbot, part)
    return said, verbs


def fill(part, **facts):
    part.form.set_values(part.form.values() | facts)


def hours(clock):
    return (clock.due_at - clock.started_at) / timedelta(hours=1)


def due_hours(work):
    with work.hall.engine.connect() as connection:
        cases = connection.exec_driver_sql("SELECT id FROM cases ORDER BY id").scalars().all()
    return [hours(work.clock_of(case, K.HANDLE)) for case in cases]


def test_the_effect_is_said_first_and_running_cases_follow_if_so_wanted(part, work, qtbot):
    part.lines.choose(row_of(part, K.HANDLE, Urgency.FAST))
    assert "3 个正在走" in part.lines.note.text()
    fill(part, 时限="12")
    part.save.click()
    said, verbs = asked(qtbot, part, "stay")
    assert "现有 3 件的到期时间将变化：3 件变早。" in said
    assert verbs == ["new", "running", "stay"]
    assert due_hours(work) == [24, 24, 24]

    part.save.click()
    asked(qtbot, part, "running")
    assert due_hours(work) == [12, 12, 12]
    assert part.box.words.text() == "已重算 3 件，3 件的到期时间有变化。"
    assert part.form.values()["时限"] == "12"


def test_only_new_cases_get_it_where_that_is_chosen(part, work, qtbot):
    part.lines.choose(row_of(part, K.HANDLE, Urgency.FAST))
    fill(part, 时限="48", 依据="街道办〔2026〕3 号")
    part.save.click()
    said, _ = asked(qtbot, part, "new")
    assert "3 件变晚" in said
    work.register()
    assert due_hours(work) == [24, 24, 24, 48]


def test_what_begins_later_asks_nothing_about_running_cases(part, work, qtbot):
    part.lines.choose(row_of(part, K.VERIFY))
    fill(part, 时限="45", 生效日期="2026-12-01")
    part.save.click()
    said, verbs = asked(qtbot, part, "new")
    assert "从 2026-12-01 起" in said
    assert verbs == ["new", "stay"]
    notes = [part.lines._list.item(row).toolTip() for row in range(part.lines._list.count())]
    assert {"30 分钟，到 12-01", "45 分钟，12-01 起"} <= set(notes)


def test_a_refusal_stands_beside_its_field(part, qtbot):
    part.lines.choose(row_of(part, K.CONTACT))
    part.form.field("起算").set_items([])  # whoever types is not held to the list
    for column, text, said in (
        ("时限", "", "请填写时限"),
        ("时限", "十", "请写整数"),
        ("时限", "0", "应在 1 到"),
        ("生效日期", "明天", "看不懂"),
        ("起算", "办结", "只能选"),
        ("最多延长几天", "0", "1 天以上"),
    ):
        before = part.form.values()
        fill(part, **{column: text})
        part.save.click()
        assert said in part.form.field(column).state().sentence
        part.form.set_values(before)
    fill(part, 生效日期="2026-01-01")
    part.save.click()
    asked(qtbot, part, "new")
    assert "不能早于今天" in part.form.field("生效日期").state().sentence


def test_a_legal_limit_changes_only_with_a_new_source(part, qtbot):
    part.lines.choose(row_of(part, K.MEDIATE))
    assert "改了从下一件调解起用" in part.lines.note.text()
    fill(part, 时限="40")
    part.save.click()
    assert "新的依据" in part.form.field("依据").state().sentence


def test_a_limit_for_narrower_cases_is_added_and_ended(part, work, qtbot):
    part.begin()
    assert part.scope.isVisible()
    part.scope.set_values({"种类": "办理", "来源渠道": "12345", "类别": "不在表里"})
    fill(part, 时限="8", 起算="受理", 依据="街道办〔2026〕3 号")
    part.save.click()
    assert "没有这个类别" in part.scope.field("类别").state().sentence
    part.scope.set_values({"种类": "办理", "级别": "快处", "来源渠道": "12345"})
    part.save.click()
    asked(qtbot, part, "running")
    assert due_hours(work) == [8, 8, 8]

    assert part.lines.head.text().startswith("办理 · 快处 · 12345")
    part.end.click()
    said, _ = asked(qtbot, part, "new")
    assert "在走的钟按原来的走完" in said
    work.register()
    assert due_hours(work)[-1] == 24


def test_a_set_says_what_it_stands_in_for_before_it_comes_on(part, work, qtbot):
    part.lines.choose(RuleSet.SHANGHAI)
    assert "启用后有这 3 条" in part.of_set.text()
    part.switch_on.click()
    said, _ = asked(qtbot, part, "new")
    assert "代替并停用：联系 10 分钟" in said
    assert part.switch_off.isVisible()
    now = work.desk("许诺").read(limits_now)
    assert {r.rule_set for r in now.rules.values() if r.kind is K.HANDLE} == {RuleSet.SHANGHAI}

    part.lines.choose(RuleSet.PETITION)
    part.switch_on.click()
    assert "不代替别的时限" in asked(qtbot, part, "new")[0]
    part.switch_off.click()
    asked(qtbot, part, "new")
    assert not part.switch_off.isVisible()


def test_recomputing_is_stopped_between_two_parts_and_gone_on_with(part, work, qtbot, monkeypatch):
    monkeypatch.setattr(parts, "PART", 1)
    part.lines.choose(row_of(part, K.HANDLE, Urgency.FAST))
    fill(part, 时限="12")
    part.save.click()
    asked(qtbot, part, "new")

    def count_and_stop(reader, **asked):
        found = count_part(reader, **asked)
        works_of(part.desk.tasks).running()[0].stop()
        return found

    monkeypatch.setattr(recounting, "count_part", count_and_stop)
    part.box.start((K.HANDLE,))
    assert part.box.is_running
    part.box.start()  # a second time is not begun
    settled(qtbot, part)
    monkeypatch.setattr(recounting, "count_part", count_part)
    assert "停在 1 / 3 件" in part.box.words.text()
    assert due_hours(work)[-1] == 24

    part.box.start((K.HANDLE,))
    settled(qtbot, part)
    assert due_hours(work) == [12, 12, 12]
    part.box.begin.click()
    settled(qtbot, part)
    assert part.box.words.text() == "已重算 3 件，0 件的到期时间有变化。"


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        (Counted(), "以此日历，现有各件的到期时间都不变。"),
        (
            Counted(9, 9, earlier=1200, over=3, later=5),
            "现有 1,205 件的到期时间将变化：1,200 件变早（其中 3 件马上超期），5 件变晚。",
        ),
    ],
)
def test_the_effect_in_one_sentence(counted, said):
    assert effect_words(counted, "日历").endswith(said)
