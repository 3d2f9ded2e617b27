"""A walk through every page: all can be named, reached without a mouse, and read to the end."""

import pytest

from desk.ui.admin_screen import AdminScreen
from desk.ui.list_form import ListForm
from desk.ui.pages import PAGES, reached_pages_of
from desk.ui.theme import wear
from tests.actions.work import LI, Work
from tests.ui.contrast import Judge
from tests.ui.walk import SIZES, troubles, unlabelled

# at 200 % (683 wide) these have no room for all their columns
NARROW = {"start", "early_actions", "bulletins", "rooms", "admin 工作日历", "admin 体检"}
# together they come to every page and to every part of the administration
WALKERS = ("周航", "李敏", "许诺", "顾敏", "高远", "王磊", "何平", "冯丽")


class Walk:
    """Opens all pages of one person after the other; what somebody has seen nobody looks at again.

    Attributes:
        seen: the pages and parts that were looked at.
        found: what was wrong, by page, size and kind.
    """

    def __init__(self, qapp, qtbot, open_window):
        self.qtbot, self.open_window = qtbot, open_window
        self.seen, self.found, self.judge = set(), {}, Judge()
        wear(qapp, self.judge.look)

    def go_as(self, name):
        window = self.open_window(name)
        window.setMinimumSize(*SIZES["200 %"])
        for page in reached_pages_of(window.desk.person):
            if page.name in self.seen and page.name != "admin":
                continue
            screen = window.pages.go(page.name)
            parts = screen.sections if isinstance(screen, AdminScreen) else [""]
            for part in parts:
                where = f"{page.name} {part}".strip()
                if where not in self.seen:
                    if part:
                        screen.show_section(part)
                    self.look(window, where)
            self.seen.add(page.name)

    def look(self, window, where):
        self.seen.add(where)
        for size, (wide, high) in SIZES.items():
            window.resize(wide, high)
            self.qtbot.waitUntil(lambda: not window.desk.tasks.is_busy)
            for _ in range(5):  # layouts come to rest
                self.qtbot.wait(1)
            wrong = self.troubles_of(window.pages.front)
            if size == "100 %":
                wrong["对比度"] = self.judge.poor(window)
                wrong["没有写出来的键"] = unlabelled(window, self.judge.heard)
            if size == "200 %" and where in NARROW:
                wrong.pop("截断", None)
            self.found |= {(where, size, what): found for what, found in wrong.items() if found}

    def troubles_of(self, page):
        """Return what is wrong, of both parts where list and form take turns."""
        wrong = troubles(page)
        for form in page.findChildren(ListForm):
            if form.isVisible() and form.is_narrow:
                form.show_form()
                self.qtbot.wait(1)
                wrong |= troubles(page)
        return wrong


@pytest.fixture
def walk(qapp, qtbot, open_window, sqlite_hall):
    Work(sqlite_hall, sqlite_hall.clock).register(LI)
    return Walk(qapp, qtbot, open_window)


def test_every_page_can_be_named_reached_and_read(walk):
    for name in WALKERS:
        walk.go_as(name)
    assert {page.name for page in PAGES} <= walk.seen
    assert walk.found == {}
