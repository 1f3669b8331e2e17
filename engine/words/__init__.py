"""Text for people: message catalogues, lines and widths on a terminal, points. Knows nothing of cases or law."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
