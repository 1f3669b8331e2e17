"""Rules, conditions and atoms in plain words, for readers of law."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
