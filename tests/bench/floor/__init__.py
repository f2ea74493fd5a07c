"""What the product is measured against: the same durable statements and nothing else.

A bare WSGI application with the raw driver: no framework, no checks of the input, no
log, no metrics, no languages. What it writes, the product writes as well; it is the
price of the database, the disk and gunicorn on this machine at this moment.
"""
