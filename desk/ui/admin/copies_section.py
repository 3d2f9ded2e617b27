"""Copies and restoring (备份与恢复): what lies there, what it holds, how it differs from now."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.exchange import safe_copies
from desk.exchange.safe_copies import BackupReport, Contents, Copy, Difference, RestoreReport
from desk.rules.errors import DeskError
from desk.rules.moments import day_of, say_moment
from desk.settings import change_settings
from desk.ui.admin.section import Section
from desk.ui.desk import Desk
from desk.ui.file_choice import choose_target
from desk.ui.list_form import ListForm, ListLine
from desk.ui.long_work import LongPlan, WorkDoor, works_of
from desk.ui.widgets.buttons import ButtonKind
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.verb_dialog import Verb, ask_verb
from desk.ui.work_row import OwnWork

_ADVICE = (
    "每天第一次打开程序时自动备份并校验，留最近 7 天、5 周、12 个月。"
    "请定期把备份文件夹拷到另一块盘上。"
)
_ON_SERVER = (
    "共用数据库在服务器上每夜备份、每月演练恢复，都由服务器上的脚本来做（backup-nightly.sh、"
    "restore-drill.sh）。结果在“体检”里看；这里只管单机的数据库文件。"
)
_MEGABYTE = 1024 * 1024
_KEY = "copies"
_COPY = LongPlan(
    "备份",
    _KEY,
    said=lambda report: f"已备份为“{report.file.name}”，校验通过。",
    stopped="没有留下备份，可以再按“现在备份”。",
)
_RESTORE = LongPlan(
    "恢复到新文件",
    _KEY,
    said=lambda _report: "",
    stopped="新文件没有留下，正在用的数据库没有动。",
)
_COMPARE = LongPlan(
    "校验备份",
    _KEY,
    said=lambda _found: "备份校验通过，和现在的比较列在备份页上。",
    stopped="备份没有动，可以再按“校验并比较”。",
)


class CopiesSection(Section):
    """The copies at the left, what is in the chosen one at the right."""

    title = "备份与恢复"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._url = desk.database_url
        self._copies: dict[object, Copy] = {}
        self.lines = ListForm("备份")
        self.facts = text_label("", "reading", wraps=True)
        self.place = text_label("", "hint", wraps=True)
        self.lines.body.addWidget(self.facts)
        self.lines.body.addSpacing(8)
        self.lines.body.addWidget(self.place)
        self.now = self.lines.add_button("现在备份", ButtonKind.MAIN)
        self.check = self.lines.add_button("校验并比较")
        self.restore = self.lines.add_button("恢复到新文件…")
        self.lines.buttons.addStretch()
        self.under_way = OwnWork(desk, _KEY)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines)
        column.addWidget(self.under_way)
        self.lines.chosen.connect(self._on_chosen)
        self.now.clicked.connect(self._on_now)
        self.check.clicked.connect(self._on_check)
        self.restore.clicked.connect(self._on_restore)
        works_of(desk.tasks).changed.connect(self._follow)
        self.lines.say("备份与恢复", _ADVICE)
        self._follow()

    def arrive(self) -> None:
        """List the copies; a shared database is copied where it is."""
        if not self._url.startswith("sqlite"):
            self.facts.setText(_ON_SERVER)
            self.now.setVisible(False)
            self._offer(is_chosen=False)
            return
        self.desk.work(partial(_listed, self._url), owner=self, done=self._on_listed)

    def copy(self) -> Copy | None:
        """Return the chosen copy."""
        return self._copies.get(self.lines.current())

    def restore_to(self, target: Path) -> None:
        """Restore the chosen copy into a new file."""
        copy = self.copy()
        if copy is None:
            return

        def work(door: WorkDoor) -> RestoreReport:
            return safe_copies.restore_beside(copy.file, target, partial(door.tell_part, unit="MB"))

        self.desk.begin_long(
            _RESTORE,
            work,
            owner=self,
            done=lambda _: self._on_restored(target),
            failed=self._on_failure,
        )

    def _on_listed(self, found: tuple[Path, list[Copy]]) -> None:
        folder, listed = found
        self.place.setText(f"备份文件夹：{folder}")
        self._copies = {str(copy.file): copy for copy in listed}
        lines = [
            ListLine(key, copy.file.stem.removeprefix("hall-"), _size(copy.size))
            for key, copy in self._copies.items()
        ]
        self.lines.set_lines(lines)
        self._offer(is_chosen=self.copy() is not None)
        if not lines:
            self.facts.setText("还没有备份。")
        elif self.copy() is None:
            self.lines.choose(lines[0].id)

    def _on_chosen(self, key: object) -> None:
        copy = self._copies.get(key)
        if copy is None:
            return
        day = copy.day
        self.facts.setText(f"{day.year} 年 {day.month} 月 {day.day} 日的备份，{_size(copy.size)}。")
        self._offer(is_chosen=True)

    def _follow(self) -> None:
        """Begin nothing else while a copy is being made or looked at."""
        for button in (self.now, self.check, self.restore):
            button.setEnabled(not self.under_way.is_running)

    def _offer(self, *, is_chosen: bool) -> None:
        self.check.setVisible(is_chosen)
        self.restore.setVisible(is_chosen)

    def _on_now(self) -> None:
        today = day_of(self.desk.now())

        def work(door: WorkDoor) -> BackupReport:
            return safe_copies.copy_now(self._url, today, partial(door.tell_part, unit="MB"))

        self.desk.begin_long(_COPY, work, owner=self, done=self._on_copied, failed=self._on_failure)

    def _on_copied(self, _report: BackupReport) -> None:
        self.lines.choose(None)
        self.arrive()

    def _on_check(self) -> None:
        copy = self.copy()
        if copy is None:
            return

        def work(door: WorkDoor) -> tuple[Contents, tuple[Difference, ...]]:
            return safe_copies.differences(self._url, copy.file, partial(door.tell_part, unit="MB"))

        self.desk.begin_long(
            _COMPARE, work, owner=self, done=self._on_compared, failed=self._on_failure
        )

    def _on_compared(self, found: tuple[Contents, tuple[Difference, ...]]) -> None:
        contents, rows = found
        newest = contents.newest_at
        until = say_moment(newest, seen_at=self.desk.now()) if newest else "没有记录"
        lines = [f"校验通过。最后一条办理记录：{until}。", "", "与现在的数据库比较："]
        for row in rows:
            more = row.now - row.in_copy
            words = "一样" if more == 0 else f"现在{'多' if more > 0 else '少'} {abs(more)}"
            lines.append(f"{row.name}：备份里 {row.in_copy}，现在 {row.now}（{words}）")
        self.facts.setText("\n".join(lines))

    def _on_restore(self) -> None:
        choose_target(self, "恢复成哪个新文件", self.restore_to, "数据库 (*.db)", name="恢复.db")

    def _on_restored(self, target: Path) -> None:
        def decided(verb: object) -> None:
            if verb == "use":
                change_settings(database_url=f"sqlite:///{target.as_posix()}")
                self.said.emit("下次打开程序时用恢复的文件。原来的文件还在，没有动过。")

        ask_verb(
            self,
            "已恢复到新文件",
            f"“{target.name}”校验通过。正在用的数据库没有动。要从下次打开起用恢复的文件吗？"
            "那样，备份之后的登记只留在原来的文件里。",
            (
                Verb("use", "下次起用恢复的文件", ButtonKind.DANGER),
                Verb("stay", "继续用现在的"),
            ),
            decided,
        )

    def _on_failure(self, error: DeskError) -> None:
        self.facts.setText(str(error))


def _listed(url: str) -> tuple[Path, list[Copy]]:
    return safe_copies.folder_for(url), safe_copies.copies(url)


def _size(size: int) -> str:
    if size < _MEGABYTE:
        return f"{max(size // 1024, 1)} KB"
    return f"{size / _MEGABYTE:.1f} MB"
