"""Who keeps the posts of a grid and reads its evaluations on the shared database (网格的行权限).

An evaluation is read by whom it is about and by the secretary of the community, by nobody else
(DOMAIN.md 9.4). Who is secretary is written by 信联办, and nobody writes it of himself.
`store.grid_sight` says the same of a signed-in person.
"""

from desk.rules.deeds import HALL_DEEDS, Deed
from desk.rules.grid_codes import GridPostKind

_SECRETARY = f"'{GridPostKind.SECRETARY.value}'"
_LISTERS = ", ".join(f"'{role.value}'" for role in sorted(HALL_DEEDS[Deed.KEEP_GRID_LISTS]))

MY_LED_COMMUNITIES = f"""
SELECT coalesce(array_agg(DISTINCT p.unit_id), '{{}}') FROM grid_posts p
WHERE p.kind = {_SECRETARY} AND p.staff_id = (SELECT my_staff()) AND _VALID(p)
"""  # noqa: S608 - made of the words above alone
GRID_POST = f"""
_STREET AND CASE WHEN kind = {_SECRETARY}
THEN (SELECT my_roles()) && ARRAY[{_LISTERS}] AND staff_id IS DISTINCT FROM (SELECT my_staff())
ELSE (SELECT my_roles()) && ARRAY[{_LISTERS}]
  OR unit_id = ANY ((SELECT my_units())::bigint[]) END
"""  # noqa: S608 - made of the words above alone
_LED = "community_id = ANY ((SELECT my_led_communities())::bigint[])"
EVALUATION = f"_STREET AND (staff_id = (SELECT my_staff()) OR {_LED})"
_ABOUT_ME = "staff_id IS NOT DISTINCT FROM (SELECT my_staff())"
OF_LED = f"_STREET AND {_LED} AND made_by = (SELECT my_staff()) AND NOT ({_ABOUT_ME})"

# whoever was named stays the one: nobody moves a post, and what was evaluated, to himself
FIXED_OF_GRIDS = {
    "grid_posts": (
        "street_id",
        "unit_id",
        "community_id",
        "kind",
        "staff_id",
        "name",
        "valid_from",
        "made_by",
        "made_at",
    ),
    "grid_evaluations": (
        "street_id",
        "post_id",
        "community_id",
        "staff_id",
        "month",
        "revision",
        "items",
        "scores",
        "remark",
        "made_by",
        "made_at",
    ),
}
