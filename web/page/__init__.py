"""What every page shares: who may see it, the frame around it, the language, days as they are typed."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
