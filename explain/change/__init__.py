"""What would change an outcome, and when: lawful changes, the first day, other readings."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
