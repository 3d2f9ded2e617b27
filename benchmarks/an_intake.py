"""An appeal as it is taken in at a counter of the demo street (登记一件), for what is measured."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.intake import Appellant, RegisterCase
from desk.rules.codes import Channel, Exit
from desk.store.database import Database
from desk.store.models import Category


def an_intake(database: Database) -> RegisterCase:
    """Return what a clerk of the demo street saves when somebody complains about a lift."""
    with Session(database.engine) as session:
        category = session.scalars(select(Category.id).where(Category.name == "电梯")).one()
    return RegisterCase(
        made_by=database.person.staff_id,
        happened_at=database.now(),
        exit=Exit.TRANSFER,
        channel=Channel.VISIT,
        details="7 栋电梯反复停在 3、4 层之间。请求尽快修好。",
        category=category,
        first_unit=database.person.home_unit_id,
        appellant=Appellant(name="陈桂芳", phone="13800000023", address="榕荫里小区 7 栋"),
    )
