from . import awards as awards
from . import draws as draws
from . import encodings as encodings
from . import seals as seals
from . import sitting as sitting
from . import slips as slips
from . import texts as texts
from . import writing as writing
