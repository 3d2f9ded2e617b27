"""A real PostgreSQL server of the tests (`tests.databases` keeps one for each worker)."""

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.kept_connections import Rooms
from tests.kept_databases import KeptDatabase, Template

OWNER = "hall_owner"  # may create databases and roles, but is no superuser: as in a real hall
COPIES_FILES = 150_000  # older servers do nothing else
PATIENCE = 30.0  # seconds in which a server must have started or stopped
SOCKETS: dict[int, str] = {}  # where the server of a port listens without asking for passwords
ROOMS: dict[tuple[int, str], Rooms] = {}  # of a port and a database: its connections stay open
MOST_IDLE = 2  # databases like one template that wait for the next test
CONFIGURATION = """
listen_addresses = '127.0.0.1'
timezone = 'Asia/Shanghai'
log_timezone = 'Asia/Shanghai'
max_connections = 200
shared_buffers = 64MB
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
checkpoint_timeout = 1h
max_wal_size = 4GB
autovacuum = off
"""
# logins belong to the whole server: what a test changes of them, the next hall must not find
_LOGINS = """
SELECT a.rolname, a.rolcanlogin, a.rolpassword, coalesce(a.rolvaliduntil::text, 'infinity'),
  ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
    WHERE m.member = a.oid ORDER BY 1)
FROM pg_authid a JOIN pg_auth_members s ON s.member = a.oid
JOIN pg_roles staff ON staff.oid = s.roleid AND staff.rolname = 'desk_staff'
"""
Logins = dict[str, tuple[Any, ...]]  # by name: whether, password, until when, groups
WHO_MAY_CONNECT = f"""
local all all trust
host all postgres,{OWNER} 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
"""


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program(name: str) -> str:
    """Return the path of a program of the newest PostgreSQL server installed here."""
    installed = Path("/usr/lib/postgresql").glob(f"[0-9]*/bin/{name}")
    newest = max(installed, key=lambda path: int(path.parts[-3]), default=None)
    found = newest or shutil.which(name)
    if found is None:
        pytest.fail("没有找到 PostgreSQL 服务器，请先运行 ./test.sh 安装。")
    return str(found)


