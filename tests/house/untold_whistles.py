"""Refusals about whistles that no window beside a case can bring about (吹哨), and why."""

from collections.abc import Mapping

_NOT_OFFERED = "the page offers only what fits, and what is stale is told first"
_FROM_A_LIST = "the window offers only what is there"
_ON_ITS_PAGE = "said beside the field on the page of whistles (tests/actions/test_whistles.py)"

UNTOLD_WHISTLES: Mapping[tuple[str, str], str] = {
    ("whistles", "哨单由吹哨单位或信联办重新出。现有的这一版您可以打印。"): _NOT_OFFERED,
    ("whistles", "这张哨单已经撤销，不再出单。"): _NOT_OFFERED,
    ("whistles", "只能用本单位的名义吹哨。要替别的单位吹哨，请找信联办。"): _FROM_A_LIST,
    ("whistles", "只有未化解的哨单才提级吹哨。请先登记处置结果。"): _NOT_OFFERED,
    ("whistles", "这件未诉先办已经吹过哨，请打开那张哨单接着办。"): _NOT_OFFERED,
    ("whistling", "”不归您办理。请找吹哨单位或信联办。"): _NOT_OFFERED,
    ("whistling", "这张哨单现在是“…”，不能再办“…”。请刷新后看看下一步。"): _NOT_OFFERED,
    ("whistling", "请从列表里选吹哨级别。"): _FROM_A_LIST,
    ("whistling", "请至少叫一个单位。"): _ON_ITS_PAGE,
    ("whistling", "吹哨单位不用叫自己。请选别的单位。"): _ON_ITS_PAGE,
    ("whistling", "要求到场时间要晚于吹哨时间，请改正。"): _ON_ITS_PAGE,
    ("whistling", "同一个单位叫了两次，请删去一行。"): "one picker gathers each unit once",
    ("whistling", "请写到场人姓名。"): _ON_ITS_PAGE,
    ("whistling", "到场时间还没有到，请核对。"): _ON_ITS_PAGE,
    ("whistling", "到场时间早于吹哨时间，请核对。"): _ON_ITS_PAGE,
    (
        "whistling",
        "街道以外的单位不在本系统里，请写明凭什么登记，例如“现场签到表”或复函的文号。",
    ): _ON_ITS_PAGE,
    (
        "whistling",
        "街道以外单位的报到由信联办凭签到表或复函登记。请把材料交给信联办。",
    ): _FROM_A_LIST,
    ("whistling", "别的单位的报到由吹哨单位或信联办登记。"): _FROM_A_LIST,
    ("whistling", "请写明处置到什么程度；没有化解的写清卡在哪里。"): _ON_ITS_PAGE,
    ("whistling", "请填化解时间，在吹哨之后、现在之前。"): _ON_ITS_PAGE,
    ("whistles", "找不到这件未诉先办，请刷新后再试。"): _FROM_A_LIST,
    ("whistles", "请写明为什么撤销，被叫的单位会看到。"): _ON_ITS_PAGE,
    ("whistling", "找不到这张哨单，可能已不归您查看。请刷新后再试。"): _FROM_A_LIST,
    ("whistling", "请写明理由，吹哨单位会看到。"): _ON_ITS_PAGE,
}
