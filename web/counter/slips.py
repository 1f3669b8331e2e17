"""The picture of a link for a phone: a QR code as SVG, drawn here, asked of nobody."""

from __future__ import annotations

import re

from markupsafe import Markup

_UNIT = 10


def picture(address: str) -> Markup:
    """A QR code: paths and attributes only, so that a page without inline styles shows it."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    made = qrcode.make(address, image_factory=SvgPathImage, box_size=_UNIT, border=4)
    drawn = made.to_string(encoding="unicode")
    return Markup(re.sub(r"<\?xml[^>]*>", "", drawn))
