"""Awards: scores typed by two, the lawful sets, the committee's choice judged as it is typed."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
