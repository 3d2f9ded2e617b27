"""Where people live that figures are held against (常住人口): the street, communities, grids."""

from desk.rules.codes import UnitKind

WHOLE_STREET = "全街道"
LIVED_IN = frozenset({UnitKind.COMMUNITY, UnitKind.GRID})
MOST_PEOPLE = 10_000_000
