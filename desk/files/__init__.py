"""Whole results as files: the folder of a round, its index and record, summary, calendar, pictures."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
