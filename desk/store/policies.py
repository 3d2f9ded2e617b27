"""Grants and policies of the shared database, rendered from `row_rights` (行权限的落实).

Recreated with all other guards at the end of every upgrade, table by table. Every table is bound
by force: its owner, too, passes only because one policy says so, and no login is the owner.
"""

from collections.abc import Iterator

from sqlalchemy import Table

from desk.rules.codes import Role
from desk.store.base import Base
from desk.store.pg_functions import DEFINERS
from desk.store.pg_roles import GROUPS, OWNER, ROLE_ADMIN, STAFF, group_of
from desk.store.row_conditions import WORDS, RowRight
from desk.store.row_rights import ROW_RIGHTS

_VERSION_TABLE = "alembic_version"
_DROP_OF = """
DO $$ DECLARE one record; BEGIN
FOR one IN SELECT policyname FROM pg_policies
  WHERE schemaname = 'public' AND tablename = '_TABLE' LOOP
  EXECUTE format('DROP POLICY %I ON _TABLE', one.policyname);
END LOOP; END $$
"""
# tables that are none of ours, or ours no longer
_REVOKE_STRANGE = """
DO $$ DECLARE one record; BEGIN
FOR one IN SELECT oid::regclass AS name FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
  AND relname <> ALL (ARRAY[_KNOWN]) LOOP
  EXECUTE 'REVOKE ALL ON ' || one.name || ' FROM PUBLIC, _GROUPS';
END LOOP; END $$
"""
# columns that are kept by triggers alone
_KEPT_BY_TRIGGERS = {"cases": ("seen_by", "written_in"), "mediations": ("written_in",)}


def policy_statements() -> Iterator[str]:
    """Yield what gives every group its rights, after all that was given before is taken away."""
    yield from function_rights()
    for name in guarded_tables():
        yield from table_rights(name)


def guarded_tables() -> tuple[str, ...]:
    """Return the tables that have rights of their own, those first on which others build."""
    return (*(table.name for table in Base.metadata.sorted_tables), _VERSION_TABLE)


def function_rights() -> Iterator[str]:
    """Yield the functions that policies ask, who may call them, and what binds strange tables."""
    yield from DEFINERS.values()
    yield f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, {', '.join(GROUPS)}"
    for name in DEFINERS:
        yield f"GRANT EXECUTE ON FUNCTION {name} TO {STAFF}, {ROLE_ADMIN}"
    known = ", ".join(f"'{name}'" for name in guarded_tables())
    yield _REVOKE_STRANGE.replace("_KNOWN", known).replace("_GROUPS", ", ".join(GROUPS))


def table_rights(name: str) -> Iterator[str]:
    """Yield the rights on one table, after those that it had; for one transaction."""
    yield _DROP_OF.replace("_TABLE", name)
    yield f"REVOKE ALL ON {name} FROM PUBLIC, {', '.join(GROUPS)}"
    if name != _VERSION_TABLE:
        yield from _of_table(Base.metadata.tables[name], ROW_RIGHTS[name])
        return
    yield from _forced(name)
    yield f"CREATE POLICY reads ON {name} FOR SELECT TO {STAFF} USING (true)"
    yield f"GRANT SELECT ON {name} TO {STAFF}"


def _forced(table: str) -> Iterator[str]:
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield f"CREATE POLICY owns ON {table} TO {OWNER} USING (true) WITH CHECK (true)"


def _of_table(table: Table, right: RowRight) -> Iterator[str]:
    name = table.name
    read, checked = _written(right.read), _written(right.checked)
    touched = _written(right.touch or right.read)
    changed = _written(right.change or right.checked)
    yield from _forced(name)
    yield f"CREATE POLICY reads ON {name} FOR SELECT TO {STAFF} USING ({read})"
    yield f"GRANT SELECT ON {name} TO {STAFF}"
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    columns = f" ({columns})" if name in _KEPT_BY_TRIGGERS else ""
    if right.insert:
        groups = _groups(right.insert)
        yield f"CREATE POLICY adds ON {name} FOR INSERT TO {groups} WITH CHECK ({checked})"
        yield f"GRANT INSERT{columns} ON {name} TO {groups}"
    if right.update:
        groups = _groups(right.update)
        yield (
            f"CREATE POLICY changes ON {name} FOR UPDATE TO {groups} "
            f"USING ({touched}) WITH CHECK ({changed})"
        )
        yield f"GRANT UPDATE{columns} ON {name} TO {groups}"
    if right.delete:
        groups = _groups(right.delete)
        yield f"CREATE POLICY removes ON {name} FOR DELETE TO {groups} USING ({touched})"
        yield f"GRANT DELETE ON {name} TO {groups}"


def _groups(roles: frozenset[Role]) -> str:
    return ", ".join(group_of(role) for role in sorted(roles))


def _written(condition: str) -> str:
    for word, meaning in sorted(WORDS.items()):
        condition = condition.replace(word, meaning)
    return condition.strip()
