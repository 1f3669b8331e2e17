"""Panels: who may sit where, the freeze and its announcement, the live draw, what comes after it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
