"""What facts say beside each other.

Slips that are well formed, and two cases side by side. Decides nothing: no rule is asked here.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
