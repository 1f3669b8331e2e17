"""A case: the facts of one round of one city, read from files, checked, and held together with their places."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
