"""What is listed of a case's attachments: what they show, how long they run, who took them out."""

import io
import wave
from functools import partial

import pytest

from desk.actions.attachments import AddAttachment, MaskAttachment, TakeOutAttachment
from desk.queries.attachments import recording_seconds
from desk.queries.case_file import case_file
from desk.rules.codes import AttachmentKind
from desk.rules.file_kinds import FileFamily
from tests.ui.case_life import CaseLife

JPEG = b"\xff\xd8\xff\xe0 "


def spoken(seconds, rate=16_000):
    """Return silence as a recorder keeps it."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as made:
        made.setnchannels(2)
        made.setsampwidth(2)
        made.setframerate(rate)
        made.writeframes(bytes(4 * rate * seconds))
    return kept.getvalue()


@pytest.fixture
def life(hall):
    return CaseLife(hall)


@pytest.fixture
def read(hall):
    return lambda name, query, **options: hall.sign_in(name).read(partial(query, **options))


@pytest.fixture
def add(life):
    """Add a file to a case as the counter."""

    def added(case, name, content, **more):
        return life.do("李敏", AddAttachment, case, name=name, content=content, **more)

    return added


def test_attachments_say_what_they_show_and_whose_copy_they_are(life, read, add):
    case = life.register()
    photo = add(case, "楼道.jpg", JPEG, kind=AttachmentKind.BEFORE).made["attachment"]
    life.do("李敏", MaskAttachment, case, attachment=photo, content=JPEG + b"masked")
    add(case, "通话.wav", spoken(1))

    first, masked, recording = read("李敏", case_file, case_id=case).attachments

    assert (first.kind, first.masks_id, first.added_by) == (AttachmentKind.BEFORE, None, "李敏")
    assert (masked.masks_id, masked.is_picture) == (photo, True)
    assert (recording.family, recording.is_timed) == (FileFamily.RECORDING, True)


def test_a_long_recording_says_its_length_to_those_who_see_the_case(life, read, add):
    case = life.register(accused_unit=life.hall.unit("城建办"))
    recording = add(case, "通话.wav", spoken(40)).made["attachment"]  # more than two chunks
    length = partial(recording_seconds, attachment_id=recording)

    assert read("李敏", length) == 40
    assert read("赵强", length) is None


def test_who_took_a_photo_out_and_why_stands_in_the_history_of_the_case(life, read, add):
    case, other = life.register(), life.register()
    photo = add(case, "楼道.jpg", JPEG).made["attachment"]
    version = life.case(case).version
    life.do("李敏", TakeOutAttachment, case, attachment=photo, reason="公安调取，有函")

    file = read("李敏", case_file, case_id=case)

    step = file.steps[0]
    assert (step.title, step.detail) == ("带出附件（未遮挡）", "楼道.jpg　公安调取，有函")
    assert (step.who, file.version) == ("李敏", version)
    assert "带出" not in read("李敏", case_file, case_id=other).steps[0].title


def test_taking_a_photo_out_does_not_open_the_contact_data(life, read, add):
    case = life.register()
    photo = add(case, "楼道.jpg", JPEG).made["attachment"]
    assert read("秦岚", case_file, case_id=case).contact_data is None

    life.do("秦岚", TakeOutAttachment, case, attachment=photo, reason="核对现场")

    assert read("秦岚", case_file, case_id=case).contact_data is None
