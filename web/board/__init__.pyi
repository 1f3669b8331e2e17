from .addresses import PAGES as PAGES
from .checking import enlist as enlist
from .checking import supersede as supersede
from .copying import copied as copied
from .posting import put_up as put_up
from .posting import take_down as take_down
from .watching import gone as gone
from .watching import show as show
