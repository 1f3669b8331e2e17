"""What stands on the nodes of a justification: sentences, kinds of leaves, values, how much of it a reader needs."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
