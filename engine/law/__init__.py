"""The law as it stands in `rules/`: the official texts, the rule files with their constants and readings, the
working days.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
