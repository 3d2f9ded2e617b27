"""What makes logins on the shared server (数据库登录): functions for administrators without rights.

Each member of staff logs in as himself; the role is called like his 工号. The functions run as
`desk_role_admin`, take a SCRAM verifier (so no password ever reaches the server's log), whitelist
groups and logins, and are for administrators of the street whose person it is (RELIABILITY.md 2.2).
"""

from desk.rules.codes import Role
from desk.rules.login_rules import CONNECTION_LIMIT, LOGIN_SETTINGS
from desk.store.pg_roles import OWNER, ROLE_ADMIN, STAFF, group_of

_HEAD = (
    "CREATE OR REPLACE FUNCTION {0} RETURNS void LANGUAGE plpgsql SECURITY DEFINER "
    "SET search_path = pg_catalog, pg_temp AS $$ {1} $$"
)
_MAY = """
IF p_login !~ '^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$' OR p_login ~* '^(pg_|desk_|postgres)' THEN
  RAISE EXCEPTION '工号不能用作登录名' USING ERRCODE = '42501'; END IF;
_UNLESS_MAY THEN
  RAISE EXCEPTION '不能管理这个登录' USING ERRCODE = '42501'; END IF;
"""
_ADMINISTERS = "IF NOT public.may_administer_login(p_login)"
# one's own password is one's own affair, but it does not hold for ever
_OWN_TOO = "IF NOT (p_login = session_user OR public.may_administer_login(p_login))"
_LONGEST = """
IF p_login = session_user THEN p_until := least(p_until, now() + interval '1 year'); END IF;
"""
_IS_OURS = """
IF EXISTS (SELECT FROM pg_roles r WHERE r.rolname = p_login AND (r.rolsuper OR r.rolcreaterole
  OR r.rolcreatedb OR r.rolbypassrls OR r.rolreplication
  OR NOT pg_has_role(r.oid, '_STAFF', 'MEMBER') OR pg_has_role(r.oid, '_OWNER', 'MEMBER')))
THEN RAISE EXCEPTION '这个登录名已被服务器占用' USING ERRCODE = '42501'; END IF;
"""
_VERIFIED = """
IF p_verifier !~ '^SCRAM-SHA-256\\$[0-9]+:[A-Za-z0-9+/=]+\\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN
  RAISE EXCEPTION '密码没有按 SCRAM 处理' USING ERRCODE = '42501'; END IF;
"""
_SET_LOGIN = f"""
{_MAY.replace("_UNLESS_MAY", _OWN_TOO)} {_IS_OURS} {_VERIFIED} {_LONGEST}
IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = p_login) THEN
  EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION '
    'NOBYPASSRLS CONNECTION LIMIT _CONNECTIONS', p_login);
  EXECUTE format('GRANT _STAFF TO %I', p_login);
  _SETTINGS
END IF;
EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L VALID UNTIL %L', p_login, p_verifier,
  coalesce(p_until::text, 'infinity'));
PERFORM public.note_login(p_login);
"""
_SET_GROUPS = f"""
DECLARE one text;
BEGIN {_MAY.replace("_UNLESS_MAY", _ADMINISTERS)} {_IS_OURS}
IF p_login = session_user OR NOT p_groups <@ public.groups_of_login(p_login) THEN
  RAISE EXCEPTION '岗位表里没有给他这些岗位' USING ERRCODE = '42501'; END IF;
PERFORM public.note_login(p_login);
FOREACH one IN ARRAY ARRAY[_GROUPS] LOOP
  IF one = ANY (p_groups) THEN EXECUTE format('GRANT %I TO %I', one, p_login);
  ELSIF pg_has_role(p_login, one, 'MEMBER') THEN EXECUTE format('REVOKE %I FROM %I', one, p_login);
  END IF;
END LOOP;
END
"""
_END_LOGIN = f"""
BEGIN {_MAY.replace("_UNLESS_MAY", _ADMINISTERS)} {_IS_OURS}
IF EXISTS (SELECT FROM pg_roles WHERE rolname = p_login) THEN
  EXECUTE format('ALTER ROLE %I NOLOGIN', p_login);
  PERFORM public.note_login(p_login); END IF;
END
"""


def login_statements() -> list[str]:
    """Return what creates the schema and functions, to be run as `desk_role_admin`."""
    settings = "".join(
        f"EXECUTE format('ALTER ROLE %I SET {name} = %L', p_login, '{value}'); "
        for name, value in LOGIN_SETTINGS
    )
    groups = ", ".join(f"'{group_of(role)}'" for role in Role)
    words = {
        "_STAFF": STAFF,
        "_OWNER": OWNER,
        "_CONNECTIONS": str(CONNECTION_LIMIT),
        "_SETTINGS": settings,
        "_GROUPS": groups,
    }
    bodies = {
        "adm.set_login(p_login text, p_verifier text, p_until timestamptz)": (
            f"BEGIN {_SET_LOGIN} END"
        ),
        "adm.set_groups(p_login text, p_groups text[])": _SET_GROUPS,
        "adm.end_login(p_login text)": _END_LOGIN,
    }
    made = []
    for head, body in bodies.items():
        for word, meaning in words.items():
            body = body.replace(word, meaning)  # noqa: PLW2901 - filled in word by word
        made.append(_HEAD.format(head, body))
    return [
        f"CREATE SCHEMA IF NOT EXISTS adm AUTHORIZATION {ROLE_ADMIN}",
        *made,
        "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA adm FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA adm TO {STAFF}, {OWNER}",
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA adm TO {STAFF}, {OWNER}",
    ]
