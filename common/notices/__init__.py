"""Notices: news that finds a person, in the application and by mail, and climbs where it finds nobody.

A room above registers its groups and kinds (registry.py) and calls `services.notify` in the
transaction of the act that the news is about. Why it is built so: docs/adr/0007-notices.md.
"""
