"""Runs first in the bundle: what we start (lp, pg_dump) gets the machine's libraries, not ours.

The loader has read the variable already; only programs that are started later look at it.
"""

import os


def give_back(environment: "os._Environ[str] | dict[str, str]") -> None:
    """Put the search path of libraries back to what it was before the bundle started."""
    before = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is None:
        environment.pop("LD_LIBRARY_PATH", None)
    else:
        environment["LD_LIBRARY_PATH"] = before


give_back(os.environ)
