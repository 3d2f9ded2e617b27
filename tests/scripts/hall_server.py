"""A hall's server as its IT person runs it: by the scripts, in a folder of its own."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path

import psycopg

from tests.house.sources import ROOT
from tests.postgres_server import free_port

SCRIPTS = ROOT / "scripts"
NAME = "hall.example"  # resolves nowhere: where it leads is said by `hostaddr`


def script_names() -> list[str]:
    """Return the scripts that are run; the shared one is only read."""
    return sorted(path.name for path in SCRIPTS.glob("*.sh") if path.name != "hall-server.sh")


class HallServer:
    """One server in a folder; `run` carries out a script on it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o755)
        self.folder = folder
        self.port = free_port()
        self.config = folder / "server.conf"
        self.data, self.backups = folder / "data", folder / "copies"
        self.root = folder / "certificates" / "hall-root.crt"

    def install(self, *more: str) -> subprocess.CompletedProcess[str]:
        """Install it, or set it up again."""
        places = {
            "--data": self.data,
            "--socket": self.folder,
            "--port": self.port,
            "--certificates": self.root.parent,
            "--backups": self.backups,
        }
        options = [str(word) for pair in places.items() for word in pair]
        names = ["--name", NAME, "--name", "127.0.0.1", "--network", "127.0.0.1/32"]
        return self.run("server-install.sh", *options, *names, "--no-service", *more)

    def be_like(self, other: "HallServer") -> None:
        """Take over the other's settings, as for a second server."""
        words = other.config.read_text().replace(str(other.folder), str(self.folder))
        self.config.write_text(words.replace(f"PORT={other.port}", f"PORT={self.port}"))

    def run(
        self, script: str, *options: str, given: str = "", good: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Run a script of the hall's; it must succeed, or fail with a sentence."""
        answer = subprocess.run(
            [str(SCRIPTS / script), "--config", str(self.config), *options],
            input=given,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "HALL_PYTHON": sys.executable, "LC_ALL": "C.UTF-8"}
            | {"STANDBY_WAIT": "8"},  # seconds; it is the same machine
        )
        assert (answer.returncode == 0) is good, answer.stdout + answer.stderr
        return answer

    def refused(self, script: str, *options: str, given: str = "") -> str:
        """Return the sentence with which a script refuses."""
        return self.run(script, *options, given=given, good=False).stderr

    def ask(self, question: str, database: str = "hall") -> list[tuple[object, ...]]:
        """Return what the server answers to whoever has all rights there."""
        with closing(self.administrator(database)) as connection:
            answer = connection.execute(question.encode())
            return answer.fetchall() if answer.description else []

    def administrator(self, database: str = "hall") -> psycopg.Connection:
        """Return a connection with all rights, over the socket."""
        return psycopg.connect(
            host=str(self.folder),
            port=self.port,
            user="postgres",
            dbname=database,
            autocommit=True,
        )

    def url(self, login: str, host: str = NAME, **more: str) -> str:
        """Return the address of the hall for a desk on the network."""
        query = {"hostaddr": "127.0.0.1", "sslrootcert": str(self.root)} | more
        words = "&".join(f"{name}={value}" for name, value in query.items() if value)
        return f"postgresql://{login}@{host}:{self.port}/hall?{words}"

    def log(self) -> str:
        """Return all that the server has written down."""
        return "".join(file.read_text() for file in sorted((self.data / "log").glob("*.log")))

    def stop(self) -> None:
        """Stop it at once, if it runs."""
        with suppress(AssertionError):
            self.run("server-fence.sh")


def kill(server: HallServer) -> None:
    """End all processes of a server at once, as a power cut does, and wait until none is left."""
    first = (server.data / "postmaster.pid").read_text().split("\n", 1)[0]
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", first], capture_output=True, text=True, check=True
    )
    everybody = [int(first), *map(int, listed.stdout.split())]
    for one in everybody:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    gone = threading.Event()
    for _ in range(200):
        if not any(Path(f"/proc/{one}").exists() for one in everybody):
            return
        gone.wait(0.05)  # whoever is no longer anybody's child is taken off the list by others
    raise AssertionError("a process of the server does not end")


def password_of(answer: subprocess.CompletedProcess[str]) -> str:
    """Return the password that a prepared primary has shown once."""
    return answer.stdout.strip().splitlines()[-1] + "\n"


def both(login: str, *servers: HallServer) -> str:
    """Return the one address with which a desk finds whichever of the servers may write."""
    query = {
        "host": ",".join(NAME for _ in servers),
        "port": ",".join(str(server.port) for server in servers),
        "hostaddr": ",".join("127.0.0.1" for _ in servers),
        "sslrootcert": str(servers[0].root),
        "target_session_attrs": "read-write",
    }
    return f"postgresql://{login}@/hall?" + "&".join(f"{k}={v}" for k, v in query.items())
