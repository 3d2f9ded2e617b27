"""The slip of a whistle as the hall would freeze it once it is filed (吹哨单)."""

from collections.abc import Callable, Mapping
from typing import Any

from desk.forms.whistle_rows import WhistleSlipRow
from tests.forms.paper_specimen import paper


def whistle_slip() -> WhistleSlipRow:
    return {
        **paper("青榕哨〔2026〕第12号", "whistle-slip"),
        "level": "社区→街道",
        "kind": "综合执法",
        "caller_unit": "榕东社区",
        "caller": "陈阿妹",
        "caller_phone": "13800000021",
        "raised_at": "2026-11-02T08:40",
        "case_numbers": "青榕首〔2026〕00398号、青榕首〔2026〕00412号",
        "site": "书院路18号东侧消防通道口",
        "matter": "消防通道口长期停放餐饮店油烟罩拆装架和冷柜，11月1日夜间救护车无法驶入。"
        "社区没有执法权，店主称场地归物业出租，物业称与店主另有协议，需几家当场说清、当场搬离。",
        "steps_taken": "10月26日、10月30日两次上门劝离，店主签过承诺书未履行；"
        "11月1日夜间由网格员和邻里圈成员人工抬开，救护车延误约6分钟。",
        "units": [
            {
                "unit": "综合行政执法队",
                "required_at": "2026-11-02T09:40",
                "contact": "值班室 13800000031",
            },
            {"unit": "城建办", "required_at": "2026-11-02T09:40", "contact": None},
            {
                "unit": "区市场监管局",
                "required_at": "2026-11-02T10:00",
                "contact": "青榕所 13800000061",
            },
        ],
        "review": ["同意"],
        "reviewed_by": "周雅琴 2026-11-02 08:52",
        "arrivals": [
            {
                "unit": "综合行政执法队",
                "name": "高勇",
                "post": "中队长",
                "arrived_at": "2026-11-02T09:25",
                "document": None,
            },
            {
                "unit": "综合行政执法队",
                "name": "𠮷田·阿依古丽",
                "post": "队员",
                "arrived_at": "2026-11-02T09:25",
                "document": None,
            },
            {
                "unit": "城建办",
                "name": "刘建",
                "post": "承办人",
                "arrived_at": "2026-11-02T09:38",
                "document": None,
            },
            {
                "unit": "区市场监管局",
                "name": "何清",
                "post": "青榕所副所长",
                "arrived_at": "2026-11-02T10:12",
                "document": "现场签到表",
            },
        ],
        "consultation": "一、通道归全体业主共有，物业无权出租，所签协议当场作废；\n"
        "二、店主今日18时前搬离冷柜和拆装架，逾期由执法队依法处置；\n"
        "三、通道口施划禁停标线，装可升降路桩，钥匙放门岗。",
        "duties": [
            {
                "unit": "综合行政执法队",
                "matter": "18时到场复查，逾期依法处置",
                "due_at": "2026-11-02T18:00",
            },
            {"unit": "城建办", "matter": "施划标线、安装路桩", "due_at": "2026-11-09T18:00"},
            {"unit": "榕东社区", "matter": "一周内每日巡看并拍照", "due_at": "2026-11-09T18:00"},
        ],
        "result": ["化解"],
        "result_note": "店主当日16时自行搬离，通道恢复；标线和路桩11月6日完成，居民代表到场看过。",
        "resolved_at": "2026-11-02T16:20",
        "responsive": ["是"],
        "satisfaction": ["满意"],
        "rated_by": "陈阿妹 2026-11-09 10:05",
        "filed": "周雅琴 2026-11-10 09:00",
    }


WHISTLE_PAPERS: Mapping[str, Callable[[], Any]] = {"whistle-slip": whistle_slip}
