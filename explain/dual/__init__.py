"""The dual program: questions, goals, the rules that say why heads hold or what stops them, evaluated by clingo."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
