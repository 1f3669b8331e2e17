from .answers import Decision as Decision
from .answers import decide as decide
from .case import Case as Case
from .case import load as load
from .case import read as read
