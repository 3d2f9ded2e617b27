"""What every specimen paper carries."""

from desk.forms.rows import PaperRow


def paper(number: str, code: str) -> PaperRow:
    """Return the common part of a row."""
    return {
        "number": number,
        "serial": "2026-11-0000412",
        "qr": f"CD1:4611686018427387904:{code}:4611686018427387999",
        "office": "青榕街道群众诉求服务大厅",
        "seal_place": True,
        "filled_by": "李敏",
        "checked_by": None,
        "filled_on": "2026-11-02",
    }
