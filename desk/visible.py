"""The words of `engine.visible` under the name the commands use."""

from engine.visible import padded, visible, width

__all__ = ["padded", "visible", "width"]
