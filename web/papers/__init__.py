"""Papers: prepared by one person, released by another, numbered from one register, never changed, only superseded."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
