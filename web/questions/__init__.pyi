from .asking import answer as answer
from .asking import house_hash as house_hash
from .known import case as case
from .known import decision as decision
from .merging import Conflict as Conflict
from .merging import Merged as Merged
from .merging import merge as merge
from .merging import slots as slots
