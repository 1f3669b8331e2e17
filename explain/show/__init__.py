"""Justifications shown: trees for a terminal, DOT, SVG, PNG, Mermaid, pages, JSON, pictures of panels."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
