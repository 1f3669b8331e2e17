from .addresses import PAGES as PAGES
