from .addresses import PAGES as PAGES
from .entering import asked as asked
