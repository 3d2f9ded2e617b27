"""The fictional street's matter directory (事项目录): where people are sent, with whom to speak."""

from datetime import datetime

from desk.actions.directory import SetServiceItem
from desk.demo.index import StreetIndex

_WEEKDAYS = "周一至周五 9:00–12:00，14:00–18:00"
# Each row: matter, our unit or "", outside office, contact, phone, materials, basis.
_MATTERS: tuple[tuple[str, str, str, str, str, tuple[str, ...], str], ...] = (
    ("居住证办理", "", "区公安分局滨河派出所户籍窗口", "户籍窗口", "13800000071",
     ("身份证", "居住证明", "近期照片"), ""),
    ("新生儿落户", "", "区公安分局滨河派出所户籍窗口", "户籍窗口", "13800000071",
     ("出生医学证明", "父母身份证、户口本", "结婚证"), ""),
    ("劳动仲裁申请", "", "区劳动人事争议仲裁院", "立案窗口", "13800000072",
     ("仲裁申请书", "身份证复印件", "劳动合同或工资条"), "劳动争议不属街道处理范围"),
    ("欠薪投诉", "", "区人社局劳动保障监察大队", "值班员", "13800000073",
     ("身份证", "考勤或工资记录"), "由劳动保障监察机构处理"),
    ("房产继承登记", "", "区不动产登记中心", "咨询台", "13800000074",
     ("身份证", "不动产权证", "继承公证书或证明材料"), ""),
    ("社保卡挂失补办", "", "区社保中心", "2 号窗口", "13800000075", ("身份证",), ""),
    ("个体户营业执照", "", "区市场监管局登记窗口", "登记窗口", "13800000076",
     ("身份证", "经营场所证明"), ""),
    ("法律援助申请", "", "区法律援助中心", "值班律师", "13800000077",
     ("身份证", "经济状况说明", "与案件有关的材料"), ""),
    ("最低生活保障申请", "民政办", "", "孙立", "0755-20000007",
     ("身份证、户口本", "收入和财产情况说明"), ""),
    ("残疾人证办理", "民政办", "", "孙立", "0755-20000007",
     ("身份证、户口本", "近期照片 2 张", "病历"), ""),
    ("高龄津贴申请", "公共服务办", "", "林晓", "0755-20000008", ("身份证", "银行卡"), ""),
    ("灵活就业社保补贴", "公共服务办", "", "林晓", "0755-20000008",
     ("身份证", "就业登记材料", "缴费凭证"), ""),
)  # fmt: skip


def directory_requests(street: StreetIndex, made_by: int, at: datetime) -> list[SetServiceItem]:
    """Return the requests that fill the directory of the fictional street."""
    return [
        SetServiceItem(
            made_by=made_by,
            happened_at=at,
            name=name,
            unit=street.units[unit] if unit else None,
            office=office,
            contact=contact,
            phone=phone,
            address="" if unit else "岭湾市滨河区政务路 6 号",
            hours=_WEEKDAYS,
            materials=materials,
            basis=basis,
        )
        for name, unit, office, contact, phone, materials, basis in _MATTERS
    ]
