"""A round put away: its folder and record, asked again, beside another round; titles to be revoked; closing."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
