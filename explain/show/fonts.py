"""The fonts that pictures are drawn with: families by name, and folders of fonts that came with a package."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

FONTS = (
    "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Micro Hei, WenQuanYi Zen Hei, "
    "SimHei, sans-serif"
)
"""Font families, the first that a reader's machine has is taken."""


@cache
def folders() -> list[str]:
    """Folders of fonts that came with a package; those of the system are found by themselves."""
    spec = find_spec("mplfonts")
    places = [Path(place) / "fonts" for place in (spec.submodule_search_locations or [])] if spec else []
    return [str(place) for place in places if place.is_dir()]
