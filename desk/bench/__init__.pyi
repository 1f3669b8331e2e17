from . import cases as cases
from . import reports as reports
from . import rounds as rounds
from .reports import consistency as consistency
from .reports import coverage as coverage
from .reports import rules as rules
from .reports import source as source
from .slips import mutants as mutants
