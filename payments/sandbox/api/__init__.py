"""How a call becomes an answer: form, keys, parameters, idempotency, expansion."""
