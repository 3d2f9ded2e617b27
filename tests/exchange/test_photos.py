"""Photos come in as telephones make them and are kept small, upright and without a place."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms

from desk.exchange.photos import ENOUGH, LONGEST_SIDE, as_jpeg, reduced, working_picture
from desk.rules.errors import RuleBroken
from tests.exchange.camera import GPS, photo, picture, seen


def test_a_large_photo_becomes_about_300_kb():
    large = photo(4000, 3000, grain=12)
    assert len(large) > 3 * ENOUGH

    kept = reduced(large)

    assert len(kept) <= ENOUGH
    assert seen(kept).size[0] >= 1200
    assert Image.open(BytesIO(kept)).format == "JPEG"


def test_a_photo_keeps_no_place_and_no_camera():
    content = photo(with_place=True)
    assert seen(content).getexif().get_ifd(GPS)

    kept = reduced(content)

    assert not seen(kept).getexif()
    assert b"Exif" not in kept


def test_a_photo_stands_upright_however_the_camera_was_held():
    kept = reduced(photo(640, 480, turned=6))

    assert seen(kept).size == (480, 640)
    lying, upright = seen(photo(640, 480)), seen(kept)
    # the left lower corner of what the lens saw is the left upper one of the upright photo
    for before, after in zip(lying.getpixel((4, 475)), upright.getpixel((4, 4)), strict=True):
        assert abs(before - after) < 24


def test_a_small_photo_without_anything_to_tell_stays_as_it_is():
    content = photo(320, 240)
    assert reduced(content) is content


@pytest.mark.parametrize("form", ["PNG", "BMP", "WEBP"])
def test_pictures_of_other_kinds_become_photos_too(form):
    kept = reduced(photo(2400, 1800, form=form))

    assert Image.open(BytesIO(kept)).format == "JPEG"
    assert max(seen(kept).size) <= LONGEST_SIDE


def test_what_is_transparent_becomes_white_as_on_paper():
    kept = BytesIO()
    Image.new("RGBA", (2000, 40), (0, 0, 0, 0)).save(kept, "PNG")

    assert seen(reduced(kept.getvalue())).getpixel((10, 10)) == (255, 255, 255)


def test_what_cannot_be_read_here_stays_as_it_is():
    heic = b"\x00\x00\x00\x18ftypheic and so on"
    torn = photo(2400, 1800)[:2000]
    assert reduced(heic) is heic
    assert reduced(torn) is torn


def test_a_scan_of_several_pages_keeps_all_of_them():
    kept = BytesIO()
    pages = [picture(200, 100, seed=seed) for seed in (1, 2)]
    pages[0].save(kept, "TIFF", save_all=True, append_images=pages[1:])
    assert reduced(kept.getvalue()) == kept.getvalue()


def test_the_second_frame_of_a_telephones_photo_does_not_keep_it_large():
    kept = BytesIO()
    frames = [picture(2600, 1900, seed=seed, grain=40) for seed in (1, 2)]
    frames[0].save(kept, "MPO", save_all=True, append_images=frames[1:])
    assert Image.open(BytesIO(kept.getvalue())).n_frames == 2

    made = Image.open(BytesIO(reduced(kept.getvalue())))

    assert (made.format, max(made.size)) == ("JPEG", LONGEST_SIDE)


@pytest.mark.parametrize("profile", [ImageCms.createProfile("sRGB"), b"no profile at all"])
def test_a_profile_of_colours_is_used_and_not_kept(profile):
    icc = profile if isinstance(profile, bytes) else ImageCms.ImageCmsProfile(profile).tobytes()
    kept = BytesIO()
    picture(400, 300).save(kept, "JPEG", quality=95, icc_profile=icc)

    made = seen(reduced(kept.getvalue()))

    assert "icc_profile" not in made.info
    before, after = seen(kept.getvalue()).getpixel((9, 9)), made.getpixel((9, 9))
    assert all(abs(one - other) < 16 for one, other in zip(before, after, strict=True))


def test_a_picture_made_to_burst_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr("desk.exchange.photos._MOST_PIXELS", 100_000)
    with pytest.raises(RuleBroken, match="这张图片太大"):
        reduced(photo(640, 480))


def test_a_photo_that_cannot_be_painted_on_says_what_to_do():
    with pytest.raises(RuleBroken, match="请另存成 JPG"):
        working_picture(b"\x00\x00\x00\x18ftypheic and so on")


def test_a_picture_of_pure_noise_is_made_smaller_until_it_is_small():
    noise = Image.effect_noise((3000, 2000), 120).convert("RGB")
    assert max(seen(as_jpeg(noise)).size) <= 1200
