from .alike import BETWEEN as BETWEEN
from .alike import Alike as Alike
from .alike import Made as Made
from .alike import Sketch as Sketch
from .alike import cut as cut
from .combined import Joint as Joint
from .seen import QUOTED as QUOTED
from .shared import Shared as Shared
