"""Settings, one file per concern. Environments differ only by variables.

README.md lists the variables; `.env.example` explains each.
"""

from .admin import *
from .apps import *
from .databases import *
from .env import *
from .languages import *
from .logs import *
from .mail import *
from .payments import *
from .queue import *
from .security import *
from .storage import *
