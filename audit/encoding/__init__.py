"""An encoding as data: its rules parsed, its cases, many cases decided at once, its fidelity to the text, its seals."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
