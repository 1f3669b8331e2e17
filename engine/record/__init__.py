"""Records: the draw as JSON that anybody can check, its check, what comes after the draw, its public copy."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
