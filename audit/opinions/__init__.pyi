from . import ledger as ledger
from . import rounds as rounds
from .ledger import CONTESTED as CONTESTED
from .ledger import OUTDATED as OUTDATED
from .ledger import Opinion as Opinion
from .ledger import cases_of as cases_of
from .ledger import opinions as opinions
from .ledger import path as path
