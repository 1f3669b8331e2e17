from .mapping import Mapping as Mapping
from .mapping import mapping_of as mapping_of
from .screening import screened as screened
from .tables import case_of as case_of
