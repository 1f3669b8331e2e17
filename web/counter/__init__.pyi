from .addresses import PAGES as PAGES
from .releasing import Handed as Handed
from .releasing import hand_over as hand_over
