"""Identity numbers in what this desk keeps for itself (留底、草稿): sealed with the desk's own key.

The key lies with the settings and not beside what it seals: a copied journal, a draft in a backup
or a disk that is read elsewhere tells no number. Only the numbers are sealed, so that a lost key
costs a number that can be asked for again and never an intake.
"""

from typing import Any

from desk.store.frozen_rows import holds_numbers, opened_row, sealed_row
from desk.store.identity_keys import desk_key


def sealed(plain: Any) -> Any:
    """Return plain data with every identity number in it sealed.

    Where the disk takes no key it stays as it is: whether it is kept must not hang on that.
    """
    if not holds_numbers(plain):
        return plain
    try:
        key = desk_key()
    except OSError:
        return plain
    return sealed_row(plain, key)


def opened(plain: Any) -> Any:
    """Return what was sealed; a number whose key is gone is empty."""
    return opened_row(plain, missing="")
