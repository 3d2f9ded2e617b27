"""Photos as the hall keeps them (照片): upright, small, and without the place they were taken.

Runs in the background; knows neither windows nor the database.
"""

from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from desk.rules.errors import RuleBroken

ENOUGH = 300 * 1024  # HOUSE.md decision 11
LONGEST_SIDE = 1800
_SMALLER_SIDES = (LONGEST_SIDE, 1500, 1200, 1000)
_QUALITIES = (85, 78, 70, 60)
_MOST_PIXELS = 250_000_000  # a telephone's largest photo has 200 million
_REDUCED = frozenset({"JPEG", "PNG", "BMP", "WEBP", "MPO", "TIFF"})
_TOLD = ("exif", "xmp", "photoshop", "comment", "icc_profile")
_UNREADABLE = (OSError, SyntaxError, ValueError, UnidentifiedImageError)

Image.MAX_IMAGE_PIXELS = None  # told from the head below, with a sentence a clerk understands


def reduced(content: bytes) -> bytes:
    """Return a photo upright, about 300 KB large, without where and with what it was taken.

    What cannot be read here (HEIC, drawings of several pages) is returned as it is.

    Raises:
        RuleBroken: it has more than 250 million pixels.
    """
    try:
        with _opened(content) as image:
            if image.format not in _REDUCED or _has_pages(image):
                return content
            is_plain = not image.getexif() and not any(part in image.info for part in _TOLD)
            if is_plain and len(content) <= ENOUGH and max(image.size) <= LONGEST_SIDE:
                return content
            upright = _upright(image)
    except _UNREADABLE:
        return content
    return as_jpeg(upright)


def working_picture(content: bytes) -> Image.Image:
    """Return a photo to paint on: upright, in plain colours, at the size that is kept.

    Raises:
        RuleBroken: it cannot be read.
    """
    try:
        with _opened(content) as image:
            return _fitted(_upright(image), LONGEST_SIDE)
    except _UNREADABLE as error:
        raise RuleBroken(
            "这张照片打不开，可能已损坏或是特殊格式。请另存成 JPG 后再加一次。", field="content"
        ) from error


def as_jpeg(image: Image.Image) -> bytes:
    """Return a picture as JPEG of at most about 300 KB; nothing but its pixels is kept."""
    made = b""
    for side in _SMALLER_SIDES:
        fitted = _fitted(image, side)
        for quality in _QUALITIES:
            kept = BytesIO()
            fitted.save(kept, "JPEG", quality=quality, optimize=True)
            made = kept.getvalue()
            if len(made) <= ENOUGH:
                return made
    return made


def _opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    if image.width * image.height > _MOST_PIXELS:
        raise RuleBroken("这张图片太大，打不开。请先缩小再加。", field="content")
    return image


def _has_pages(image: Image.Image) -> bool:
    """Return whether it is a scan of several pages; a telephone's second frame is a preview."""
    return image.format != "MPO" and getattr(image, "n_frames", 1) > 1


def _upright(image: Image.Image) -> Image.Image:
    """Turn as the camera was held; on paper what is transparent is white."""
    image.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
    upright = _in_common_colours(ImageOps.exif_transpose(image))
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        ground = Image.new("RGB", upright.size, "white")
        layer = upright.convert("RGBA")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return upright.convert("RGB")


def _in_common_colours(image: Image.Image) -> Image.Image:
    """Return a photo in the colours of every screen; its own profile is not kept."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode != "RGB":
        return image
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return image
    return image if turned is None else turned


def _fitted(image: Image.Image, side: int) -> Image.Image:
    if max(image.size) <= side:
        return image
    share = side / max(image.size)
    size = (max(round(image.width * share), 1), max(round(image.height * share), 1))
    return image.resize(size, Image.Resampling.LANCZOS)
