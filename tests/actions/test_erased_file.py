"""After an erasure the file of a small hall, read byte by byte, says nothing of him any more."""

from pathlib import Path

from desk.actions.attachments import AddAttachment
from desk.actions.closing import RevealPrivate
from desk.actions.erasing import AskErasure, CarryOutErasure, DecideErasure
from desk.actions.intake import Appellant
from desk.rules.codes import Exit
from desk.rules.privacy_codes import ErasureGround
from tests.actions.work import HE, LI, WU, ZHENG, Work

NAME, PHONE, NUMBER = "缪无双", "13800000071", "440900199003071238"
ADDRESS, CONTENT, WHY = "榕荫里六栋", "秘而不宣的事", "核对门牌的理由"
PIECES = ("缪无", "榕荫", "而不", "门牌", "0071")  # as the token index keeps them


def said_in_the_file(hall):
    """Return which words the file, and what lies beside it, hold anywhere."""
    file = Path(hall.engine.url.database)
    bytes_there = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    marks = (NAME, PHONE, ADDRESS, NUMBER, CONTENT, WHY, *PIECES)
    return {mark for mark in marks if mark.encode() in bytes_there}


def bring(work):
    him = Appellant(name=NAME, phone=PHONE, address=ADDRESS, id_number=NUMBER)
    facts = {"details": f"{CONTENT}。" * 90, "summary": CONTENT, "answer": CONTENT}
    case = work.register(LI, appellant=him, exit=Exit.GUIDANCE, guided_to="水务", **facts)
    work.ask(WU, RevealPrivate, case, reason=WHY)
    pdf = f"%PDF-1.7\n% {NAME}\n%%EOF\n".encode()
    work.ask(LI, AddAttachment, case, name=f"{NAME}.pdf", content=pdf)
    asked = {"ground": ErasureGround.WISH, "reason": f"{NAME}来信"}
    erasure = work.ask(HE, AskErasure, case, **asked).made["erasure"]
    work.ask(ZHENG, DecideErasure, erasure=erasure, is_granted=True)
    return erasure


def test_nothing_of_him_is_left_in_the_bytes_of_the_file(sqlite_hall):
    work = Work(sqlite_hall, sqlite_hall.clock)
    erasures = [bring(work), bring(work)]
    work.register(LI, appellant=Appellant(name="陈桂芳", phone="13800000023"))
    assert said_in_the_file(sqlite_hall) >= {NAME, PHONE, ADDRESS, CONTENT, WHY}

    for erasure in erasures:
        work.ask(HE, CarryOutErasure, erasure=erasure)

    assert said_in_the_file(sqlite_hall) == set()
