"""A second server follows, takes over when the first one dies, and the first one comes back."""

import pytest

from benchmarks.failover import drill
from desk.store.signing_in import sign_in
from tests.scripts.hall_server import SCRIPTS, HallServer, both, kill, password_of
from tests.scripts.test_installing import ADMINISTRATOR, PASSWORD

MARK = "CREATE TABLE IF NOT EXISTS marks (word text); INSERT INTO marks VALUES ('{}')"


def mark(server, word):
    server.ask(MARK.format(word), "postgres")


def marks(server):
    return [row[0] for row in server.ask("SELECT word FROM marks ORDER BY 1", "postgres")]


def in_order(*servers):
    """Return the one that writes, then the one that follows it."""
    return sorted(servers, key=lambda one: one.ask("SELECT pg_is_in_recovery()") == [(True,)])


@pytest.fixture(scope="module")
def standby(servers, server):
    """Return a second server that follows the first, which waits for it at every save."""
    made = HallServer(servers / "b")
    made.be_like(server)
    password = password_of(server.run("standby-setup.sh", "--prepare"))
    assert password.strip() not in server.log()
    assert "没有备用服务器在跟随" in server.refused("standby-setup.sh", "--synchronous")
    follow = ["--follow", "127.0.0.1", "--primary-port", str(server.port)]
    made.run("standby-setup.sh", *follow, "--root-certificate", str(server.root), given=password)
    server.run("standby-setup.sh", "--synchronous")
    yield made
    if in_order(server, made)[0] is server:
        server.run("standby-setup.sh", "--no-synchronous")
    else:  # whoever comes next finds the first one as it was
        fence = f"{SCRIPTS / 'server-fence.sh'} --config {made.config}"
        server.run("standby-promote.sh", "--fence", fence)
    made.stop()


def test_it_follows_over_an_encrypted_way_and_every_save_waits_for_it(server, standby):
    server, standby = in_order(server, standby)
    assert server.ask(
        "SELECT sync_state, ssl FROM pg_stat_replication JOIN pg_stat_ssl USING (pid)"
    ) == [("sync", True)]
    mark(server, "saved")
    assert "saved" in marks(standby)


def test_it_takes_over_only_when_the_first_one_can_write_no_more(server, standby):
    server, standby = in_order(server, standby)
    assert "请先隔离原主服务器" in standby.refused("standby-promote.sh")
    assert "没有隔离成" in standby.refused("standby-promote.sh", "--fence", "exit 1")
    assert standby.ask("SELECT pg_is_in_recovery()") == [(True,)]


def test_two_dead_primaries_lose_and_renumber_no_intake(server, standby):
    found = drill(*in_order(server, standby), kills=2)
    assert found.kills == 2
    assert len(found.acknowledged) > 50
    assert (found.lost, found.changed, found.doubled, found.gaps) == (0, 0, 0, 0)


def test_a_dead_server_is_replaced_and_comes_back_as_standby(server, standby):
    server, standby = in_order(server, standby)
    kill(server)
    fence = f"{SCRIPTS / 'server-fence.sh'} --config {server.config}"
    standby.run("standby-promote.sh", "--fence", fence)
    database = sign_in(
        both(ADMINISTRATOR, server, standby), ADMINISTRATOR, PASSWORD
    )  # as the desks do
    database.close()
    mark(standby, "taken over")
    assert "已被隔离" in server.refused("first-administrator.sh")  # it would start the server

    password = password_of(standby.run("standby-setup.sh", "--prepare"))
    back = ["--primary", "127.0.0.1", "--primary-port", str(standby.port)]
    assert "已改做" in server.run("standby-rejoin.sh", *back, given=password).stdout
    standby.run("standby-setup.sh", "--synchronous")
    mark(standby, "waited for")
    assert {"taken over", "waited for"} <= set(marks(server))
    assert "已在做备用" in server.run("standby-rejoin.sh", *back).stdout
    assert "已经是主服务器" in standby.run("standby-promote.sh", "--old-is-off").stdout
