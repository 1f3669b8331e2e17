"""What a fact is: its kinds of terms, its predicates, its one wording, its JSON Schema."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
