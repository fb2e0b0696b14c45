"""The table behind Django's cache where there is no Redis."""

from django.db import models


class CacheEntry(models.Model):
    """What `createcachetable` would make, made by `migrate`; Django reads and writes it by SQL of its own."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cache"

    def __str__(self) -> str:
        return self.cache_key
