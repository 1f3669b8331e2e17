"""Justification graphs in the making: supports chosen, nodes and edges drawn literal by literal, circles cut, what is
alike made once.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
