"""Somebody before one page of the program, with what it says to him."""


class BeforePage:
    """Opens a page at the size that a hall's screen leaves for it and waits until it is calm."""

    def __init__(self, qtbot, desk, life, page):
        self.qtbot, self.desk, self.life, self.page = qtbot, desk, life, page
        desk.set_time(life.hall.clock())
        self.said = []
        page.said.connect(self.said.append)
        desk.tasks.said.connect(self.said.append)
        qtbot.addWidget(page)
        page.resize(1214, 690)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.arrive()
        self.rest()

    def is_busy(self):
        """Return whether the page itself is still at something."""
        return False

    def rest(self):
        """Wait until everything asked has been answered."""
        self.qtbot.waitUntil(
            lambda: not self.desk.tasks.is_busy and not self.is_busy(), timeout=15000
        )
