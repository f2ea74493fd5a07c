"""What tests and people may do beyond Stripe's API: look behind it, and break it."""
