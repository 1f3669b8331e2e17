"""Awards: who may receive which prize, the lawful sets, a committee's own choice checked, what a score would have
changed.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
