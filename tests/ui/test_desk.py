"""The door to the database: who leaves it lets what is under way come through first."""

from threading import Event

from tests.actions.work import Work


def test_leaving_waits_for_what_is_under_way_and_leaves_no_connection(qtbot, desk_of):
    desk = desk_of("李敏")
    may_go_on, answers = Event(), []

    def slow(reader):
        reader.session.connection()
        return may_go_on.wait(20)

    desk.ask(slow, owner=desk, done=answers.append)
    desk.leave()
    may_go_on.set()
    qtbot.waitUntil(lambda: not desk.tasks.is_busy)

    assert answers == [True]
    pool = desk._database.engine.pool
    assert (pool.checkedin(), pool.checkedout()) == (0, 0)


def test_who_left_may_ask_again(qtbot, desk_of):
    desk, names = desk_of("李敏"), []
    desk.leave()
    desk.ask(lambda reader: reader.person.name, owner=desk, done=names.append)
    qtbot.waitUntil(lambda: names == ["李敏"])


def test_an_answer_that_comes_after_leaving_leaves_no_connection_either(qtbot, desk_of):
    desk, names = desk_of("李敏"), []
    desk.leave()
    desk.ask(lambda reader: reader.session.connection() and "读过", owner=desk, done=names.append)
    qtbot.waitUntil(lambda: names == ["读过"])
    pool = desk._database.engine.pool
    assert (pool.checkedin(), pool.checkedout()) == (0, 0)


def test_a_save_goes_past_a_read_that_hangs(qtbot, desk_of, sqlite_hall):
    desk, may_go_on, told = desk_of("李敏"), Event(), []

    def slow(reader):
        reader.session.connection()
        may_go_on.wait(20)
        return "读完"

    desk.ask(slow, owner=desk, done=told.append)
    request = Work(sqlite_hall, sqlite_hall.clock).intake("李敏")
    desk.act(request, owner=desk, done=lambda _changes: told.append("已保存"))
    qtbot.waitUntil(lambda: bool(told), timeout=10000)
    may_go_on.set()
    qtbot.waitUntil(lambda: not desk.tasks.is_busy)

    assert told == ["已保存", "读完"]
