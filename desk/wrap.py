"""The words of `engine.wrap` under the name the commands use."""

from engine.wrap import hanging, wrap

__all__ = ["hanging", "wrap"]
