"""The command line itself: its commands found, its language, its screen, its problems told, its files written whole."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
