"""Signs as a person sees them: full-width ones in their narrow form, those that nobody sees left out."""

INVISIBLE = (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFE0E, 0xFE0F, 0xFEFF)
"""Soft hyphens, joiners, marks of direction, variants of a symbol, byte order marks."""
_NARROW = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys((0x3000, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F), 0x20)
    | dict.fromkeys(INVISIBLE)
)


def narrow(text: str) -> str:
    """The text in narrow signs, without space around: `Ｊ０１　` becomes `J01`."""
    return text.translate(_NARROW).strip()
