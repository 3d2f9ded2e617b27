"""PostgreSQL's own programs for copies (pg_dump, pg_restore): found, run, and checked."""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.engine import make_url

from desk.rules.errors import DatabaseAway, RuleBroken
from desk.store.pg_roles import OWNER
from desk.store.secure_way import tls_options

_PLACES = ("/usr/lib/postgresql", "/usr/pgsql", "C:/Program Files/PostgreSQL")
_AS_OWNER = (f"--role={OWNER}",)
_MISSING = (
    "这台电脑上没有 PostgreSQL 的 {name} 程序，不能备份或恢复共用的数据库。"
    "请在服务器上进行，或装上 postgresql-client 再试。"
)


def dump(url: str, file: Path) -> None:
    """Write all of a PostgreSQL database to `file` and check that it can be read again.

    Raises:
        RuleBroken: pg_dump is not installed.
        DatabaseAway: it did not work; the sentence says what to do.
    """
    parsed = make_url(url)
    # the logins and what makes them belong to the server, and come with `upgrade`
    options = [*_AS_OWNER, "--enable-row-security", "--exclude-schema=adm", "-Fc", "-Z1"]
    made = _run("pg_dump", [*options, "-f", str(file), "-d", _address(parsed)], parsed)
    if made.returncode != 0:
        raise DatabaseAway(
            "备份没有做成：pg_dump 没有读全。请用有权读全部数据的账号，并确认两边版本相同。"
        )
    if "TABLE DATA" not in _listed(file):
        raise DatabaseAway("备份检查没有通过，没有留下文件。请再备份一次。")


def restore_dump(file: Path, url: str) -> None:
    """Fill an empty PostgreSQL database from a copy, all of it or nothing.

    Raises:
        RuleBroken: pg_restore is not installed, or the file is no copy.
        DatabaseAway: it did not work; nothing was changed.
    """
    if "TABLE DATA" not in _listed(file):
        raise RuleBroken(f"“{file.name}”不是本程序的备份，或已经损坏，没有恢复。")
    parsed = make_url(url)
    options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    made = _run("pg_restore", [*_AS_OWNER, *options, "-d", _address(parsed), str(file)], parsed)
    if made.returncode != 0:
        raise DatabaseAway(
            "没有恢复成，数据库保持原样。请用数据库的所有者账号，并确认两边版本相同后再试。"
        )


def _listed(file: Path) -> str:
    return _run("pg_restore", ["--list", str(file)]).stdout


def _run(name: str, options: list[str], url: URL | None = None) -> subprocess.CompletedProcess[str]:
    secret = {"PGPASSWORD": str(url.password)} if url is not None and url.password else {}
    return subprocess.run(
        [_program(name), *options],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **secret},  # a password on the command line could be seen by all
    )


def _program(name: str) -> str:
    found = shutil.which(name)
    if found:
        return found
    for place in _PLACES:
        versions = sorted(Path(place).glob(f"*/bin/{name}*"))
        if versions:
            return str(versions[-1])
    raise RuleBroken(_MISSING.format(name=name))


def _address(url: URL) -> str:
    query = {**url.query, **tls_options(url)}
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    return bare.render_as_string(hide_password=False)
