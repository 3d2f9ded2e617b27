"""Panels of the page of grids (登记人员、更改、离岗、评价、清单、连心牌)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desk.actions.grid_papers import IssueContactSigns
from desk.actions.grids import (
    AddGridPost,
    ChangeGridPost,
    EndGridPost,
    EvaluateGridPost,
    WriteGridList,
)
from desk.queries.grid_evaluations import EvaluationLine
from desk.queries.grids import GridBoard, GridLine
from desk.rules.codes import UnitKind
from desk.rules.errors import RuleBroken
from desk.rules.grid_codes import GridListKind, GridPostKind, SignFor, SignSize
from desk.rules.grid_lists import show_duties, show_items
from desk.rules.grid_posts import MOST_HOUSEHOLDS, OFFICE_ONLY
from desk.rules.moments import day_of
from desk.rules.wording import label
from desk.ui.grids.words import ONLY_TWO
from desk.ui.sections.step_panel import StepPanel
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import CheckedField
from desk.ui.widgets.choice_chips import Choice
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField


class GridStep(StrEnum):
    """What a panel is for; what was drafted in it stays with it."""

    ADD = "grid.add"
    CHANGE = "grid.change"
    EVALUATE = "grid.evaluate"
    WRITE_LIST = "grid.write_list"
    SIGNS = "grid.signs"


@dataclass(frozen=True, slots=True)
class GridPlan:
    """The grid or community that a panel is about, and who may be named there."""

    line: GridLine
    board: GridBoard
    version: int = 0

    @property
    def id(self) -> int:
        """Return which unit it is."""
        return self.line.id


@dataclass(frozen=True, slots=True)
class ListPlan:
    """One of the hall's lists, as it is edited."""

    kind: GridListKind
    board: GridBoard
    version: int = 0

    @property
    def id(self) -> int:
        """Return which of the two it is."""
        return list(GridListKind).index(self.kind) + 1


class AddPostPanel(StepPanel):
    """登记人员: who works in a grid, from which day on."""

    deed, title, verb = GridStep.ADD, "登记人员", "登记"

    def build(self) -> None:
        """Ask for the post first, then for the name; who has a login is chosen from the list."""
        plan: GridPlan = self.file
        self.form.add(text_label(plan.line.unit.name, "label"))
        at_head = plan.line.unit.kind is UnitKind.COMMUNITY
        kinds = [one for one in GridPostKind if at_head or one is not GridPostKind.SECRETARY]
        offered = [Choice(one, label(one)) for one in kinds]
        self._kind = self.form.choice("kind", "岗位", offered, required=True)
        self._kind.chips.set_value(GridPostKind.WORKER)
        self._staff = PickerField("有工号的人员", hint="能登录的人从这里选，本人才看得到自己的评价")
        self._staff.set_items(PickItem(one.id, one.name) for one in plan.board.staff)
        self.form.picker("staff", "有工号的人员", self._staff)
        self._name = self.form.text("name", "姓名", required=True)
        self._phone = self.form.text("phone", "办公电话", hint=OFFICE_ONLY)
        self._area = self.form.text("area", "负责范围", hint="例如 3–6 栋")
        self._homes = self.form.text("households", "包联户数")
        self._title = self.form.text("title", "怎么称呼", hint="选“其他”时必填，例如 小巷管家")
        today = day_of(self.desk.now())
        self._since = self.form.text("valid_from", "从哪天起", required=True)
        self._since.set_text(f"{today:%Y-%m-%d}")
        self._public = self.form.check("is_public", "印在公示卡和连心牌上")
        self._public.setChecked(True)
        self._staff.chosen.connect(self._on_staff)

    def request(self, head: Any) -> AddGridPost:
        """Register somebody."""
        staff = self._staff.value()
        kind = self._kind.value()
        if kind is None:
            raise RuleBroken("请选岗位。", field="kind")
        return AddGridPost(
            **head,
            unit=self.file.id,
            kind=GridPostKind(str(kind)),
            name=self._name.text(),
            staff=staff if isinstance(staff, int) else None,
            title=self._title.text(),
            phone=self._phone.text(),
            area=self._area.text(),
            households=read_households(self._homes),
            is_public=self._public.isChecked(),
            valid_from=self.past_day("valid_from", self._since.text(), "请写从哪天起。"),
        )

    def _on_staff(self, value: object) -> None:
        name = next((one.name for one in self.file.board.staff if one.id == value), "")
        if name and not self._name.text().strip():
            self._name.set_text(name)


class ChangePostPanel(StepPanel):
    """更改、离岗: what stands beside a name, or until when somebody is there."""

    deed, title, verb = GridStep.CHANGE, "更改、离岗", "保存"

    def build(self) -> None:
        """Choose the person; what is known of him fills the form."""
        plan: GridPlan = self.file
        self._who = PickerField("谁", required=True, hint="输入姓名里的字")
        self._who.set_items(PickItem(one.id, f"{one.title} {one.name}") for one in plan.line.posts)
        self.form.picker("post", "谁", self._who)
        self._phone = self.form.text("phone", "办公电话", hint=OFFICE_ONLY)
        self._area = self.form.text("area", "负责范围")
        self._homes = self.form.text("households", "包联户数")
        self._title = self.form.text("title", "怎么称呼")
        self._public = self.form.check("is_public", "印在公示卡和连心牌上")
        self._last = self.form.text(
            "last_day", "离岗的最后一天", hint="不离岗就空着；填了只登记离岗，上面的不改。"
        )
        self._who.chosen.connect(self._show)
        if plan.line.posts:
            self._who.set_value(plan.line.posts[0].id)
            self._show(plan.line.posts[0].id)

    def request(self, head: Any) -> ChangeGridPost | EndGridPost:
        """Change what stands beside the name, or end the post."""
        post = self._who.value()
        if not isinstance(post, int):
            raise RuleBroken("请选是谁。", field="post")
        if self._last.text().strip():
            last = self.past_day("last_day", self._last.text(), "请写最后一天。")
            return EndGridPost(**head, post=post, last_day=last)
        return ChangeGridPost(
            **head,
            post=post,
            title=self._title.text(),
            phone=self._phone.text(),
            area=self._area.text(),
            households=read_households(self._homes),
            is_public=self._public.isChecked(),
        )

    def _show(self, value: object) -> None:
        one = next((post for post in self.file.line.posts if post.id == value), None)
        if one is None:
            return
        self._phone.set_text(one.own_phone)
        self._area.set_text(one.area)
        self._homes.set_text(str(one.households or ""))
        self._title.set_text(one.title if one.title != label(one.kind) else "")
        self._public.setChecked(one.is_public)


