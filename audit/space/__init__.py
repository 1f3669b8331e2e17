"""The bounded case spaces: days on both sides of every line, dossiers, scenes, points, and the search through them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
