from .addresses import PAGES as PAGES
from .declaring import undeclared as undeclared
from .releasing import Handed as Handed
from .releasing import hand_over as hand_over
