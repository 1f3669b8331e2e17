"""Draws: the frozen file, lots, the walk with its look-ahead, the record and its check, replacements, fairness."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
