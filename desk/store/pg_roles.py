"""The roles of the shared database (数据库角色): who owns, who administers logins, groups of staff.

Roles belong to the whole server. `desk_owner` owns every table and nobody logs in as it;
`desk_role_admin` alone may create logins and owns nothing but the functions that do it
(`pg_logins.py`); one group per role of `rules.codes.Role`, and `desk_staff` for all of them.
Whoever maintains the database is a member of `desk_owner` and works as it.
"""

from sqlalchemy import Connection, text

from desk.rules.codes import Role

OWNER = "desk_owner"
ROLE_ADMIN = "desk_role_admin"
STAFF = "desk_staff"
PREFIX = "desk_"


def group_of(role: Role) -> str:
    """Return the group of everybody who holds a role."""
    return f"{PREFIX}{role.value}"


GROUPS = (STAFF, *(group_of(role) for role in Role))
# what the hall's IT person may run before, with all rights, where whoever upgrades has too few
_IF_MISSING = (
    "DO $$ BEGIN CREATE ROLE {0} {1}; EXCEPTION WHEN duplicate_object THEN NULL; "
    "WHEN unique_violation THEN NULL; END $$"
)
_KNOWN = "SELECT count(*) FROM pg_roles WHERE rolname = ANY (:names)"
_MAY_CREATE = "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = session_user"
_IS_MEMBER = "SELECT pg_has_role(session_user, :name, 'MEMBER')"


def role_statements() -> list[str]:
    """Return what creates the roles on a server; running it twice does nothing."""
    kinds = {OWNER: "NOLOGIN", ROLE_ADMIN: "NOLOGIN CREATEROLE"}
    kinds |= dict.fromkeys(GROUPS, "NOLOGIN")
    return [_IF_MISSING.format(name, kind) for name, kind in kinds.items()]


def prepare_roles(connection: Connection) -> bool:
    """Create what is missing of the roles, and let the owner make tables in this database.

    Returns:
        Whether this login may renew what makes logins; who only belongs to the owner may not, and
        leaves it as it is.

    Raises:
        ProgrammingError: the login may not; the sentence for it says who can.
    """
    names = [OWNER, ROLE_ADMIN, *GROUPS]
    has_all = connection.scalar(text(_KNOWN), {"names": names}) == len(names)
    if has_all and not connection.scalar(text(_MAY_CREATE)):
        return False
    if not has_all:
        for statement in role_statements():
            connection.exec_driver_sql(statement)
    for name in (OWNER, ROLE_ADMIN):
        if not connection.scalar(text(_IS_MEMBER), {"name": name}):
            connection.exec_driver_sql(f"GRANT {name} TO session_user")
    connection.exec_driver_sql(f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}")
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {STAFF}, {ROLE_ADMIN}")
    database = connection.engine.dialect.identifier_preparer.quote(
        str(connection.scalar(text("SELECT current_database()")))
    )
    connection.exec_driver_sql(f"GRANT CONNECT ON DATABASE {database} TO {STAFF}")
    # nobody builds anything of his own here on which our functions could be let loose
    connection.exec_driver_sql(f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC, {STAFF}")
    connection.exec_driver_sql(f"GRANT CREATE ON DATABASE {database} TO {OWNER}, {ROLE_ADMIN}")
    return True


def leave_role_admin(connection: Connection) -> None:
    """Let nobody be a member of the role that makes logins: only its functions act as it."""
    connection.exec_driver_sql("RESET ROLE")
    connection.exec_driver_sql(f"REVOKE {ROLE_ADMIN} FROM session_user")


def work_as(connection: Connection, role: str) -> None:
    """Go on as another role; `session_user` stays who has logged in."""
    connection.exec_driver_sql(f"SET ROLE {role}")
