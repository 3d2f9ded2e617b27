"""What the fields of a plan offer (治理方案的选项): units, places and categories of today."""

from dataclasses import dataclass

from desk.queries.lookups import CategoryChoice, PlaceChoice, UnitChoice, categories, places, units
from desk.store.database import Reader


@dataclass(frozen=True, slots=True)
class PlanChoices:
    """What can be chosen."""

    units: tuple[UnitChoice, ...]
    places: tuple[PlaceChoice, ...]
    categories: tuple[CategoryChoice, ...]


def plan_choices(reader: Reader) -> PlanChoices:
    """Return the units, places and categories of today."""
    return PlanChoices(tuple(units(reader)), tuple(places(reader)), tuple(categories(reader)))
