"""The lawyer's desk: the text beside its rules, the cases, what was said of them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