def unprivileged() -> dict[str, Any]:
    """Return what makes subprocess leave root behind, as the server refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


class PostgresServer:
    """One server in a folder of its own, on a free port."""

    def __init__(self, folder: Path, data: Path | None = None) -> None:
        self._account = unprivileged()
        self._folder = folder
        self.data = folder / "data"
        self._numbers = itertools.count(1)
        self._logins: Logins = {}
        self._own: psycopg.Connection | None = None
        self._templates: dict[str, Template] = {}
        self._kept: dict[str, tuple[str, KeptDatabase]] = {}  # by database: what it was copied from
        self._idle: defaultdict[str, list[str]] = defaultdict(list)  # by template
        self.port = free_port()
        if self._account:
            os.chown(self._folder, self._account["user"], self._account["group"])
        SOCKETS[self.port] = str(folder)
        if data is None:
            self._initialise()
        else:  # keeps whose files they are
            subprocess.run(["cp", "-a", str(data), str(self.data)], check=True)
        self._process = self._start()
        if data is None:
            with closing(self.administrator()) as connection:
                connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE")

    def url(self, database: str, user: str = OWNER) -> str:
        """Return the address of one of its databases for the program."""
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"

    def create(self, template: str = "template0", name: str = "") -> str:
        """Return the name of a database like `template`: a new one, or one that is so again."""
        if not name and self._idle[template]:
            return self._idle[template].pop()
        self._let_go(template)  # nobody may be connected to it
        is_kept = not name and template != "template0"
        name = name or f"hall_{next(self._numbers)}"
        statement = "CREATE DATABASE {} OWNER {} TEMPLATE {}"
        if self._administrator().info.server_version >= COPIES_FILES:
            statement += " STRATEGY FILE_COPY"  # quicker than through the log
        self._execute(statement, name, OWNER, template)
        if is_kept:
            self._keep(name, template)
        return name

    def drop(self, database: str) -> None:
        """End the use of a database, whoever is still connected to it, and drop it.

        It is kept where it can be put back as it was. All logins are again as they were.
        """
        if not self._is_put_back(database):
            self._let_go(database)
            self._execute("DROP DATABASE {} WITH (FORCE)", database)
        _put_back(self._administrator(), self._logins)

    def kept(self, database: str) -> KeptDatabase:
        """Return one of those that are put back as they were."""
        return self._kept[database][1]

    def logins(self) -> Logins:
        """Return how the logins are now."""
        return _logins(self._administrator())

    def set_logins(self, logins: Logins) -> None:
        """Let the logins be as they once were."""
        _put_back(self._administrator(), logins)

    def remember_logins(self) -> None:
        """Remember how the logins are now: as they shall be whenever a test is over."""
        self._logins = self.logins()

    def administrator(self, database: str = "postgres") -> psycopg.Connection:
        """Return a connection with all rights, for what a hall would ask its administrator."""
        return psycopg.connect(
            host=str(self._folder),
            port=self.port,
            user="postgres",
            dbname=database,
            autocommit=True,
        )

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """Stop the server: at once, or so that its files are whole (SIGINT)."""
        for database in list(self._kept):
            self._let_go(database)
        if self._own is not None:
            self._own.close()
        self._process.send_signal(how)
        self._process.wait(PATIENCE)

    def _keep(self, database: str, template: str) -> None:
        connection = self.administrator(database)
        if template not in self._templates:
            self._templates[template] = Template.of(connection)
        self._kept[database] = template, KeptDatabase(connection, self._templates[template])
        ROOMS[self.port, database] = Rooms()

    def _is_put_back(self, database: str) -> bool:
        if database not in self._kept:
            return False
        template, kept = self._kept[database]
        idle = self._idle[template]
        if len(idle) >= MOST_IDLE or not kept.put_back(ROOMS[self.port, database].processes()):
            return False
        idle.append(database)
        return True

    def _let_go(self, database: str) -> None:
        if database in self._kept:
            self._kept.pop(database)[1].close()
            ROOMS.pop((self.port, database)).close()

    def _execute(self, statement: str, *names: str) -> None:
        named = map(sql.Identifier, names)
        self._administrator().execute(sql.SQL(statement).format(*named))

    def _administrator(self) -> psycopg.Connection:
        """Return the connection by which databases and logins are kept, from test to test."""
        if self._own is None or self._own.closed:
            self._own = self.administrator()
        return self._own

    def _initialise(self) -> None:
        options = [
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C",
            "--auth=trust",
            "--no-sync",
        ]
        subprocess.run(
            [program("initdb"), "-D", str(self.data), *options],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self._folder,
            **self._account,
        )
        (self.data / "pg_hba.conf").write_text(WHO_MAY_CONNECT)
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(CONFIGURATION)

    def _start(self) -> subprocess.Popen[bytes]:
        where = ["-D", "data", "-p", str(self.port), "-k", str(self._folder)]
        with (self._folder / "log").open("wb") as log:
            process = subprocess.Popen(
                # setpriv: the server must not outlive a test run that was killed
                ["setpriv", "--pdeathsig", "QUIT", program("postgres"), *where],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                start_new_session=True,
                **self._account,
            )
        self._wait_until_ready(process)
        return process

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        for _ in range(int(PATIENCE / 0.05)):
            try:
                self.administrator().close()
            except psycopg.OperationalError:
                try:
                    process.wait(0.05)
                except subprocess.TimeoutExpired:
                    continue
                break
            return
        pytest.fail("PostgreSQL 没有启动：\n" + (self._folder / "log").read_text())


def _logins(connection: psycopg.Connection) -> Logins:
    return {row[0]: row[1:] for row in connection.execute(_LOGINS)}


def _put_back(connection: psycopg.Connection, logins: Logins) -> None:
    now = _logins(connection)
    for name, was in logins.items():
        if now.get(name) == was:
            continue
        login = sql.Identifier(name)
        may, password, until, groups = was
        change = "ALTER ROLE {} " + ("LOGIN" if may else "NOLOGIN") + " PASSWORD {} VALID UNTIL {}"
        connection.execute(sql.SQL(change).format(login, password, until))
        for group in set(now[name][3]) - set(groups):
            statement = sql.SQL("REVOKE {} FROM {}")
            connection.execute(statement.format(sql.Identifier(group), login))
        for group in set(groups) - set(now[name][3]):
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), login))
