"""What of a solved case may be read by its neighbours (邻居的同类件): no person, no door.

The same table is rendered as SQL for the shared database, so that what leaves it is free of names
already; hence only what both dialects of regular expressions know.
"""

import re

NOBODY = "诉求人"
_HAN = "\u4e00-\u9fff"
# pattern → what stands there instead, in this order
BLANKED: tuple[tuple[str, str], ...] = (
    ("[0-9]{5,}[Xx]?", "〔号码〕"),
    ("[0-9]+(-[0-9]+)+", "〔门牌〕"),
    ("[0-9]+ ?(栋|幢|座|号楼|单元|层|室|号房|户)", "〔门牌〕"),
    ("〔门牌〕( *〔门牌〕| *[0-9]+)*", "〔门牌〕"),
    (f"[{_HAN}](先生|女士|大爷|大妈|阿姨|阿婆|阿伯|某+)", NOBODY),
)
# a sentence about these is never shown, whoever it is about
DELICATE = (
    "身份证|病|残疾|低保|吸毒|刑满|社区矫正|精神|家暴|离婚|怀孕|孕妇|未成年|"
    "银行卡|账号|微信|贷款|工资"
)
LONGEST, SHORTEST = 90, 8


def key_sentence(text: str, names: tuple[str, ...] = ()) -> str:
    """Return the first sentence of an answer that names nobody and nothing delicate; or nothing.

    Args:
        names: of people and addresses in the case, which are blanked wherever they stand.
    """
    for raw in re.split("[。；\n]", text):
        sentence = raw.strip()
        for name in sorted(filter(None, names), key=len, reverse=True):
            sentence = sentence.replace(name, NOBODY)
        for pattern, instead in BLANKED:
            sentence = re.sub(pattern, instead, sentence)
        if len(sentence) >= SHORTEST and not re.search(DELICATE, sentence):
            return sentence[:LONGEST] + ("…" if len(sentence) > LONGEST else "")
    return ""
