"""Who lives in a street of very many cases (居民): each with a name, a number and his own door.

The demo shows a hundred invented numbers; a street of a million cases has some three hundred
thousand. Here somebody has one of ten million numbers that no company gives out (1000 and seven
figures), a name of a surname and one or two given letters, common ones more often, and one of a few
hundred thousand doors. He comes about three times, and says besides a sentence of somebody else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from desk.demo.texts import GIVEN, SURNAMES
from desk.rules.letter_parts import in_parts
from desk.rules.pinyin import spoken_names
from desk.rules.search_text import SearchField, SearchText

COMES = 3
_NUMBERS, _FIRST_NUMBER, _APART = 10_000_000, 10_000_000_000, 7_654_321
_LETTERS = "".join(dict.fromkeys("".join(GIVEN)))
_ONE_LETTER = 0.15
_BUILDINGS, _ENTRANCES, _FLOORS, _DOORS = 300, 4, 33, 8
# which resident a copy is of, the same in SQL: a number of the copy, stirred
_COPIES, _STIR, _ROUND = 65_537, 2_654_435_761, 1 << 32
WHO = f"((%s * {_COPIES} + %s) * {_STIR} %% {_ROUND}) %% %s"
# whose sentence is said besides
_CASES_ON, _COPIES_ON = 31, 17
OTHER = f"(%s * {_CASES_ON} + %s * {_COPIES_ON}) %% %s"

Line = tuple[SearchField, str]


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody with a name, a telephone and a door."""

    name: str
    phone: str
    door: tuple[str, str, str]

    @property
    def home(self) -> str:
        """What stands behind the name of the place in an address."""
        return " {} 栋 {} 单元 {}".format(*self.door)


class Residents:
    """As many as so many cases have; the same ones each time."""

    def __init__(self, cases: int) -> None:
        self.count = max(1, cases // COMES)
        draw = Random("residents")
        common = [1 / (place + 2) for place in range(len(SURNAMES))]
        surnames = draw.choices(SURNAMES, common, k=self.count)
        self._all = [self._one(draw, at, surname) for at, surname in enumerate(surnames)]
        self._lines: dict[str, list[Line]] = {}

    def __iter__(self) -> Iterator[Resident]:
        return iter(self._all)

    def of_copy(self, case: int, copy: int) -> Resident:
        """Return who brings the copy of a case: `WHO` says the same in SQL."""
        return self._all[(case * _COPIES + copy) * _STIR % _ROUND % self.count]

    def lines(self, resident: Resident) -> list[Line]:
        """Return by what a name is found."""
        name = resident.name
        if name not in self._lines:
            said = (name, *spoken_names(name), *in_parts(name))
            self._lines[name] = [(SearchField.PERSON, line) for line in dict.fromkeys(said)]
        return self._lines[name]

    @staticmethod
    def _one(draw: Random, at: int, surname: str) -> Resident:
        given = draw.choice(_LETTERS)
        if draw.random() > _ONE_LETTER:
            given += draw.choice(_LETTERS)
        phone = str(_FIRST_NUMBER + at * _APART % _NUMBERS)
        entrance, floor = draw.randint(1, _ENTRANCES), draw.randint(1, _FLOORS)
        door = f"{floor}{draw.randint(1, _DOORS):02}"
        return Resident(
            surname + given, phone, (str(draw.randint(1, _BUILDINGS)), str(entrance), door)
        )


class CopiedText:
    """What a case of the demo is found by, and what copies of it are found by."""

    def __init__(self, found: SearchText) -> None:
        lines = list(zip(found.fields, found.doc.split("\n"), strict=True))
        self._number = next((line for field, line in lines if field == SearchField.NUMBER), "")
        self._outside = sum(field == SearchField.OUTSIDE for field, _ in lines)
        self._fields = {field for field, _ in lines}
        kept = (SearchField.ADDRESS, SearchField.CONTENT)
        self._kept = [
            (SearchField(field), line)
            for field, line in lines
            if field in kept and not (field == SearchField.ADDRESS and line.isdigit())
        ]
        said = [line for field, line in lines if field == SearchField.CONTENT]
        self.said = said[len(found.doc) % len(said)] if said else ""

    def copy(
        self, residents: Residents, who: Resident, seq: int, day: str, said: str
    ) -> SearchText:
        """Return the text of a copy.

        Args:
            seq: its number.
            day: of its reception, six figures as outside numbers begin.
            said: what somebody else has said.
        """
        lines: dict[str, SearchField] = {
            self._number: SearchField.NUMBER,
            f"20{day[:2]}": SearchField.NUMBER,
            f"{seq}号": SearchField.NUMBER,
            str(seq): SearchField.NUMBER,
        }
        more: list[Line] = [
            (SearchField.OUTSIDE, f"{day}{(seq * _APART + place) % 1_000_000:06}")
            for place in range(self._outside)
        ]
        if SearchField.PERSON in self._fields:
            more += residents.lines(who)
        if SearchField.PHONE in self._fields:
            more.append((SearchField.PHONE, who.phone))
        if SearchField.ADDRESS in self._fields:
            more += [(SearchField.ADDRESS, line) for line in (*who.door, "栋", "单元")]
        for field, line in (*more, *self._kept, (SearchField.CONTENT, said)):
            if line:
                lines.setdefault(line, field)
        return SearchText("\n".join(lines), "".join(lines.values()))


def other_of(case: int, copy: int, cases: Sequence[CopiedText]) -> str:
    """Return what is said besides in the copy of a case: `OTHER` says the same in SQL."""
    return cases[(case * _CASES_ON + copy * _COPIES_ON) % len(cases)].said
