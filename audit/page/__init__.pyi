from .points import clauses as clauses
from .sections import general as general
from .sections import section as section
from .webpage import page as page
