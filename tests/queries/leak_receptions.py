"""Kept cases on a reception day, and appointments that are kept from somebody (接访、预约)."""

from datetime import timedelta

from desk.actions.appointments import BookAppointment
from desk.actions.receptions import BringForward, RecordReception
from desk.actions.roster import SetDuty, SetDutyPost
from desk.rules.moments import start_of
from desk.rules.reception_codes import ReceptionOutcome
from tests.small_hall import COMMAND_LINE


def receive(work, kept, marks):
    """Bring a case of each kind before a leader; return the post and appointments by kind."""
    day = work.clock().date()
    facts = {"unit": work.unit("信联办"), "weekday": day.weekday(), "reception_place": "接访室"}
    made = work.ask(COMMAND_LINE, SetDutyPost, name="接访", hours="00:00-24:00", **facts)
    post = made.made["post"]
    work.ask(COMMAND_LINE, SetDuty, post=post, day=day, people="老主任")
    for kind, cases in kept.items():
        words = marks[kind][0]
        forward = {"post": post, "day": day, "why": words}
        row = work.ask(COMMAND_LINE, BringForward, cases[0], **forward).made["reception"]
        said = {"opinion": words, "outcome": ReceptionOutcome.ASSIGNED, "follow_due": day}
        said |= {"follow_unit": work.unit("城建办"), "received_at": work.clock()}
        work.ask(COMMAND_LINE, RecordReception, cases[0], reception=row, **said)
    about = {
        "about_him": {"accused_staff": work.staff("周航")},
        "about_his_unit": {"accused_unit": work.unit("城建办")},
    }
    return post, {
        kind: [_booked(work, day, at, marks[kind], facts | {"post": where}) for at, where in places]
        for kind, facts in about.items()
        for places in [[(22, post), (15, None)]]
    }


def _booked(work, day, hour, mark, facts):
    words, name, phone = mark
    at = start_of(day) + timedelta(hours=hour)
    who = {"name": name, "phone": phone, "matter": words}
    return work.ask(COMMAND_LINE, BookAppointment, starts_at=at, **who, **facts).made["appointment"]
