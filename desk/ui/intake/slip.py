"""The slip of an intake that waits here (暂存回执): printed at once, without the server.

Once the case has its own number, the receipt of the case takes its place; the square code on the
slip opens the same case.
"""

import hashlib
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from desk.forms import render_waiting_slip
from desk.queries.intake import IntakeHall
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.settings import fonts_folder
from desk.ui.desk import Desk
from desk.ui.intake.facts import channel_of, lines_of, material_of
from desk.ui.intake.saving import Saved
from desk.ui.printing import ReadyPaper, papers_of

_CODE = "receipt"


def print_slip(
    desk: Desk, saved: Saved, hall: IntakeHall, *, owner: QObject, is_asked: bool
) -> None:
    """Print what the resident takes home now: the temporary number, and how it goes on."""
    work = partial(waiting_slip, saved, hall, desk.person.name, desk.now())
    send = papers_of(desk).send_to_usual
    desk.work(work, owner=owner, done=partial(send, is_asked=is_asked))


def waiting_slip(
    saved: Saved, hall: IntakeHall, taken_by: str, received_at: datetime
) -> ReadyPaper:
    """Return the slip, ready to be printed; it belongs to no stored paper."""
    paper = render_waiting_slip(
        slip_row(saved, hall, taken_by, received_at), fonts_folder=fonts_folder()
    )
    return ReadyPaper(
        paper_id=None,
        case_id=saved.case,
        code=_CODE,
        number=saved.number,
        pdf=paper.pdf,
        sha256=hashlib.sha256(paper.pdf).hexdigest(),
        pages=paper.pages,
        missing=paper.missing,
    )


def slip_row(
    saved: Saved, hall: IntakeHall, taken_by: str, received_at: datetime
) -> dict[str, Any]:
    """Return what the slip says: the keys are those of the receipt."""
    content = saved.sent.content
    moment = f"{in_shanghai(received_at):%Y-%m-%dT%H:%M}"
    category = next((c.path for c in hall.categories if c.id == content.get("category")), "")
    unit = next((u for u in hall.units if u.id == content.get("first_unit")), None)
    materials = (material_of(line) for line in lines_of(content, "materials"))
    matters = list(lines_of(content, "matters"))
    return {
        "number": saved.number,
        "serial": saved.number,
        "qr": f"CD1:{saved.case}:{_CODE}:{saved.case}",
        "office": hall.issuer,
        "seal_place": True,
        "filled_by": taken_by,
        "checked_by": None,
        "filled_on": moment[:10],
        "received_at": moment,
        "appellant": content.get("name") or None,
        "channel": label(channel_of(content)),
        "category": category.replace(" › ", " / "),
        "matters": matters or [str(content.get("details") or "").strip()],
        "materials": [
            {"name": m.name, "copies": m.copies, "kind": "原件" if m.is_original else "复印件"}
            for m in materials
        ],
        "first_responder": hall.staff_name(content.get("first_responder")) or taken_by,
        "lead_unit": unit.short_name if unit else None,
        "unit_phone": unit.phone if unit else None,
        "promised_by": None,
        "ask_how": hall.query_hint,
    }
