from .addresses import PAGES as PAGES
from .bureau import picture as picture
from .declaring import undeclared as undeclared
from .links import fresh_token as fresh_token
from .links import give_on_paper as give_on_paper
from .links import pin_held as pin_held
from .releasing import Handed as Handed
from .releasing import hand_over as hand_over
