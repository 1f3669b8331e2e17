"""Facts and rules to answer sets: the only `clingo.Control`, what it is fed, cohorts in parts, what a result rests
on.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
