"""The case as a workbook: what its sheets are, how they are written, read and marked."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
