"""What the rules answer about applicants and the round: who may apply, revocations, what becomes due, the conduct
of the procedure.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
