"""What worker processes are asked: text or bytes in, what JSON can hold out; the only room that decides anything."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