class EvaluatePanel(StepPanel):
    """月度评价: points for each item, and a few words."""

    deed, title, verb = GridStep.EVALUATE, "月度评价", "保存"

    def build(self) -> None:
        """Ask for the points of each item; what was said before is filled in."""
        line: EvaluationLine = self.file
        self.form.add(text_label(f"{line.month}　{line.unit} {line.title} {line.name}", "label"))
        before = line.scores or tuple(item.most for item in line.items)
        self._scores: list[CheckedField] = []
        for at, (item, score) in enumerate(zip(line.items, before, strict=False)):
            field = self.form.text(
                "scores" if at == 0 else f"scores{at}",
                f"{item.text}（满分 {item.most}）",
                required=True,
            )
            field.set_text(str(score) if line.scores else "")
            self._scores.append(field)
        self._remark = self.form.text("remark", "评语", lines=3)
        self._remark.set_text(line.remark)
        self.form.add(text_label(ONLY_TWO, "hint", wraps=True))

    def request(self, head: Any) -> EvaluateGridPost:
        """Keep the month."""
        line: EvaluationLine = self.file
        scores = tuple(
            read_points(field, item.text, item.most, at)
            for at, (field, item) in enumerate(zip(self._scores, line.items, strict=True))
        )
        return EvaluateGridPost(
            **head, post=line.id, month=line.month, scores=scores, remark=self._remark.text()
        )


class ListPanel(StepPanel):
    """改清单: the duties, or what a month is judged by, in lines."""

    deed, title, verb = GridStep.WRITE_LIST, "改清单", "今天起执行"
    is_wide = True

    def build(self) -> None:
        """Show the list as it is, to be written over."""
        plan: ListPlan = self.file
        is_duties = plan.kind is GridListKind.DUTIES
        hint = (
            "类别一行，以“：”结尾；下面一行一项。前面加 * 的印在公示卡和连心牌上。"
            if is_duties
            else "一行一项，后面写满分，例如 入户走访 20。已评的月份不变。"
        )
        self._text = self.form.text("text", label(plan.kind), lines=18, required=True, hint=hint)
        board = plan.board
        self._text.set_text(show_duties(board.duties) if is_duties else show_items(board.items))

    def request(self, head: Any) -> WriteGridList:
        """Write the list anew."""
        return WriteGridList(**head, kind=self.file.kind, text=self._text.text())


class SignsPanel(StepPanel):
    """连心牌: for which places, how large; all of them in one document."""

    deed, title, verb = GridStep.SIGNS, "打印连心牌", "出牌、预览"
    keeps_draft = False

    def build(self) -> None:
        """Ask where they hang, and for the size."""
        line: GridLine = self.file.line
        self.form.add(text_label(f"{line.unit.name}：{len(line.places)} 个小区、楼栋", "label"))
        hung = [Choice(one, label(one)) for one in SignFor]
        self._hung = self.form.choice("hung", "挂在哪里", hung, required=True)
        self._hung.chips.set_value(SignFor.BUILDINGS)
        sizes = [Choice(one, label(one)) for one in SignSize]
        self._size = self.form.choice("size", "大小", sizes, required=True)
        self._size.chips.set_value(SignSize.A5)
        words = "只印办公电话；二维码的内容和最下面一句话在“管理 · 设置”里改。"
        self.form.add(text_label(words, "hint", wraps=True))

    def request(self, head: Any) -> IssueContactSigns:
        """Print them all."""
        return IssueContactSigns(
            **head,
            unit=self.file.id,
            hung=SignFor(str(self._hung.value())),
            size=SignSize(str(self._size.value())),
        )


def read_households(field: CheckedField) -> int | None:
    """Return how many households somebody looks after, or None where nothing stands.

    Raises:
        RuleBroken: it is no number.
    """
    plain = field.text().strip().removesuffix("户").strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdecimal()) or not 1 <= int(plain) <= MOST_HOUSEHOLDS:
        raise RuleBroken(f"包联户数请写 1 到 {MOST_HOUSEHOLDS}，不包联就空着。", field="households")
    return int(plain)


def read_points(field: CheckedField, item: str, most: int, at: int) -> int:
    """Return the points of one item.

    Raises:
        RuleBroken: it is no number up to the most.
    """
    plain = field.text().strip().removesuffix("分")
    if not (plain.isascii() and plain.isdecimal()) or int(plain) > most:
        name = "scores" if at == 0 else f"scores{at}"
        raise RuleBroken(f"“{item}”请打 0 到 {most} 分。", field=name)
    return int(plain)
