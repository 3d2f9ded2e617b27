"""Who lives in the invented street (居民): the same people come again, and have namesakes.

Two of a household share one telephone, as families do; in every estate somebody has the name of
somebody else there with another number, so that nobody is taken for another by his name alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from desk.demo.texts import GIVEN, RARE_NAMES, SURNAMES
from desk.rules.codes import Sex

_HOUSEHOLDS = 7  # of an estate: fourteen estates have a hundred invented numbers
_RARE = 0.04
_OFTEN = (9, 4)  # the one who comes and the one who comes along, for each household


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody with a telephone and a door."""

    name: str
    sex: Sex
    phone: str
    building: int
    door: str


class Residents:
    """The people of every estate; the same seed has the same people."""

    def __init__(self, seed: int, estates: Mapping[str, Sequence[str]]) -> None:
        self._random = Random(f"residents {seed}")
        every = [estate for of_community in estates.values() for estate in of_community]
        self._people = {estate: self._estate(at) for at, estate in enumerate(every)}

    def one_of(self, estate: str) -> Resident:
        """Return who of this estate comes today; some come more often than others."""
        people = self._people[estate]
        weights = [_OFTEN[at % 2] * (1 + at % 5) for at in range(len(people))]
        return self._random.choices(people, weights)[0]

    def _estate(self, at: int) -> list[Resident]:
        draw, people = self._random, list[Resident]()
        for household in range(_HOUSEHOLDS):
            number = (at * _HOUSEHOLDS + household) % 100
            building = draw.randint(1, 28)
            door = f"{draw.randint(1, 3)} 单元 {draw.randint(1, 18)}0{draw.randint(1, 4)}"
            for sex in Sex:
                name = self._name()
                is_namesake = people and household == _HOUSEHOLDS - 1 and sex is Sex.FEMALE
                if is_namesake:
                    name = people[0].name
                phone = f"138000000{number:02}"
                people.append(Resident(name, sex, phone, building, door))
        return people

    def _name(self) -> str:
        draw = self._random
        if draw.random() < _RARE:
            return draw.choice(RARE_NAMES)
        return draw.choice(SURNAMES) + draw.choice(GIVEN)
