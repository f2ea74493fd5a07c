"""How Stripe's objects move from one state to the next."""
