"""What can be proved or listed about an encoding: coverage, contradictions, comparison of two, cases worth a
signature.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
