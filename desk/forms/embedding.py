"""Put exactly the glyphs that a paper uses into its PDF, so that its text can be copied back.

ReportLab cuts fonts into pieces of 256 characters and writes a wrong Unicode table for every
character above U+FFFF. This font class speaks the same protocol to ReportLab's canvas, but
embeds one composite font (Type0, Identity-H) with two-byte codes and a right table.
"""

import hashlib
import struct
from typing import Any, Final
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc

from desk.forms.truetype import TrueType

# The two check boxes are drawn from the empty square; the pen adds the tick. They keep codes
# of their own, so that a ticked box is copied as a ticked box.
DRAWN_AS: Final = {"☑": "□", "☐": "□"}

_CMAP_HEAD: Final = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_TAIL: Final = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
_BLOCK: Final = 100  # more lines in one block are not allowed


class _Used:
    """What one document has used of one font: characters in the order of their codes."""

    def __init__(self) -> None:
        self.codes: dict[str, bytes] = {}
        self.internal = ""


class PaperFont:
    """A TrueType font as ReportLab's canvas wants it."""

    _multiByte = 1  # noqa: N815 ReportLab asks for these two names
    _dynamicFont = 1  # noqa: N815
    shapable = False

    def __init__(self, name: str, face: TrueType) -> None:
        self.fontName = name
        self.truetype = face
        self.face = self
        self.name = name.encode("ascii")
        self._widths_known: dict[str, float] = {}
        self._used: WeakKeyDictionary[Any, _Used] = WeakKeyDictionary()

    def stringWidth(self, text: str, size: float, encoding: str = "utf-8") -> float:  # noqa: N802, ARG002
        """Return how wide a text is (asked for by ReportLab)."""
        return sum([self.width(char) for char in text]) * size / 1000

    def glyph(self, char: str) -> int:
        """Return the glyph of a character, 0 where the font has none."""
        return self.truetype.glyph(ord(DRAWN_AS.get(char, char)))

    def width(self, char: str) -> float:
        """Return the width of a character in 1/1000 em."""
        width = self._widths_known.get(char)
        if width is None:
            width = self._widths_known[char] = self.truetype.advance(self.glyph(char))
        return width

    def splitString(  # noqa: N802 ReportLab's name
        self,
        text: str,
        doc: Any,
        encoding: str = "utf-8",  # noqa: ARG002 ReportLab's signature
    ) -> list[tuple[int, bytes]]:
        """Return the text as two-byte codes of this document's font."""
        codes = self._state(doc).codes
        for char in text:
            if char not in codes:
                codes[char] = struct.pack(">H", len(codes) + 1)
        return [(0, b"".join([codes[char] for char in text]))]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: ARG002, N802 ReportLab's name
        """Return the name by which the page refers to this font."""
        state = self._state(doc)
        if not state.internal:
            state.internal = f"F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = "/" + state.internal
            doc.delayedFonts.append(self)
        return "/" + state.internal

    def addObjects(self, doc: Any) -> None:  # noqa: N802 ReportLab's name
        """Write the font, its widths and its Unicode table into the document."""
        state = self._used.pop(doc)
        chars = list(state.codes)
        glyphs = [0, *(self.glyph(char) for char in chars)]
        tag = hashlib.sha256("".join(chars).encode("utf-8", "surrogatepass")).digest()[:6]
        base = "".join(chr(65 + byte % 26) for byte in tag) + "+" + self.fontName

        file = pdfdoc.PDFStream(content=self.truetype.subset(glyphs))
        file.dictionary["Length1"] = len(file.content)
        unicode_table = pdfdoc.PDFStream(content=_unicode_table(chars))
        for stream in (file, unicode_table):
            stream.filters = [pdfdoc.PDFZCompress]
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": pdfdoc.PDFName(base),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": doc.Reference(
                    self._descriptor(base, doc.Reference(file, "file:" + base)), "about:" + base
                ),
                "DW": 1000,
                "W": self._widths(chars),
                "CIDToGIDMap": "/Identity",
            }
        )
        whole = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": pdfdoc.PDFName(base),
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant, "cid:" + base)]),
                "ToUnicode": doc.Reference(unicode_table, "unicode:" + base),
            }
        )
        fonts = doc.idToObject["BasicFonts"].dict
        fonts[state.internal] = doc.Reference(whole, "font:" + base)

    def _state(self, doc: Any) -> _Used:
        state = self._used.get(doc)
        if state is None:
            state = self._used[doc] = _Used()
        return state

    def _descriptor(self, base: str, file: Any) -> Any:
        face = self.truetype
        scale = 1000 / face.units
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": pdfdoc.PDFName(base),
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray([round(edge * scale) for edge in face.box]),
                "ItalicAngle": 0,
                "Ascent": round(face.ascent * scale),
                "Descent": round(face.descent * scale),
                "CapHeight": round(face.ascent * scale),
                "StemV": 80,
                "FontFile2": file,
            }
        )

    def _widths(self, chars: list[str]) -> Any:
        """Return the widths that differ from one em, as PDF wants them."""
        odd: list[Any] = []
        for code, char in enumerate(chars, 1):
            width = round(self.width(char), 2)
            if width != 1000:  # noqa: PLR2004 the default width
                odd += [code, pdfdoc.PDFArray([width])]
        return pdfdoc.PDFArray(odd)


def _unicode_table(chars: list[str]) -> bytes:
    """Return the table from codes back to characters, UTF-16BE also beyond U+FFFF."""
    lines = [
        f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>\n".encode("ascii")
        for code, char in enumerate(chars, 1)
    ]
    out = [_CMAP_HEAD]
    for start in range(0, len(lines), _BLOCK):
        block = lines[start : start + _BLOCK]
        out += [b"%d beginbfchar\n" % len(block), *block, b"endbfchar\n"]
    return b"".join([*out, _CMAP_TAIL])
