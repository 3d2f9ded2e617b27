"""A booking half written is kept on this workstation (排期草稿), and offered again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject

from desk.rules.mediation_codes import BookingPurpose
from desk.ui.desk import Desk
from desk.ui.drafts import draft_key, drafts_of
from desk.ui.rooms.arranging import Mode
from desk.ui.rooms.form_work import FormWork
from desk.ui.rooms.plan import Plan

_KIND = "booking"
_PLAIN = ("room", "caucus_room", "mediation", "title", "mediator", "recorder", "attendees")
_TICKS = ("needs_access", "staggers")


class KeptPlan(QObject):
    """Keeps what stands in the form of a new booking until it is booked or cleared."""

    def __init__(self, desk: Desk, form: FormWork, parent: QObject) -> None:
        super().__init__(parent)
        self._drafts, self._form = drafts_of(desk), form
        self._owner = desk.person.staff_id
        self._key = draft_key(_KIND, self._owner)
        self._is_kept = False
        form.changed.connect(self._keep)
        if self._drafts.is_loaded:
            self._offer()
        else:
            self._drafts.loaded.connect(self._offer)

    def _keep(self) -> None:
        plan = self._form.written()
        if self._form.mode is Mode.WRITING and plan is not None and plan.booking is None:
            self._is_kept = True
            self._drafts.keep(self._key, _KIND, self._owner, content_of(plan))
        elif self._form.mode is Mode.IDLE and self._form.arranging.plan is None and self._is_kept:
            self._is_kept = False
            self._drafts.drop(self._key)

    def _offer(self) -> None:
        draft = self._drafts.get(self._key)
        plan = plan_in(draft.content) if draft is not None else None
        if plan is not None and self._form.arranging.plan is None:
            self._is_kept = True
            self._form.arranging.put_away(plan)


def content_of(plan: Plan) -> dict[str, Any]:
    """Return a plan as plain data."""
    content = {name: getattr(plan, name) for name in (*_PLAIN, *_TICKS)}
    return content | {
        "purpose": str(plan.purpose),
        "starts_at": plan.starts_at.isoformat(),
        "ends_at": plan.ends_at.isoformat(),
    }


def plan_in(content: Mapping[str, Any]) -> Plan | None:
    """Return the plan in a draft; None where an older program wrote it otherwise."""
    try:
        return Plan(
            **{name: content[name] for name in (*_PLAIN, *_TICKS)},
            purpose=BookingPurpose(content["purpose"]),
            starts_at=datetime.fromisoformat(content["starts_at"]),
            ends_at=datetime.fromisoformat(content["ends_at"]),
        )
    except (KeyError, ValueError, TypeError):
        return None
