"""The words of `engine.words.display` under the name the commands use."""

from engine.words import padded, visible, width

__all__ = ["padded", "visible", "width"]
