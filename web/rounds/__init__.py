"""Rounds and the versions of their cases: taken in, merged, compared; uploads and documents."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
