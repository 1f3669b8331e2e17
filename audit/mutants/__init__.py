"""Small slips in the rules: which the cases tell, which are equivalent within the case space."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
