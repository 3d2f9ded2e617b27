"""Forms of other platforms: kept for the whole hall, replaced and ended, never edited away."""

import pytest

from desk.actions.platform_forms import EndPlatformForm, SetPlatformForm
from desk.queries.platform_forms import copy_form_register, platform_forms
from desk.rules.errors import NotAllowed, RuleBroken
from tests.actions.work import LI, XU, ZHAO, ZHOU

COPY = {"is_import": False, "kind": "诉求台账", "lines": ("反映内容 = 诉求内容、处理意见",)}
READ = {"is_import": True, "kind": "诉求台账", "lines": ("编号 = 外部编号", "内容 = 诉求内容")}


def add(work, who, name, **facts):
    return work.ask(who, SetPlatformForm, name=name, **facts).made["form"]


def names(work, who, *, is_import=False):
    found = work.desk(who).read(lambda r: platform_forms(r, is_import=is_import))
    return {form.name: form for form in found}


def test_the_whole_hall_copies_by_the_same_form_until_it_is_ended(work):
    first = add(work, ZHOU, "信访信息系统", **COPY)
    add(work, XU, "网格平台", **COPY | {"separator": "另起一行"})
    add(work, ZHOU, "网格平台", **READ | {"fixed": ("来源平台 = 网格平台",)})
    assert list(names(work, ZHAO)) == ["信访信息系统", "网格平台"]
    assert names(work, LI, is_import=True)["网格平台"].fixed == {"来源平台": "网格平台"}

    again = add(work, XU, "信访系统", form=first, **COPY | {"lines": ("姓名 = 诉求人",)})
    assert names(work, LI)["信访系统"].lines[0].words == "姓名 = 诉求人"
    with pytest.raises(RuleBroken, match="可能已停用"):
        add(work, XU, "另一个", form=first, **COPY)
    work.ask(ZHOU, EndPlatformForm, form=again)
    register = work.desk(XU).read(copy_form_register)
    assert [record.values for record in register.records] == [
        {
            "平台": "网格平台",
            "几栏合成一块时用什么隔开": "另起一行",
            "栏目": "反映内容 = 诉求内容、处理意见",
        }
    ]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"name": " "}, "哪个平台"),
        ({"separator": "逗点"}, "间隔可选"),
        ({"name": "有了"}, "已经有了"),
        ({"lines": ("姓名 = 身高",)}, "没有“身高”"),
    ],
)
def test_what_does_not_fit_is_said(work, facts, said):
    add(work, ZHOU, "有了", **COPY)
    with pytest.raises(RuleBroken, match=said):
        add(work, ZHOU, **{"name": "新的"} | COPY | facts)


def test_units_keep_no_forms(work):
    made = add(work, ZHOU, "网格平台", **COPY)
    with pytest.raises(NotAllowed):
        add(work, ZHAO, "我的", **COPY)
    with pytest.raises(NotAllowed):
        work.ask(ZHAO, EndPlatformForm, form=made)
