"""The coverage of a text as one page: the words left, the rules right, the cases under them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
