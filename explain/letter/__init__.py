"""The written reasons: what one applicant's paper may know, its content, and its proof by solving the cited facts
again.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
