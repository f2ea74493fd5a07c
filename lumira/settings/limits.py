from django.core.exceptions import ImproperlyConfigured

from .env import IS_PRODUCTION, env_choice, env_number

__all__ = ["LIMITS_FACTOR", "LIMITS_ON"]

LIMITS_ON = env_choice("LIMITS", "on", ("on", "off")) == "on"
if IS_PRODUCTION and not LIMITS_ON:
    raise ImproperlyConfigured(
        "LIMITS=off is not for ENVIRONMENT=production; LIMITS_FACTOR widens them."
    )
# All allowances of lumira/limits/rules.py times this: for a day of many orders from
# one network (a fair, an integrator's server).
LIMITS_FACTOR = env_number("LIMITS_FACTOR", 1.0, at_least=0.1, at_most=1000.0)
