"""What is wrong with rules as they are written, whatever the law says: whose records they ask for, identifiers computed
on, what is stated and nobody asks for.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
