"""Panels before any draw: who may sit on which panel, every reason why somebody may not, in data and in words."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
