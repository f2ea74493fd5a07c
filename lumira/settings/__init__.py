"""Settings, one file per concern. Environments differ only by variables.

README.md lists the variables; `.env.example` explains each.
"""

from .admin import *
from .apps import *
from .csp import *
from .databases import *
from .env import *
from .languages import *
from .legal import *
from .limits import *
from .logs import *
from .mail import *
from .metrics import *
from .monitoring import *
from .payments import *
from .queue import *
from .reminders import *
from .retention import *
from .security import *
from .sentry import *
from .storage import *
from .unread import *
from .web import *
