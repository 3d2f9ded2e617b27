"""What other platforms want to have typed once more (回填模板), and a file one of them sends."""

from datetime import datetime

from desk.actions.platform_forms import SetPlatformForm

_LEDGER = "诉求台账"
_COPIED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "信访信息系统",
        "分号",
        (
            "信访人姓名 = 诉求人",
            "联系方式 = 联系电话",
            "住址 = 地址",
            "问题属地 = 社区、网格",
            "内容分类 = 一级分类、二级分类",
            "概况信息 = 诉求内容",
            "去向机构 = 主办单位、协办单位",
            "办理情况 = 办理结果、处理意见",
        ),
    ),
    (
        "12345 工单回填",
        "逗号",
        (
            "工单编号 = 外部编号",
            "承办单位 = 主办单位",
            "联系时间 = 联系时间",
            "办理结果 = 办理结果",
            "回复内容 = 处理意见",
            "是否解决 = 是否解决",
            "是否满意 = 是否满意",
        ),
    ),
    (
        "网格平台",
        "空格",
        (
            "事件标题 = 标题",
            "发生位置 = 社区、网格、地址",
            "事件描述 = 诉求内容",
            "处置情况 = 处理意见",
            "办结时间 = 办结时间",
        ),
    ),
)
_READ = (
    "信访件编号 = 外部编号",
    "登记日期 = 受理时间",
    "信访人 = 诉求人",
    "手机 = 联系电话",
    "所属社区 = 社区",
    "概况信息 = 诉求内容",
    "大类 = 一级分类",
)
_FIXED = ("来源平台 = 信访信息系统", "来源渠道 = 信访平台", "紧急程度 = 常态")


def platform_requests(made_by: int, at: datetime) -> list[SetPlatformForm]:
    """Return the requests that tell the fictional street of the platforms beside its own."""
    copied = [
        SetPlatformForm(
            made_by=made_by,
            happened_at=at,
            is_import=False,
            name=name,
            kind=_LEDGER,
            lines=lines,
            separator=separator,
        )
        for name, separator, lines in _COPIED
    ]
    read = SetPlatformForm(
        made_by=made_by,
        happened_at=at,
        is_import=True,
        name="信访系统月报",
        kind=_LEDGER,
        lines=_READ,
        fixed=_FIXED,
    )
    return [*copied, read]
