"""One page of lights (体检): what was seen, and one next step where a light is not green."""

from functools import partial
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desk.clock import machine_now
from desk.exchange.diagnostics import SeenLight
from desk.queries import health
from desk.queries.calendar import missing_notice
from desk.queries.chain_health import chain_findings
from desk.queries.clock_health import clock_findings
from desk.queries.identity_keys import KeyState, identity_key_state
from desk.queries.number_health import number_findings
from desk.queries.upkeep import upkeep_verdicts
from desk.rules.upkeep import Verdict
from desk.ui.admin.diagnostics_window import DiagnosticsWindow
from desk.ui.admin.lights import (
    Light,
    crash_count,
    findings_light,
    key_light,
    machine_lights,
    upkeep_light,
    year_light,
)
from desk.ui.admin.section import Section
from desk.ui.desk import Desk
from desk.ui.icons import icon
from desk.ui.theme import say_state, tokens
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label

_PARTS: tuple[tuple[str, Any, str], ...] = (
    ("数据库", health.constraint_findings, "文件和约束完好。"),
    ("调解室", health.booking_findings, "每个预约都占着自己的时间。"),
    ("编号", number_findings, "编号连续，没有缺号。"),
    ("历史链", chain_findings, "办理记录环环相扣，没有被改动过。"),
    ("检索", health.search_findings, "每一件都能按编号、姓名、电话、地址和内容查到。"),
    ("时限", clock_findings, "每个钟与重新计算的一致。"),
)
_STATES = {"ok": "正常", "warn": "注意", "bad": "有问题"}
_MARKS = {"ok": ("ok", "ok"), "warn": ("warning", "near"), "bad": ("error", "bad")}
_WAITING = "wait"


class HealthSection(Section):
    """The lights in one column; the page looks again each time it is shown."""

    title = "体检"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lights: dict[str, Light] = {}
        card = Card("体检", note="绿灯不用管；别的灯旁边写着下一步")
        self._again = KeyButton("再查一遍", icon="refresh", kind=ButtonKind.PLAIN)
        self._again.clicked.connect(self.arrive)
        self.pack = KeyButton("导出诊断包…", icon="save", kind=ButtonKind.PLAIN)
        self.pack.clicked.connect(self._on_pack)
        self._diagnostics = DiagnosticsWindow(desk, self)
        if card.head is not None:
            card.head.add(self.pack)
            card.head.add(self._again)
        inside = QWidget()
        say_state(inside, ground="clear")
        self._grid = QGridLayout(inside)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(2, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        card.body.addWidget(scroll, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def arrive(self) -> None:
        """Look at everything again; lights come on one by one."""
        self._lights = {name: Light(name, _WAITING, "正在检查。") for name, _, _ in _PARTS}
        self._show()
        for name, query, good in _PARTS:
            done = partial(self._on_findings, name, good)
            self.desk.ask(query, owner=self, done=done)
        self.desk.ask(upkeep_verdicts, owner=self, done=self._on_upkeep)
        url, now = self.desk.database_url, self.desk.now()
        work = partial(machine_lights, url, now, machine_now())
        self.desk.work(work, owner=self, done=self._on_lights)
        self.desk.work(crash_count, owner=self, done=self._on_crashes)
        self.desk.ask(missing_notice, owner=self, done=self._on_missing_year)
        self.desk.ask(identity_key_state, owner=self, done=self._on_key)

    def lights(self) -> dict[str, Light]:
        """Return the lights by name."""
        return dict(self._lights)

    def diagnostics(self) -> DiagnosticsWindow:
        """Return the window in which the pack is seen before it is written."""
        return self._diagnostics

    def _on_pack(self) -> None:
        states = {**_STATES, _WAITING: "还在查"}
        lights = [SeenLight(one.name, states[one.state]) for one in self._lights.values()]
        self._diagnostics.open_for(lights)

    def _on_findings(self, name: str, good: str, found: list[health.Finding]) -> None:
        self._lights[name] = findings_light(name, found, good)
        self._show()

    def _on_lights(self, lights: list[Light]) -> None:
        self._lights.update({light.name: light for light in lights})
        self._show()

    def _on_upkeep(self, found: list[Verdict]) -> None:
        self._lights.update({light.name: light for light in map(upkeep_light, found)})
        self._show()

    def _on_missing_year(self, missing: int | None) -> None:
        self._lights["节假日"] = year_light(missing)
        self._show()

    def _on_key(self, found: KeyState) -> None:
        light = key_light(found)
        self._lights[light.name] = light
        self._show()

    def _on_crashes(self, number: int) -> None:
        self._lights["程序"] = (
            Light("程序", "ok", "本机没有出错记录。")
            if not number
            else Light(
                "程序",
                "warn",
                f"本机日志里有 {number} 次出错记录。",
                "出错窗口里的报告请交给管机器的同事；报告不含姓名、电话和诉求内容。",
            )
        )
        self._show()

    def _show(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for row, light in enumerate(self._lights.values()):
            self._grid.addWidget(_mark(light), row, 0)
            self._grid.addWidget(text_label(light.name, "strong"), row, 1)
            words = QWidget()
            column = QVBoxLayout(words)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(text_label(light.sentence, wraps=True))
            if light.step:
                column.addWidget(text_label(f"下一步：{light.step}", "hint", wraps=True))
            self._grid.addWidget(words, row, 2)
        self._grid.setRowStretch(len(self._lights), 1)


def _mark(light: Light) -> QLabel:
    made = QLabel()
    side = tokens().sizes.icon
    if light.state in _MARKS:
        name, colour = _MARKS[light.state]
        made.setPixmap(icon(name, colour).pixmap(QSize(side, side)))
    made.setFixedSize(side + 4, side + 4)
    made.setAccessibleName(_STATES.get(light.state, "在查"))
    return made
