from .addresses import PAGES as PAGES
from .files import zipped as zipped
from .models import Delivered as Delivered
from .models import Drafted as Drafted
from .models import Released as Released
from .register import papers_about as papers_about
from .register import registered as registered
from .register import released_files as released_files
