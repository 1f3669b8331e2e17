"""An SVG drawing as PNG, with the Chinese fonts that the system or an installed package has."""

from __future__ import annotations

from functools import cache

from resvg_py import svg_to_bytes

from engine.errors import UsageError
from explain.show.fonts import FONTS, folders

_DPI = 96
_ZOOM = 2
_CHINESE = "\u8bc4"
_NO_CHARACTER = "\U000fffff"  # private use: no font has it


def png(svg: bytes) -> bytes:
    """The drawing at twice the size of the screen; UsageError where no font has Chinese characters."""
    if _sample(_CHINESE) == _sample(_NO_CHARACTER):
        raise UsageError("no_chinese_font")
    return _made(svg.decode("utf-8"))


def _made(svg: str) -> bytes:
    return bytes(svg_to_bytes(svg_string=svg, background="white", dpi=_DPI, zoom=_ZOOM, font_dirs=folders()))


@cache
def _sample(sign: str) -> bytes:
    """One character drawn: the same as another if neither can be."""
    return _made(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
        f'<text x="5" y="30" font-size="20" font-family="{FONTS}">{sign}</text></svg>'
    )
