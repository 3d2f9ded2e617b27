"""A desk with a journal in the small hall, for tests of what happens when the server goes away."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.intake import Appellant, RegisterCase
from desk.outbox.journal import Journal
from desk.outbox.outbox import Outbox
from desk.rules.codes import Channel, Exit, Purpose
from desk.store.database import Database
from desk.store.engine import make_engine
from desk.store.models import Case, Event
from tests.outbox.cable import Cable


class DeskOfLi:
    """李敏 at her counter, with a journal on her disk."""

    def __init__(self, hall, folder, name="李敏"):
        self.hall = hall
        self.told = []
        address = hall.sign_in(name).engine.url
        self.cable = Cable(address.port)
        engine = make_engine(address.set(host="127.0.0.1", port=self.cable.port))
        self.database = Database(engine, hall.person(name), clock=hall.clock)
        self.journal = Journal(folder / "outbox" / "journal.db")
        self.outbox = Outbox(
            self.journal, self.database, clock=hall.clock, on_pass=self.told.append
        )
        self.sender = self.outbox.sender

    def intake(self, details="三单元路灯不亮，晚上看不见路。", **facts):
        facts = {
            "exit": Exit.TRANSFER,
            "channel": Channel.VISIT,
            "purpose": Purpose.HELP,
            "category": self.hall.category("楼道漏电"),
            "first_unit": self.hall.unit("信联办"),
            "appellant": Appellant(name="王桂兰", phone="13800000001"),
            **self.hall.by("李敏"),
            **facts,
        }
        return RegisterCase(details=details, **facts)

    def numbers(self):
        with Session(self.hall.engine) as session:
            return list(session.scalars(select(Case.number).order_by(Case.seq)))

    def commands(self):
        with Session(self.hall.engine) as session:
            return set(session.scalars(select(Event.command)))

    def leave(self):
        self.journal.close()
        self.database.close()
        self.cable.throw_away()
