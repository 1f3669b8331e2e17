"""Applicants: the table with outcomes, one applicant's page, findings, small changes by forms."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
