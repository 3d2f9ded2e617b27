"""附件: what is told when a file cannot be taken, masked, taken out or taken down."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.attachments import AddAttachment, WithdrawAttachment
from desk.rules.deeds import Deed
from desk.store.models import Attachment
from desk.ui.attachments.strip import Thumb
from tests.exchange.camera import photo

CTRL, NO = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
K = Qt.Key
NO_FILE = (
    "“程序.exe”不是图片、录音、视频、PDF 或办公文档，没有收下。"
    "请另存成这些格式，或拍照、扫描后再加。"
)
OTHER_FILE = (
    "“照片.jpg”的名字说是“图片”，内容其实是“PDF”，没有收下。"
    "请核对来源；没有问题的，改对文件名的后缀再加。"
)


@pytest.fixture
def case(life):
    """A case with one photo."""
    made = life.at("handling")
    life.do("赵强", AddAttachment, made, name="箱前.jpg", content=photo(320, 240, seed=1))
    return made


def kept(life, case):
    """Return the attachments of a case."""
    with Session(life.hall.engine) as session:
        query = select(Attachment).where(Attachment.case_id == case).order_by(Attachment.id)
        return session.scalars(query).all()


def looks(clerk):
    """Open the first photo of the case with Enter; return the viewer and a key press in it."""
    clerk.page.papers.findChildren(Thumb)[0].setFocus()
    clerk.keys("Return")
    viewer = clerk.screen.work.attachments.viewer
    clerk.quiet()

    def press(key, held=NO):
        clerk.qtbot.keyClick(viewer.focusWidget() or viewer, key, held)
        clerk.quiet()

    return viewer, press


def test_each_file_that_is_not_taken_is_named_with_its_reason(life, clerk_of, case, tmp_path):
    (tmp_path / "空.jpg").write_bytes(b"")
    (tmp_path / "程序.exe").write_bytes(b"MZ\x90\x00" + bytes(64))
    (tmp_path / "照片.jpg").write_bytes(b"%PDF-1.7 specimen")
    with (tmp_path / "录像.mp4").open("wb") as film:
        film.truncate(200 * 1024 * 1024 + 1)
    (tmp_path / "好.pdf").write_bytes(b"%PDF-1.7 specimen")
    clerk = clerk_of("赵强", case).opens(Deed.ATTACH)
    clerk.refused("", "请先选文件，或扫描。")
    clerk.panel.take_paths([tmp_path / name for name in ("空.jpg", "程序.exe")])
    clerk.panel.take_paths([])
    clerk.panel.take_paths(sorted(tmp_path.glob("*.*")))
    clerk.quiet()
    for sentence in (
        "“空.jpg”是空的，没有收下。请重新选择。",
        NO_FILE,
        OTHER_FILE,
        "文件超过 200 MB，请先压缩或分成几个。",
    ):
        assert sentence in clerk.panel.said()
    assert [row.picked.name for row in clerk.panel.rows] == ["好.pdf"]
    clerk.done()
    assert [row.name for row in kept(life, case)] == ["箱前.jpg", "好.pdf"]


def test_a_copy_without_a_stroke_is_no_masked_copy(life, clerk_of, case):
    clerk = clerk_of("赵强", case)
    viewer, press = looks(clerk)
    press(K.Key_M)
    press(K.Key_Return, CTRL)
    said = viewer.masking.side.said.text()
    assert said == "还没有遮挡任何地方。请先涂住人脸、车牌再存。"
    assert len(kept(life, case)) == 1
    press(K.Key_Space)
    press(K.Key_Return, CTRL)
    assert [row.masks_id is not None for row in kept(life, case)] == [False, True]


def test_a_bare_photo_leaves_with_a_reason_and_only_while_it_is_there(
    life, clerk_of, case, tmp_path
):
    clerk = clerk_of("赵强", case)
    viewer, _press = looks(clerk)
    view, target = viewer.view, tmp_path / "给公安.jpg"
    viewer.taking_out.take_out(view, "", target)
    clerk.quiet()
    said = viewer.side.reason.state().sentence
    assert said == "这张照片没有遮挡人脸和车牌。请先遮挡，或写明带出的理由，理由会留痕。"
    life.do("周航", WithdrawAttachment, case, attachment=view.id, reason="加错了件")
    viewer.taking_out.take_out(view, "公安调取", target)
    clerk.quiet()
    assert viewer.side.said.text() == "这一件里找不到这个附件。请刷新案件再试。"
    assert not target.exists()


def test_a_file_is_taken_down_by_who_added_it_that_day(life, clerk_of, case):
    viewer, _press = looks(clerk_of("李敏", case))
    assert not viewer.taking_down.isVisible()
    clerk = clerk_of("赵强", case)
    viewer, _press = looks(clerk)
    down = viewer.taking_down
    down.button.click()
    down.button.click()
    clerk.quiet()
    assert down.reason.state().sentence == "请写一句为什么撤下，理由会留痕。"
    life.hall.clock.forward(hours=24)
    down.reason.set_text("加错了件")
    down.button.click()
    clerk.quiet()
    said = viewer.side.said.text() or down.reason.state().sentence
    assert said == "只有添加的人当天能撤下附件；之后请分拨或档案岗位的同事撤下。"
    assert down.reason.text() == "加错了件"
    assert len(kept(life, case)) == 1
