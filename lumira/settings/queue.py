"""The task queue and the cache: a file and the process alone, or Redis if shared."""

from .env import BASE_DIR, ENVIRONMENT, env_str, env_url

__all__ = ["CACHES", "HUEY"]

REDIS_URL = env_url("REDIS_URL", "", schemes=("redis", "rediss"))
QUEUE_FILE = BASE_DIR / env_str("QUEUE_FILE", "var/queue.sqlite3")
QUEUE_FILE.parent.mkdir(parents=True, exist_ok=True)

HUEY = {
    "name": "lumira",
    "huey_class": "huey.PriorityRedisHuey" if REDIS_URL else "huey.SqliteHuey",
    "connection": {"url": REDIS_URL} if REDIS_URL else {"filename": str(QUEUE_FILE)},
    # A result nobody reads is a row nobody deletes.
    "results": False,
    "immediate": ENVIRONMENT == "test",
    "consumer": {"workers": 2, "worker_type": "thread", "verbose": False},
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
