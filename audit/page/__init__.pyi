from .points import clauses as clauses
from .sections import general as general
from .sections import section as section
from .versions import versions as versions
from .webpage import page as page
