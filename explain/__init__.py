"""Decisions to reasons: the explanation is itself a logic program, generated from the rules it explains."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
