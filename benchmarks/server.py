"""A real PostgreSQL server for measuring: set up as a hall's, and treated badly where asked.

It lives in a folder of its own, on a free port of this machine, and goes with the program that
started it. Nobody is asked for a password: logins are real, and so are their rights.
"""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.postgres_server import OWNER, free_port, program, unprivileged

PATIENCE = 60.0
_WHO = "local all all trust\nhost all all 127.0.0.1/32 trust\n"
_SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{folder}'
timezone = 'Asia/Shanghai'
max_connections = 500
shared_buffers = 1GB
work_mem = 16MB
maintenance_work_mem = 512MB
effective_cache_size = 8GB
max_wal_size = 8GB
jit = off
client_connection_check_interval = '2s'
"""


class Server:
    """One server; it can be killed, frozen and started again."""

    def __init__(self, folder: Path) -> None:
        self._account = unprivileged()
        # the server goes with the thread that started it, so this one lives as long as the program
        self._starter = ThreadPoolExecutor(1)
        self.folder = folder
        self.port = free_port()
        folder.chmod(0o755)
        if self._account:
            os.chown(folder, self._account["user"], self._account["group"])
        options = ["--username=postgres", "--encoding=UTF8", "--locale=C", "--auth=trust"]
        subprocess.run(
            [program("initdb"), "-D", str(folder / "data"), *options],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            **self._account,
        )
        (folder / "data" / "pg_hba.conf").write_text(_WHO)
        with (folder / "data" / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS.format(port=self.port, folder=folder))
        self.start()
        with self.superuser() as connection:
            connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE")

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = self._starter.submit(self._run).result()
        give_up = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._process.poll() is None, (self.folder / "log").read_text()[-2000:]
            assert time.monotonic() < give_up, "the server does not start"
            time.sleep(0.02)

    def _run(self) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                ["setpriv", "--pdeathsig", "QUIT", program("postgres"), "-D", "data"],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                **self._account,
            )

    def stop(self) -> None:
        """Stop it in order, whoever is connected."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Kill all its processes, and wait until they are gone."""
        os.kill(self._process.pid, signal.SIGSTOP)  # it takes no more calls
        several = self.processes()
        for process in reversed(several):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.wait(PATIENCE)
        while any(_lives(process) for process in several):
            time.sleep(0.01)

    def freeze(self) -> None:
        """Stop all its processes where they are; the kernel goes on answering for them."""
        self._tell(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on."""
        self._tell(signal.SIGCONT)

    def processes(self) -> list[int]:
        """Return its processes, those of its connections with them."""
        found = [self._process.pid]
        for task in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                facts = task.read_text().rsplit(") ", 1)[1].split()
                if int(facts[1]) == self._process.pid and facts[0] != "Z":
                    found.append(int(task.parent.name))
        return found

    def create(self, name: str) -> str:
        """Create a database and return its address for whoever maintains it."""
        with self.superuser() as connection:
            connection.execute(f'CREATE DATABASE "{name}" OWNER {OWNER}')
        return self.url(name)

    def url(self, name: str, user: str = OWNER, port: int | None = None) -> str:
        """Return the address of a database for the program."""
        return f"postgresql://{user}@127.0.0.1:{port or self.port}/{name}"

    @contextmanager
    def superuser(self, database: str = "postgres") -> Iterator[psycopg.Connection]:
        """Give a connection that no right binds."""
        with psycopg.connect(
            host=str(self.folder), port=self.port, user="postgres", dbname=database, autocommit=True
        ) as connection:
            yield connection

    def _answers(self) -> bool:
        try:
            with self.superuser():
                return True
        except psycopg.OperationalError:
            return False

    def _tell(self, what: signal.Signals) -> None:
        for process in self.processes():
            with suppress(ProcessLookupError):
                os.kill(process, what)

    def _end(self, how: signal.Signals) -> None:
        if self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(") ", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


@contextmanager
def running_server(where: str | None = None) -> Iterator[Server]:
    """Run a server for as long as it is measured; nothing of it is left.

    Args:
        where: the folder in which its folder is made; that of all temporary files by default.
    """
    with tempfile.TemporaryDirectory(prefix="desk-bench-", dir=where) as folder:
        server = Server(Path(folder))
        try:
            yield server
        finally:
            server.thaw()
            server.stop()
