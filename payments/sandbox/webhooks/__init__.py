"""Events and how they reach the shop."""
