from .sections import general as general
from .sections import section as section
from .webpage import page as page
