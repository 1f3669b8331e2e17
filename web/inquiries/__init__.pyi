from . import awards as awards
from . import draws as draws
from . import sitting as sitting
