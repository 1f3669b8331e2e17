from .addresses import PAGES as PAGES
from .checking import enlist as enlist
from .checking import supersede as supersede
