"""A request for more time as the hall would freeze it, once it has been decided."""

from desk.forms.extension_rows import ExtensionRequestRow
from tests.forms.paper_specimen import paper

WHY = (
    "楼道进线老化，须由供电公司更换总进线后才能恢复供电。供电公司已排期11月9日上午进场，"
    "施工预计一天。其间由物业拉临时照明，四楼以上老人由网格员每天上门看一次。\n"
    "提得晚的原因：供电公司11月4日下午才回复排期。"
)


def extension_request() -> ExtensionRequestRow:
    return {
        **paper("青榕首〔2026〕00412号", "extension-request"),
        "case_number": "青榕首〔2026〕00412号",
        "lead_unit": "城建办",
        "summary": "青榕里3栋2单元楼道漏电，配电箱外壳带电，两次报修物业没有到场。",
        "received_at": "2026-11-02T09:05",
        "kind": "延期",
        "limit": "办理时限",
        "original_due": "11月5日 09:05",
        "due_before": "11月5日 09:05",
        "until": "11月10日 18:00",
        "reason": "工程类",
        "explanation": WHY,
        "is_told": True,
        "told": "11月4日 16:20 电话，本人同意等到下周二",
        "attachments": ["供电公司施工排期回复.pdf", "配电箱现场.jpg"],
        "asked_by": "刘建",
        "asked_on": "2026-11-04T16:40",
        "head_name": "方岩",
        "office_opinion": "情况属实，已与供电公司核对。\n周雅琴 2026-11-04",
        "leader_opinion": "同意延到9日，完工当天复测。\n郑伟 2026-11-04",
        "result": "批准，延期至 11月9日 18:00（比申请的早）",
    }
