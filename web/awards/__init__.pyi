from .addresses import PAGES as PAGES
from .models import Choice as Choice
