"""The leader prints his morning page with Ctrl+P, and gets the very lines that stand on it."""

from PySide6.QtCore import Qt
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.codes import Urgency
from desk.store.models import Paper
from desk.ui.start_page import StartPage


def test_the_page_is_printed_as_it_stands(qtbot, life, desk_of):
    urgent = life.at("accepted", urgency=Urgency.URGENT)
    life.at("signing")
    page = StartPage(desk_of("郑伟"))
    qtbot.addWidget(page)
    page.resize(1214, 690)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.arrive()
    qtbot.waitUntil(lambda: "打印早报" in page.face.bar.labels())

    qtbot.keyClick(page.face.list, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    def issued():
        with Session(life.hall.engine) as session:
            return session.scalar(select(Paper).where(Paper.code == "morning-brief"))

    qtbot.waitUntil(lambda: issued() is not None)
    row = issued().row
    qtbot.waitUntil(lambda: not page.face.desk.tasks.is_busy)
    assert row["leader"] == "郑伟"
    assert [line["name"] for line in row["figures"]] == [
        "今天受理",
        "在办",
        "已超期",
        "七天内不满意",
        "等您签",
    ]
    assert row["figures"][1]["words"] == "2 件，其中今天到期 0 件"
    assert [person["about"] for person in row["people"]] == [life.case(urgent).summary]
    assert [line["left"] for line in row["to_sign"]] == ["3 天"]
