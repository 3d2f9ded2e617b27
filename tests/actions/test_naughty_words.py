"""Every text field of every request: kept, tidied the same way, or refused in Chinese."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Text, literal, select
from sqlalchemy.orm import Session

from desk.actions.attachments import AddAttachment
from desk.actions.closing import AddNote, CorrectCase, RevealPrivate
from desk.actions.contacts import RecordContact
from desk.actions.handling import FinishHandling, RecordVerification
from desk.actions.intake import Appellant, MaterialFacts
from desk.actions.opinions import WriteOpinion
from desk.rules.codes import ContactResult, Exit, HandlingResult
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.text_gate import Field, clean
from desk.store.gate import amount, as_typed, cleaned, words
from desk.store.models import Attachment, Material, Matter, Opinion, PrivateFacts, Round
from tests.actions.work import LI, ZHAO, S

FILE = Path(__file__).parents[1] / "files" / "blns.json"
# RELIABILITY.md 6: what engines and readers stumble over, beside the public list
OWN = (
    "NUL\x00mitten",
    "\ud800",
    "\u202eabc\u202c",
    "\u200b\u200d\ufeff",
    "e\u0301\u0323",
    "𠮷㛃𬱖𫖯",
    "\U00030000\U0003134f",
    "=cmd|'/c calc'!A1",
    "%_\\",
    "' OR 1=1; --",
    "<b>未闭合 & <img src=x>",
    "../../etc/passwd",
    "C:\\con",
    "一行\r\n两行\x85三行\u2028四行",
    "字" * 199,
    "字" * 201,
    "字" * 20_001,
    "\x1b[31m",
    "²１Ⅷ",
    "  前后空白　",
    "👨\u200d👩\u200d👧",
)
WORDS = sorted({*json.loads(FILE.read_text("utf-8")), *OWN})
SOME = sorted({*WORDS[::5], *OWN})  # for requests that share the gate just tried
CHUNK = 24


def expected(text, kind):
    """Return what the gate makes of a text, or None where it refuses it."""
    try:
        return clean(text, kind).text
    except RuleBroken:
        return None


def tried(attempt):
    """Return what an attempt gives, or None after a sentence in Chinese."""
    try:
        return attempt()
    except DeskError as error:
        refusal = str(error)
    assert any("\u4e00" <= mark <= "\u9fff" for mark in refusal)
    return None


def one(work, table, case):
    with Session(work.hall.engine) as session:
        return session.scalars(select(table).where(table.case_id == case)).first()


def of_appellant(word):
    return Appellant(
        name=word,
        phone=word,
        other_phone=word,
        address=word,
        site=word,
        workplace=word,
        guardian=word,
        representatives=word,
        other_party=word,
        id_number=word,
    )


def everywhere(work, word):
    """Return a request with the word in every text field of the counter."""
    return work.intake(
        exit=Exit.ON_SPOT,
        details=f"内容：{word}",
        request=word,
        summary=word,
        answer=f"答复：{word}",
        note=word,
        platform=word,
        occurred=word,
        litigation=word,
        needs=(word,),
        matters=(word, "第二件"),
        materials=(MaterialFacts(word),),
        appellant=of_appellant(word),
    )


@pytest.mark.parametrize("start", range(0, len(WORDS), CHUNK))
def test_any_words_at_the_counter_are_kept_tidied_or_refused(work, start):
    """In all fields at once; where one of them refuses the word, in the long fields alone.

    On the server only some: the gate stands before both engines, and the next test shows that what
    it lets through comes back from there letter by letter.
    """
    for word in WORDS[start : start + CHUNK]:
        if work.is_postgresql and word not in SOME:
            continue
        request = everywhere(work, word)
        made = tried(lambda r=request: work.desk(LI).carry_out(r))
        if made is None:
            details = f"内容：{word}"
            case = tried(lambda d=details, w=word: work.register(details=d, note=w))
            assert (case is None) == (expected(details, Field.BODY) is None)
        else:
            case = request.case
            facts = one(work, PrivateFacts, case)
            assert (facts.name or "") == expected(word, Field.NAME)
            assert (facts.address or "") == expected(word, Field.TITLE)
            assert one(work, Material, case).name == expected(word, Field.TITLE)
            assert work.all(Matter, case)[0].content == (expected(word, Field.BODY) or "第二件")
        if case is not None:
            kept = work.case(case)
            assert kept.details == expected(f"内容：{word}", Field.BODY)
            assert (kept.note or "") == expected(word, Field.BODY)
            assert 0 < len(kept.summary) <= 200


def test_what_the_gate_lets_through_comes_back_letter_by_letter(work):
    tidy = [text for text in (expected(word, Field.BODY) for word in WORDS) if text]
    with Session(work.hall.engine) as session:
        back = session.execute(select(*(literal(text, Text) for text in tidy))).one()
    assert [(came, went) for came, went in zip(back, tidy, strict=True) if came != went] == []


@pytest.mark.parametrize("start", range(0, len(SOME), CHUNK * 2))
def test_any_words_while_handling_are_kept_tidied_or_refused(work, start):
    """On the server only what engines stumble over: the rest ends at the gate, or comes back."""
    case = work.to(S.ACCEPTED)
    for word in SOME[start : start + CHUNK * 2]:
        if work.is_postgresql and word not in OWN:
            continue
        note = tried(lambda w=word: work.ask(LI, AddNote, case, note=w))
        if note is not None:
            assert work.history(case)[-1].payload["detail"] == expected(word, Field.BODY)
        tried(lambda w=word: work.ask(LI, RevealPrivate, case, reason=w))
        tried(
            lambda w=word: work.ask(ZHAO, RecordContact, case, result=ContactResult.REACHED, note=w)
        )
        tried(lambda w=word: work.ask(LI, CorrectCase, case, name=w, address=w, reason="核对"))
        tried(
            lambda w=word: work.ask(
                LI,
                AddAttachment,
                case,
                name=w,
                content=b"\x89PNG\r\n\x1a\n" + w.encode("utf-8", "replace"),
            )
        )
    with Session(work.hall.engine) as session:
        names = session.scalars(select(Attachment.name).where(Attachment.case_id == case)).all()
    assert names
    assert not [name for name in names if "/" in name or "\\" in name or len(name) > 120]


@pytest.mark.parametrize("word", SOME[::5], ids=ascii)
def test_any_words_in_an_opinion_are_kept_tidied_or_refused(work, word):
    case = work.to(S.ACCEPTED)
    tried(lambda: work.ask(ZHAO, RecordContact, case, result=ContactResult.REACHED, note=word))
    if tried(lambda: work.ask(ZHAO, RecordVerification, case, note=word)) is None:
        return
    if work.case(case).status is not S.HANDLING:
        return
    done = tried(
        lambda: work.ask(
            ZHAO, FinishHandling, case, result=HandlingResult.SOLVED, measures=f"办法{word}"
        )
    )
    if done is None:
        return
    assert one(work, Round, case).measures == expected(f"办法{word}", Field.BODY)
    written = tried(
        lambda: work.ask(
            ZHAO,
            WriteOpinion,
            case,
            title=word,
            acceptance=word,
            findings=word,
            decision=word,
            basis=word,
        )
    )
    if written is not None:
        assert one(work, Opinion, case).decision == expected(word, Field.BODY)


def test_the_gate_looks_into_every_part_of_a_request(work):
    request = work.intake(
        details=" 甲\x00 ", needs=(" 轮椅 ",), materials=(MaterialFacts(" 照片 "),)
    )

    tidy = cleaned(request)

    assert tidy.details == "甲"
    assert tidy.needs == ("轮椅",)
    assert tidy.materials == (MaterialFacts("照片"),)
    assert cleaned(tidy) is tidy
    assert cleaned(7) == 7
    assert cleaned(date) is date
    assert replace(tidy, details=" 甲\x00 ") != tidy


def test_fields_say_how_they_are_to_be_cleaned():
    assert words("标题", default="").metadata["gate"][1] == "标题"
    assert amount("份数", 1, default=1).metadata["amount"][:2] == ("份数", 1)
    assert as_typed().repr is False
