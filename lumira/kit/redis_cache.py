"""A shared cache that may be away."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class OptionalRedisCache(RedisCache):
    """Without its server nothing is found and nothing is kept: customers still pay.

    Only for get and set, which make things quicker. Others still raise: who counts or
    locks with a cache must know.
    """

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except RedisError as problem:
            logger.warning("The cache is away: %s", type(problem).__name__)
            return default

    def set(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().set(*args, **kwargs)
        except RedisError as problem:
            logger.warning("The cache is away: %s", type(problem).__name__)
