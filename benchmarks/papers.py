"""How fast papers are: one alone, and 200 in a batch against plain Platypus in the same run.

Run: python -m benchmarks.papers
Figures are CPU time of this process; the two ways print the same texts with the same faces.
"""

import sys
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from desk.forms import render, render_batch
from desk.forms.fonts import FOLDER

PAPERS = 200
ROUNDS = 20
DETAILS = (
    "来访人反映：榕东社区青榕里{n}栋2单元楼道照明线路老化，11月1日晚起三楼至五楼楼道灯反复跳闸，"
    "四楼配电箱外壳带电，用手背碰触有麻感。楼内有4户70岁以上老人，上下楼不便。"
    "此前已向物业服务中心报修两次（10月28日、10月31日），物业答复“等电工排班”，至今没有人到场。"
    "来访人希望街道当天协调断电检修，并请物业说明楼道线路上一次检修的时间。"
)
FINDINGS = "经持证电工检测，四楼配电箱外壳对地电压86伏，系进线绝缘层破损搭接箱体所致。" * 3
OPINION = "物业服务中心已更换进线及漏电保护器，复测合格，当天恢复照明；约谈物业负责人。" * 3


def row_of(number: int) -> dict[str, Any]:
    """Return the row of one opinion sheet."""
    return {
        "number": f"青榕诉意〔2026〕{number}号",
        "serial": f"2026-11-{number:07d}",
        "qr": f"CD1:{4611686018427387904 + number}:opinion-sheet:{number}",
        "office": "青榕街道办事处",
        "seal_place": True,
        "filled_by": "李敏",
        "filled_on": "2026-11-02",
        "case_number": f"青榕首〔2026〕{number:05d}号",
        "lead_unit": "城建办",
        "first_responder": "李敏",
        "first_unit": "信联办",
        "handler": "刘建",
        "handler_phone": "13800000021",
        "appellant": "王桂兰",
        "received_at": "2026-11-02T09:05",
        "contacted_at": "2026-11-02T09:12",
        "verified_at": "2026-11-02T09:31",
        "handled_at": "2026-11-02T10:40",
        "is_overdue": False,
        "details": DETAILS.format(n=number),
        "findings": FINDINGS,
        "opinion": OPINION,
        "basis": "《物业管理条例》第三十五条。",
        "result": "已解决",
        "leader_opinion": "同意。",
        "attachments": ["处理前照片3张", "处理后照片3张"],
    }


def platypus(rows: list[dict[str, Any]]) -> bytes:
    """Print the same facts the usual way: paragraphs in tables, ReportLab's own fonts and QR."""
    body = ParagraphStyle("body", fontName="PlainFang", fontSize=10.5, leading=13.7, wordWrap="CJK")
    caption = ParagraphStyle("caption", parent=body, fontName="PlainSong", alignment=1)
    title = ParagraphStyle("title", fontName="PlainTitle", fontSize=22, leading=28, alignment=1)
    story: list[Any] = []

    def in_styles(pair: tuple[str, str]) -> list[tuple[str, ParagraphStyle]]:
        return [(pair[0], caption), (pair[1], body)]

    for row in rows:
        code = QrCodeWidget(row["qr"], barLevel="M")
        low_x, _, high_x, _ = code.getBounds()
        scale = 16 * mm / (high_x - low_x)
        drawing = Drawing(16 * mm, 16 * mm, transform=[scale, 0, 0, scale, 0, 0])
        drawing.add(code)
        story += [drawing, Paragraph("群众诉求处理意见书", title), Spacer(0, 4 * mm)]
        pairs = [
            (key, str(row[key]))
            for key in row
            if key not in {"details", "findings", "opinion", "qr", "seal_place"}
        ]
        cells = [
            [Paragraph(text, style) for pair in two for text, style in in_styles(pair)]
            for two in batched(pairs)
        ]
        grid = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("BOX", (0, 0), (-1, -1), 1, "black")]
        story.append(Table(cells, [26 * mm, 56.5 * mm] * 2, style=grid))
        long = [
            [Paragraph(name, caption), Paragraph(row[key], body)]
            for name, key in (
                ("诉求内容", "details"),
                ("核实情况", "findings"),
                ("处理意见", "opinion"),
            )
        ]
        story.append(Table(long, [26 * mm, 139 * mm], [40 * mm] * 3, style=grid))
        story.append(PageBreak())
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(story)
    return out.getvalue()


def batched(pairs: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Return pairs by twos; a last one alone gets an empty neighbour."""
    full = [*pairs, ("", "")] if len(pairs) % 2 else pairs
    return [full[at : at + 2] for at in range(0, len(full), 2)]


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds that work took, and its result."""
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def main() -> None:
    """Measure and print."""
    rows = [row_of(number) for number in range(1, PAPERS + 1)]
    first, paper = cpu(lambda: render("opinion-sheet", rows[0]))
    print(f"第一份（含读字体）      {first * 1000:8.1f} ms")
    alone = min(cpu(partial(render, "opinion-sheet", row))[0] for row in rows[:ROUNDS])
    print(f"一份                    {alone * 1000:8.1f} ms  {len(paper.pdf) / 1024:6.0f} KiB")

    for name, file in (
        ("PlainFang", "FandolFang-Regular"),
        ("PlainSong", "NotoSerifSC-Regular"),
        ("PlainTitle", "NotoSerifSC-Black-GB2312"),
    ):
        pdfmetrics.registerFont(TTFont(name, str(FOLDER / f"{file}.ttf")))
    plain_alone = min(cpu(partial(platypus, [row]))[0] for row in rows[:ROUNDS])
    print(f"一份，普通 Platypus     {plain_alone * 1000:8.1f} ms  比值 {plain_alone / alone:.1f}")

    papers = [("opinion-sheet", row) for row in rows]
    ours, batch = cpu(lambda: render_batch(papers))
    plain, pdf = cpu(lambda: platypus(rows))
    print(
        f"{PAPERS} 份一批              {ours:8.2f} s   {PAPERS / ours:6.0f} 份/秒"
        f"  {len(batch.pdf) / 1024 / PAPERS:6.1f} KiB/份"
    )
    print(
        f"{PAPERS} 份，普通 Platypus    {plain:8.2f} s   {PAPERS / plain:6.0f} 份/秒"
        f"  {len(pdf) / 1024 / PAPERS:6.1f} KiB/份"
    )
    print(f"比值（普通 / 本程序）   {plain / ours:8.1f}")


if __name__ == "__main__":
    main()
