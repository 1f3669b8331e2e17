"""Justification graphs: built from the dual program's answers, founded, acyclic, one for a question or for a whole
outcome.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
