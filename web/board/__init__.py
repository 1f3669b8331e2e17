"""The board: what a text orders to be made public, as pages and as plain files; papers checked; a draw watched."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
