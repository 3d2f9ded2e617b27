"""Some cases of the demo have photos of before and after, drawn, and each kept once."""

from collections import Counter

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.demo.scenes import SCENES, scene
from desk.rules.codes import AttachmentKind
from desk.rules.file_kinds import media_type_of
from desk.store.engine import make_engine
from desk.store.models import Attachment, Blob


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_is_a_photo_that_changes_when_it_is_put_right(name):
    before, after = scene(name, is_done=False), scene(name, is_done=True)
    assert media_type_of(before) == media_type_of(after) == "image/jpeg"
    assert before != after
    assert scene(name, is_done=False) == before


def test_the_newest_cases_have_photos_and_each_photo_is_kept_once(demo_url):
    engine = make_engine(demo_url)
    with Session(engine) as session:
        rows = session.scalars(select(Attachment)).all()
        photos = session.scalars(select(Blob.sha256).where(Blob.media_type == "image/jpeg")).all()
    engine.dispose()

    kinds = Counter(row.kind for row in rows)
    assert kinds[AttachmentKind.BEFORE] >= kinds[AttachmentKind.AFTER] > 0
    assert kinds[AttachmentKind.AFTER] == kinds[AttachmentKind.RECORDING]
    assert len(photos) <= 2 * len(SCENES)
