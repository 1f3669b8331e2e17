"""Questions about panels, draws, awards and the encoding, as worker processes answer them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
