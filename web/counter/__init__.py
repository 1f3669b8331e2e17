"""The counter: the door of applicants and reviewers. What they see comes from this room's own tables alone."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
