"""The last pages of the help (关于、更新记录、许可), made from what the program consists of."""

import platform

from PySide6 import __version__ as qt_version

from desk import __version__
from desk.notices import Kind, Part, change_log, parts

ABOUT, CHANGES, LICENCES = "about", "changes", "licences"
PAGES = ((ABOUT, "关于案台"), (CHANGES, "更新记录"), (LICENCES, "许可"))
_WORDS_OF = "licence-"
_FREE = (
    "本程序按 MIT 许可发布，可以自由使用、修改、转交。"
    "用到的软件包、字体和系统库各有自己的许可，都列在[许可]({}.md)里。"
    "其中 Qt（PySide6）和 psycopg 是 LGPL，都以单独的文件随带，可以换成自己编译的。"
)
_KINDS = {
    Kind.PROGRAM: "程序",
    Kind.PACKAGE: "软件包",
    Kind.FONT: "字体",
    Kind.LIBRARY: "随带的系统库",
}


def about_page() -> str:
    """Return which version this is, and where to read on."""
    machine = f"{platform.system()} {platform.machine()}"
    return "\n\n".join(
        (
            "# 关于案台",
            f"案台 **{__version__}**，街道群众诉求服务大厅的桌面程序。",
            f"Python {platform.python_version()}，PySide6 {qt_version}，{machine}。",
            "报修时请把上面两行告诉管机器的同事。",
            _FREE.format(LICENCES),
            f"每个版本有什么变化，见[更新记录]({CHANGES}.md)。",
        )
    )


def changes_page() -> str:
    """Return what changed, version by version."""
    return f"# 更新记录\n\n{change_log()}"


def licences_page() -> str:
    """Return a table of all parts for each kind; a name leads to the words of its licence."""
    said = ["# 许可", "点名称看许可原文。"]
    listed = list(enumerate(parts()))
    for kind, title in _KINDS.items():
        some = [(place, one) for place, one in listed if one.kind is kind]
        if not some:
            continue
        rows = [f"| {_linked(place, one)} | {one.version} | {one.licence} |" for place, one in some]
        said.append(
            "\n".join((f"## {title}", "", "| 名称 | 版本 | 许可 |", "|---|---|---|", *rows))
        )
    return "\n\n".join(said)


def _linked(place: int, part: Part) -> str:
    return f"[{part.name}]({_WORDS_OF}{place}.md)" if part.files else part.name


def words_page(name: str) -> str | None:
    """Return the words of a licence, for the name that a link of the licences' page gives."""
    place = name.removeprefix(_WORDS_OF)
    if place == name or not place.isdecimal():
        return None
    part = parts()[int(place)]
    words = "\n".join(f"    {line}" for line in part.words().splitlines())
    return f"[返回许可清单]({LICENCES}.md)\n\n# {part.name}\n\n{part.licence}\n\n{words}"


MADE = {ABOUT: about_page, CHANGES: changes_page, LICENCES: licences_page}
