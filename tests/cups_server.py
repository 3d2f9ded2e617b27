"""A private CUPS server with one queue that prints into a folder, so that tests print for real."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

QUEUE = "desk_pdf"
PATIENCE = 15.0  # seconds in which the server must have started, stopped, or printed a paper
PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
BACKEND_SETTINGS = Path("/etc/cups")  # the one place where the cups-pdf backend looks for them
SERVER = """
Listen {folder}/socket
LogLevel warn
MaxLogSize 0
Browsing No
DefaultShared No
WebInterface No
ErrorPolicy abort-job
PreserveJobHistory Yes
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
FILES = """
ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/temp
AccessLog {folder}/access
ErrorLog {folder}/log
PageLog {folder}/pages
"""
PRINTER = """
<DefaultPrinter {queue}>
DeviceURI cups-pdf:/{instance}
State Idle
Accepting Yes
Shared No
</DefaultPrinter>
"""
BACKEND = """
Out {folder}/out
AnonDirName {folder}/out
Spool {folder}/backend
Log {folder}/backend
Grp root
Label 0
"""


@dataclass(frozen=True)
class PdfQueue:
    """A print queue whose paper is a folder of PDF files."""

    name: str
    folder: Path

    def papers(self, count: int = 1) -> list[Path]:
        """Wait until that many jobs are printed; return the files, the first printed first."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            # a job counts as completed only after the backend has closed its file
            command = ["lpstat", "-W", "completed", "-o", self.name]
            jobs = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            found = sorted(self.folder.glob("*.pdf"), key=lambda file: file.stat().st_mtime_ns)
            if len(jobs.splitlines()) >= count and len(found) >= count:
                return found
        log = (self.folder.parent / "log").read_text()
        pytest.fail(f"打印队列在 {PATIENCE:.0f} 秒内没有印完：\n{log}")


class CupsServer:
    """One cupsd with settings, spool and socket in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "socket"
        # the backend finds its settings by the name in the queue's address
        self._settings = BACKEND_SETTINGS / f"cups-pdf-{folder.name}.conf"
        self._configure()
        self._process = self._start()

    def empty(self) -> PdfQueue:
        """Return the queue with no paper and no job in it."""
        self._lp("cancel", "-a", "-x", QUEUE)
        for paper in (self.folder / "out").iterdir():
            paper.unlink()
        return PdfQueue(QUEUE, self.folder / "out")

    def stop(self) -> None:
        """Stop the server and take back the only file outside its folder."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(PATIENCE)
        self._settings.unlink()

    def _configure(self) -> None:
        for name in ("root/ppd", "spool", "cache", "state", "temp", "backend", "out"):
            (self.folder / name).mkdir(parents=True)
        self.folder.chmod(0o755)
        (self.folder / "temp").chmod(0o1777)  # the filters run as an unprivileged user
        root = self.folder / "root"
        (root / "cupsd.conf").write_text(SERVER.format(folder=self.folder))
        (root / "cups-files.conf").write_text(FILES.format(folder=self.folder))
        (root / "printers.conf").write_text(PRINTER.format(queue=QUEUE, instance=self.folder.name))
        shutil.copyfile(PPD, root / "ppd" / f"{QUEUE}.ppd")
        self._settings.write_text(BACKEND.format(folder=self.folder))

    def _start(self) -> subprocess.Popen[bytes]:
        root = self.folder / "root"
        files = ["-c", str(root / "cupsd.conf"), "-s", str(root / "cups-files.conf")]
        # setpriv: the server must not outlive a test run that was killed
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "/usr/sbin/cupsd", "-f", *files],
            start_new_session=True,
        )
        for _ in range(int(PATIENCE / 0.05)):
            if self.socket.exists() and self._lp("lpstat", "-r") == 0:
                self._lp("lpadmin", "-p", QUEUE, "-o", "PageSize=A4")
                return process
            try:
                process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            break
        pytest.fail("CUPS 没有启动：\n" + (self.folder / "log").read_text())

    def _lp(self, *command: str) -> int:
        environment = {**os.environ, "CUPS_SERVER": str(self.socket)}
        return subprocess.run(
            command, env=environment, stdout=subprocess.DEVNULL, check=False
        ).returncode


@pytest.fixture(scope="session")
def cups() -> Iterator[CupsServer]:
    """Run a CUPS server for this session (for each worker of it)."""
    if os.geteuid() != 0:
        pytest.skip("打印测试要启动 cups-pdf,只能由 root 运行。")
    with tempfile.TemporaryDirectory(prefix="desk-cups-") as folder:
        server = CupsServer(Path(folder))
        yield server
        server.stop()


@pytest.fixture
def pdf_queue(cups: CupsServer, monkeypatch: pytest.MonkeyPatch) -> PdfQueue:
    """Return an empty print queue, the only one that the program sees during this test."""
    monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
    return cups.empty()
