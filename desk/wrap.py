"""The words of `engine.words.lines` under the name the commands use."""

from engine.words import hanging, wrap

__all__ = ["hanging", "wrap"]
