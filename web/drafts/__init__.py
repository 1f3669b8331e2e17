"""Questions about papers, answered in worker processes: which are due, one written, checked, printed, pictured."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
