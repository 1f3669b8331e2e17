from .addresses import PAGES as PAGES
from .tables import current as current
from .tables import put_in as put_in
from .tables import regulations as regulations
