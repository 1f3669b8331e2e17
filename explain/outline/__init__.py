"""A justification condensed for readers: items, what is folded, how much one screen holds, how each kind looks."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
