"""The server as the scripts set it up: what it keeps to, who comes in, and what twice does."""

import shutil
import subprocess
import time

import psycopg
import pytest

from desk.rules.errors import DatabaseAway, NotAllowed
from desk.store.signing_in import sign_in
from tests.scripts.hall_server import NAME, SCRIPTS, HallServer, script_names

ADMINISTRATOR, PASSWORD = "9001", "admin-2026"


def settings_of(server, *names):
    return {name: server.ask(f"SHOW {name}")[0][0] for name in names}


def names_in(certificate):
    shown = subprocess.run(
        ["openssl", "x509", "-in", str(certificate), "-noout", "-ext", "subjectAltName"],
        capture_output=True,
        text=True,
        check=True,
    )
    return shown.stdout


@pytest.mark.parametrize("script", script_names())
def test_every_script_says_how_it_is_used(script):
    answer = subprocess.run(
        [str(SCRIPTS / script), "--help"], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0
    assert answer.stdout.startswith("用法：")
    assert "--config" in answer.stdout


@pytest.mark.parametrize("script", script_names())
def test_an_unknown_option_is_refused_in_one_sentence(script):
    answer = subprocess.run(
        [str(SCRIPTS / script), "--wrong"], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith("没有做成：")


def test_the_scripts_are_sound():
    files = [str(path) for path in sorted(SCRIPTS.glob("*.sh"))]
    for file in files:
        subprocess.run(["bash", "-n", file], check=True)
    if shutil.which("shellcheck"):  # not packaged everywhere
        found = subprocess.run(
            ["shellcheck", *files], capture_output=True, text=True, check=False, cwd=SCRIPTS
        )
        assert found.stdout == ""


def test_what_is_saved_is_on_the_disk_and_passwords_are_scram(server):
    wanted = {
        "ssl": "on",
        "ssl_min_protocol_version": "TLSv1.2",
        "password_encryption": "scram-sha-256",
        "data_checksums": "on",
        "fsync": "on",
        "synchronous_commit": "on",
        "TimeZone": "Asia/Shanghai",
        "log_connections": "on",
        "idle_in_transaction_session_timeout": "1min",
        "shared_preload_libraries": "auth_delay",
    }
    assert settings_of(server, *wanted) == wanted


def test_everything_belongs_to_a_role_that_nobody_logs_in_as(server):
    assert server.ask("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'") == [
        ("desk_owner",)
    ]
    assert server.ask("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'desk_owner'") == [(False,)]


def test_the_log_says_what_failed_and_nothing_about_whom(server):
    with server.administrator() as connection, pytest.raises(psycopg.Error):
        connection.execute("INSERT INTO streets (id, name) VALUES (1, '虚构的张三')")
    assert "null value in column" in server.log()
    assert "虚构的张三" not in server.log()


def test_set_up_again_it_keeps_its_street_and_its_certificate(server):
    before = server.root.with_name("server.crt").read_bytes()
    assert "证书还有效" in server.install().stdout
    assert server.root.with_name("server.crt").read_bytes() == before
    assert server.ask("SELECT name FROM streets") == [("青榕街道",)]
    assert "已是“青榕街道”的" in server.run("first-administrator.sh").stdout


def test_a_certificate_is_renewed_from_the_same_root(server, tmp_path):
    root = server.root.read_bytes()
    before = server.root.with_name("server.crt").read_bytes()
    server.run("server-certificates.sh", "--renew", "--out", str(tmp_path))
    assert server.root.with_name("server.crt").read_bytes() != before
    assert (tmp_path / "hall-root.crt").read_bytes() == root
    assert f"DNS:{NAME}, IP Address:127.0.0.1" in names_in(server.root.with_name("server.crt"))
    sign_in(server.url(ADMINISTRATOR), ADMINISTRATOR, PASSWORD).close()  # it is in use


def test_a_name_that_is_none_gets_no_certificate(server):
    assert "不像主机名" in server.refused("server-certificates.sh", "--name", "a b")


def test_the_first_administrator_comes_in_over_an_encrypted_way(server):
    database = sign_in(server.url(ADMINISTRATOR), ADMINISTRATOR, PASSWORD)
    with database.engine.connect() as connection:
        used = connection.exec_driver_sql(
            "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl"
        ).scalar()
    database.close()
    assert used == "TLSv1.3"


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"host": "other.example"}, "名称和它的证书对不上"),
        ({"host": "other.example", "sslmode": "require"}, "名称和它的证书对不上"),
        ({"sslrootcert": ""}, "还没有选服务器的根证书"),
        ({"sslrootcert": "gone.crt"}, "找不到服务器的根证书“gone.crt”"),
    ],
)
def test_no_other_way_leads_in(server, how, words):
    with pytest.raises(DatabaseAway, match=words):
        sign_in(server.url(ADMINISTRATOR, **how), ADMINISTRATOR, PASSWORD)


def test_the_root_of_another_hall_does_not_vouch_for_this_server(server, servers):
    stranger = HallServer(servers / "stranger")
    stranger.run(
        "server-certificates.sh", "--certificates", str(stranger.root.parent), "--name", NAME
    )
    with pytest.raises(DatabaseAway, match="不是本大厅的"):
        sign_in(server.url(ADMINISTRATOR, sslrootcert=str(stranger.root)), ADMINISTRATOR, PASSWORD)


def test_clear_text_is_refused_by_the_server(server):
    with pytest.raises(psycopg.OperationalError, match="no encryption"):
        psycopg.connect(
            host="127.0.0.1",
            port=server.port,
            user=ADMINISTRATOR,
            password=PASSWORD,
            dbname="hall",
            sslmode="disable",
        )


def test_whoever_says_a_wrong_password_waits_and_is_told(server):
    begun = time.monotonic()
    with pytest.raises(NotAllowed, match="工号或密码不对"):
        sign_in(server.url(ADMINISTRATOR), ADMINISTRATOR, "not-his-2026")
    assert time.monotonic() - begun >= 1.0  # as the server makes whoever guesses wait
