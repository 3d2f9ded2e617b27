"""The bill of materials of a bundle (物料清单), as CycloneDX JSON; same parts, same bill.

The parts are those that the program itself shows on its page 许可 (`desk.notices`).
"""

import re
import uuid
from typing import Any

from desk.notices import Kind, Part

_SPDX = {
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "LGPL-3.0-only", "GPL-3.0-only", "MIT", "MIT-0",
    "MIT-CMU", "OFL-1.1", "PSF-2.0", "Font-exception-2.0",
}  # fmt: skip
_TYPES = {
    Kind.PROGRAM: "application",
    Kind.PACKAGE: "library",
    Kind.FONT: "data",
    Kind.LIBRARY: "library",
}
_SPACE = uuid.UUID("b3c1c9a2-6c0f-5d6f-9f3e-5a2f0c7f5d11")


def bill_of(parts: tuple[Part, ...], distribution: str = "debian") -> dict[str, Any]:
    """Return the bill of these parts, of which the first is the program itself.

    Args:
        distribution: of which system the libraries are, as package addresses name it.
    """
    program, *others = (_component(part, distribution) for part in parts)
    said = "\n".join(str(component) for component in (program, *others))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_SPACE, said)}",
        "version": 1,
        "metadata": {"component": program},
        "components": others,
        "dependencies": [
            {"ref": program["bom-ref"], "dependsOn": [one["bom-ref"] for one in others]}
        ],
    }


def _component(part: Part, distribution: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": _TYPES[part.kind],
        "bom-ref": f"{part.kind}:{part.name}",
        "name": part.name,
        "licenses": [_licence(part.licence)],
    }
    if part.version:
        found["version"] = part.version
    if part.kind is Kind.PACKAGE:
        found["purl"] = f"pkg:pypi/{re.sub(r'[-_.]+', '-', part.name).lower()}@{part.version}"
    elif part.kind is Kind.LIBRARY:
        version = part.version.replace("+", "%2B").replace(":", "%3A")
        found["purl"] = f"pkg:deb/{distribution}/{part.name}@{version}"
    return found


def _licence(said: str) -> dict[str, Any]:
    ids = [word for word in re.split(r"[\s()]+", said) if word not in {"AND", "OR", "WITH", ""}]
    return {"expression": said} if ids and _SPDX.issuperset(ids) else {"license": {"name": said}}
