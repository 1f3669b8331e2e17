"""The files of a new regulation, laid out from its text, like an encoded one where it says the same."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
