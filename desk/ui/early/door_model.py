"""The doors of a walk in memory (走访录入): what was typed, cell by cell, until it is saved."""

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk.actions.visits import Door
from desk.queries.visits import VisitFile
from desk.rules.early_action_codes import VisitConcern, VisitResult
from desk.rules.early_actions import CONCERN_HINTS
from desk.rules.questionnaires import Question
from desk.rules.wording import label

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
RESULTS, CONCERNS = tuple(VisitResult), tuple(VisitConcern)


@dataclass(frozen=True, slots=True)
class DoorDraft:
    """One door as it is typed; numbers as on the sheet, 0 for nothing.

    Attributes:
        entry: the line of the sheet; None for a door that was not on it.
        category, category_name: of the finding that its remark becomes.
        finding: the number of the finding that was made before.
    """

    entry: int | None
    place: int
    building: str
    household: str
    result: int
    answers: tuple[int, ...]
    concern: int
    remark: str
    finding: str = ""
    category: int | None = None
    category_name: str = ""

    def as_door(self) -> Door:
        """Return the door as a request says it."""
        return Door(
            entry=self.entry,
            place=None if self.entry is not None else self.place,
            household="" if self.entry is not None else self.household,
            result=RESULTS[self.result - 1] if self.result else None,
            answers=self.answers,
            concern=CONCERNS[self.concern - 1] if self.concern else None,
            remark=self.remark,
            category=self.category,
        )


class DoorModel(QAbstractTableModel):
    """Doors down; 见到, the questions, 关注 and 情况 across."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.doors: list[DoorDraft] = []
        self.questions: tuple[Question, ...] = ()
        self.is_changed = False

    @property
    def concern_column(self) -> int:
        """Where 关注 is."""
        return len(self.questions) + 1

    @property
    def words_column(self) -> int:
        """Where 情况 is."""
        return len(self.questions) + 2

    def show(self, file: VisitFile | None) -> None:
        """Show another walk."""
        self.beginResetModel()
        self.questions = file.questions if file is not None else ()
        blank = (0,) * len(self.questions)
        self.doors = [
            DoorDraft(
                entry=door.id,
                place=door.place_id,
                building=door.place,
                household=door.household,
                result=RESULTS.index(door.result) + 1 if door.result else 0,
                answers=(*door.answers, *blank)[: len(blank)],
                concern=CONCERNS.index(door.concern) + 1 if door.concern else 0,
                remark=door.remark,
                finding=door.finding,
            )
            for door in (file.doors if file is not None else ())
        ]
        self.is_changed = False
        self.endResetModel()

    def put_number(self, index: Index, number: int) -> bool:
        """Put a number into a cell; return whether there is such an answer."""
        door, column = self.doors[index.row()], index.column()
        if not 0 <= number <= self._most(column):
            return False
        if column == 0:
            fresh = replace(door, result=number)
        elif column == self.concern_column:
            fresh = replace(door, concern=number)
        else:
            answers = list(door.answers)
            answers[column - 1] = number
            fresh = replace(door, answers=tuple(answers), result=door.result or 1)
        self.put(index.row(), fresh)
        return True

    def put(self, row: int, door: DoorDraft) -> None:
        """Keep a door as it is typed now."""
        if door != self.doors[row]:
            self.doors[row] = door
            self.is_changed = True
            self.dataChanged.emit(self.index(row, 0), self.index(row, self.words_column))

    def add(self, household: str) -> int:
        """Add a door that was not on the sheet, in the building of the last one; return its row."""
        last = self.doors[-1]
        at = len(self.doors)
        self.beginInsertRows(_ROOT, at, at)
        self.doors.append(
            DoorDraft(
                None, last.place, last.building, household, 0, (0,) * len(self.questions), 0, ""
            )
        )
        self.is_changed = True
        self.endInsertRows()
        return at

    def asked(self, column: int) -> str:
        """Return what a column asks, with the numbers of its answers."""
        if column == 0:
            return "见到：" + _numbered(label(one) for one in RESULTS)
        if column == self.concern_column:
            return "关注：" + _numbered(label(one) for one in CONCERNS)
        if column == self.words_column:
            return "情况：按 Enter 写一句话；选了类别就成为一条未诉先办。写事不写人。"
        one = self.questions[column - 1]
        return f"{column} {one.area}：{one.text}　{_numbered(one.answers)}"

    def advice(self, row: int) -> str:
        """Return what to do about the situation that is noted at a door."""
        if not 0 <= row < len(self.doors) or not self.doors[row].concern:
            return ""
        concern = CONCERNS[self.doors[row].concern - 1]
        return f"{label(concern)}：{CONCERN_HINTS[concern]}"

    def is_telling(self, index: Index) -> bool:
        """Return whether what stands in a cell calls for a closer look."""
        door, column = self.doors[index.row()], index.column()
        if column == self.concern_column:
            return bool(door.concern)
        if 0 < column < self.concern_column:
            return door.answers[column - 1] in self.questions[column - 1].telling
        return False

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many doors there are."""
        return 0 if parent.isValid() else len(self.doors)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() or not self.doors else self.words_column + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what stands in a cell; said in words to screen readers."""
        door, column = self.doors[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(door, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (f"{door.building}{door.household}", self.asked(column))
            return "，".join((*parts, self._words(door, column)))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column or of a door."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            door = self.doors[section]
            return f"{door.building} {door.household}"
        if section == self.words_column:
            return "情况"
        return {0: "见到", self.concern_column: "关注"}.get(section, str(section))

    def _most(self, column: int) -> int:
        if column == 0:
            return len(RESULTS)
        if column == self.concern_column:
            return len(CONCERNS)
        return len(self.questions[column - 1].answers) if column < self.concern_column else -1

    def _words(self, door: DoorDraft, column: int) -> str:
        if column == self.words_column:
            made = door.finding or (f"→ {door.category_name}" if door.category else "")
            return "　".join(part for part in (made, door.remark) if part)
        number = {0: door.result, self.concern_column: door.concern}.get(column)
        if number is None:
            number = door.answers[column - 1]
        return str(number) if number else ""


def _numbered(words: Any) -> str:
    return "　".join(f"{n} {word}" for n, word in enumerate(words, start=1))
