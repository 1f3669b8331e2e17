"""A register of enterprises screened for guidance: tables mapped to facts, decided as a round is, no decision."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
