"""Rule files as the dual program needs them: terms, literals, rules in normal form, kinds of values, words of
predicates.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
