"""What would be read because it is installed, though the shop never uses it so.

huey reads every database that it could put its queue into, and Stripe's SDK an HTTP
client in whose place ours goes (payments/gateway/connection.py): megabytes of every
process. So both are read here, before anybody else reads them. lumira/apps.py does the
same for the admin.
"""

from importlib import import_module

from lumira.kit.absent import as_if_absent

from .queue import REDIS_URL

__all__: list[str] = []

# Our queue is never in PostgreSQL; our database may be, and finds the driver.
with as_if_absent("psycopg", *([] if REDIS_URL else ["redis"])):
    import_module("huey.storage")
with as_if_absent("requests"):
    import_module("stripe")
