// Take what Stripe adds to the return address out of it: a secret must not stay
// in the history, in a bookmark or in a shared link.

const ADDED_BY_STRIPE = [
  "payment_intent",
  "payment_intent_client_secret",
  "setup_intent",
  "setup_intent_client_secret",
  "redirect_status",
];

export function cleanAddress() {
  const address = new URL(window.location.href);
  ADDED_BY_STRIPE.forEach((name) => address.searchParams.delete(name));
  window.history.replaceState(window.history.state, "", address);
}
