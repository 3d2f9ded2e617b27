"""What signing is called on the page of a case, and for whom it has no point now (审签动作)."""

from desk.queries.case_file import CaseFile
from desk.rules.deeds import Deed
from desk.rules.sign_route import Stand
from desk.ui.keys import ActionKey


def deeds_elsewhere(file: CaseFile) -> set[Deed]:
    """Return what is not offered: the opinion lies on somebody else's desk."""
    here = file.signing.here
    return {Deed.SIGN} if here is None or here.stand is Stand.NOBODY else set()


def signing_words(file: CaseFile) -> tuple[str, str] | None:
    """Return label and key of signing for a deputy (代签); None for whose own desk it is."""
    here = file.signing.here
    if here is None or here.stand is not Stand.DEPUTY:
        return None
    return f"代{here.owner or '领导'}签", ActionKey.SIGN_FOR
