"""Numbers for Prometheus: what is counted here, and what is measured when it asks.

`counting` counts things as they happen; `measuring` asks the database and the queue
at the moment of the scrape; `shared_files` lets several processes be one shop.
"""
