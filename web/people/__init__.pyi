from .addresses import PAGES as PAGES
from .keeping import add as add
from .keeping import fresh_password as fresh_password
from .models import User as User
from .samples import sample_people as sample_people
