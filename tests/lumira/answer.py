"""The type of what Django's test client returns; it has no public name."""

from typing import Any, TypeAlias

Answer: TypeAlias = Any
