"""Work that is not the web server's own: killable processes, answers kept by what they rest on, long jobs."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
