from .addresses import PAGES as PAGES
from .models import Drawing as Drawing
from .models import Entry as Entry
from .models import Freeze as Freeze
